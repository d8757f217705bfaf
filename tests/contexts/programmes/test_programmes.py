"""A social contract from the request to the end of the year after it, in one process on a real database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.contexts.cases.spine import Spine
from tests.contexts.web_role import web_role
from tests.factories.people import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import AwardStop, Case
from kazna.contexts.notifications import public as notifications
from kazna.contexts.programmes import public as programmes
from kazna.contexts.programmes.models import Programme
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db

JOB, BUSINESS, TRAINING = "ru-social-contract-job", "ru-social-contract-business", "ru-social-contract-training"
CAUSE = {"beyond_control": True}


@pytest.fixture
def spine():
    return Spine(date(2026, 2, 16))


@pytest.fixture
def woman(spine):
    """Poor in the three months that count."""
    person = spine.person(born=date(1990, 4, 1))
    for year, months in ((2025, range(1, 13)), (2026, range(1, 3))):
        spine.tell("income.year", person, date(year, 1, 1), thing=str(year), source="fns",
                   value={"year": year, "months": {f"{month:02d}": 900_000 for month in months}})  # fmt: skip
    spine.tell("family.state_answer", person, spine.day, {"present": False}) if False else None
    return person


def asked(spine, person, measure=JOB, needs="Ищу работу, двое детей."):
    found = programmes.request_programme(
        measure=measure, person_id=person, needs=needs, on=spine.day, cause=cause(spine.day)
    )
    spine.work()
    return found.id


def drafted(spine, programme_id, *, months=9, cost=0, answers=CAUSE):
    steps = [programmes.NewStep("Встать на учёт.", date(2026, 3, 1), cost), programmes.NewStep("Найти работу.", date(2026, 5, 1))]
    programmes.draft_programme(
        programme_id=programme_id, months=months, steps=steps, answers=answers, paid_once=False, by="first", on=spine.day
    )


def signed(spine, person, measure=JOB, **named):
    programme_id = asked(spine, person, measure)
    drafted(spine, programme_id, **named)
    programmes.sign_programme(programme_id=programme_id, person_id=person, on=spine.day, cause=cause(spine.day))
    spine.work()
    return programme_id


def decided(spine, measure=JOB):
    """Whoever has to decide, decides as the rule says."""
    case = Case.objects.filter(measure=measure).order_by("-ordinal").first()
    if case.state == "waiting_person":
        done = cases.decide(case_id=case.id, by="first", outcome=cases.Outcome.GRANTED, reason="Программа согласована.",
                            on=spine.day, cause=cause(spine.day))  # fmt: skip
        if hasattr(done, "proposal_id"):
            cases.confirm_proposal(proposal_id=done.proposal_id, by="second", on=spine.day, cause=cause(spine.day))
        spine.work()


def test_the_signed_programme_is_what_the_rule_reads(spine, woman):
    programme_id = signed(spine, woman)
    [fact] = registers.facts_of([woman], kinds=["contract.case"])
    assert fact.value["programme_agreed"] and fact.value["months"] == 9 and not fact.value["active"]

    decided(spine)

    found = programmes.programme(programme_id=programme_id)
    assert found.state == programmes.ProgrammeState.ACTIVE
    assert spine.live(woman)[JOB] > 0
    assert len(found.reports) == 9
    assert found.checks[0].income_kopecks == 900_000
