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
    return person


def asked(spine, person, measure=JOB, needs="Ищу работу, двое детей."):
    found = programmes.request_programme(
        measure=measure, person_id=person, needs=needs, on=spine.day, cause=cause(spine.day)
    )
    spine.work()
    return found.id


def drafted(spine, programme_id, *, months=9, cost=0, answers=CAUSE):
    steps = [
        programmes.NewStep("Встать на учёт.", date(2026, 3, 1), cost),
        programmes.NewStep("Найти работу.", date(2026, 5, 1)),
    ]
    programmes.draft_programme(
        programme_id=programme_id,
        months=months,
        steps=steps,
        answers=answers,
        paid_once=False,
        by="first",
        on=spine.day,
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
        if isinstance(done, cases.ProposalView):
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


def active(spine, person, measure=JOB, **named):
    programme_id = signed(spine, person, measure, **named)
    decided(spine, measure)
    return programme_id


def state(programme_id):
    return programmes.programme(programme_id=programme_id).state


def told(person):
    return " | ".join(one.title for one in notifications.inbox(person_id=person))


def test_an_application_by_another_channel_opens_the_programme(spine, woman):
    spine.tell("application", woman, spine.day, {"measure": JOB, "filed_on": spine.day.isoformat()}, source="epgu")

    [found] = programmes.programmes_of(person_id=woman)
    assert (found.state, found.body) == (programmes.ProgrammeState.REQUESTED, "dszn-77")


def test_a_second_request_is_refused_and_changes_nothing(spine, woman):
    asked(spine, woman)

    with pytest.raises(programmes.ProgrammeOpen):
        asked(spine, woman)
    assert len(programmes.programmes_of(person_id=woman)) == 1


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"months": 10}, "от 1 до 9"),
        ({"months": 1}, "срок шага 2"),
        ({"answers": {}}, "не отмечено"),
    ],
)
def test_what_the_law_does_not_allow_is_not_drafted(spine, woman, named, why):
    programme_id = asked(spine, woman)

    with pytest.raises(programmes.ProgrammeRefused, match=why):
        drafted(spine, programme_id, **named)
    assert state(programme_id) == programmes.ProgrammeState.REQUESTED


def test_a_programme_with_costs_needs_a_cost(spine, woman):
    programme_id = asked(spine, woman, BUSINESS)

    with pytest.raises(programmes.ProgrammeRefused, match="сколько стоит"):
        drafted(spine, programme_id, months=12, answers={**CAUSE, "demobilised": False})


def test_the_plan_is_paid_up_to_the_limit_of_the_law(spine, woman):
    active(spine, woman, BUSINESS, months=12, cost=50_000_000, answers={**CAUSE, "demobilised": False})

    [award] = spine.awards(woman, BUSINESS)
    assert award.amount_kopecks == 35_000_000


def test_nobody_else_signs(spine, woman):
    programme_id = asked(spine, woman)
    drafted(spine, programme_id)

    with pytest.raises(programmes.ProgrammeNotFound):
        programmes.sign_programme(
            programme_id=programme_id, person_id=spine.person(), on=spine.day, cause=cause(spine.day)
        )


def test_another_contract_of_the_family_stands_in_the_way(spine, woman):
    active(spine, woman)
    signed(spine, woman, BUSINESS, months=12, cost=100, answers={**CAUSE, "demobilised": False})

    facts = registers.facts_of([woman], kinds=["contract.case"])
    assert [fact.value["active"] for fact in facts] == [False, True]


def test_training_goes_beside_the_search_for_work(spine, woman):
    active(spine, woman)
    signed(spine, woman, TRAINING, months=3, cost=2_000_000)

    facts = registers.facts_of([woman], kinds=["contract.case"])
    assert [fact.value["active"] for fact in facts] == [False, False]


def test_a_job_found_is_told_to_the_rule_and_lengthens_the_payment(spine, woman):
    programme_id = active(spine, woman)
    before = spine.awards(woman, JOB)[-1].last_day
    spine.until(date(2026, 3, 10), daily_work=False)

    spine.tell("employment", woman, date(2026, 3, 9), {"employer_inn": "7799000001", "reason": None}, source="sfr")

    assert programmes.programme(programme_id=programme_id).is_employed
    after = spine.awards(woman, JOB)[-1].last_day
    assert (before, after) == (date(2026, 3, 15), date(2026, 6, 15))


def test_a_report_is_asked_for_filed_returned_and_accepted(spine, woman):
    programme_id = active(spine, woman)
    spine.until(date(2026, 3, 17), daily_work=False)
    assert "Нужен отчёт" in told(woman)

    filed = {"programme_id": programme_id, "number": 1}
    programmes.file_report(**filed, text="Встала на учёт.", spent_kopecks=0, done=[1], on=spine.day)
    programmes.look_at_report(**filed, accepted=False, remark="Приложите ответы.", by="first", on=spine.day)
    assert programmes.programme(programme_id=programme_id).steps[0].done_on is None
    programmes.file_report(**filed, text="Встала на учёт, ответы получены.", spent_kopecks=0, done=[1], on=spine.day)
    programmes.look_at_report(**filed, accepted=True, remark="", by="first", on=spine.day)

    found = programmes.programme(programme_id=programme_id)
    assert (found.reports[0].state, found.steps[0].done_on) == ("accepted", spine.day)
    with pytest.raises(programmes.ProgrammeRefused, match="уже принят"):
        programmes.file_report(**filed, text="Ещё раз.", spent_kopecks=0, done=[], on=spine.day)


def test_a_report_not_filed_is_late_and_seen_by_the_officer(spine, woman):
    programme_id = active(spine, woman)
    spine.until(date(2026, 3, 22), daily_work=False)
    spine.until(date(2026, 3, 23), daily_work=False)

    assert programmes.programme(programme_id=programme_id).late_reports == 1
    assert told(woman).count("Отчёт не сдан") == 1
    late = programmes.queue(body="dszn-77", state=programmes.ProgrammeState.ACTIVE, late=True)
    assert [one.programme_id for one in late] == [programme_id]


def test_a_broken_programme_needs_two_people_and_ends_the_award(spine, woman):
    programme_id = active(spine, woman, BUSINESS, months=12, cost=100_000, answers={**CAUSE, "demobilised": False})
    broken = {"programme_id": programme_id, "on": spine.day}
    programmes.propose_break(**broken, why="Оборудование не куплено, отчётов нет.", claimed_kopecks=60_000, by="first")

    with pytest.raises(programmes.AnotherOfficerNeeded):
        programmes.settle_break(**broken, agrees=True, by="first")
    with pytest.raises(IntegrityError, match="programme_broken"), transaction.atomic():
        Programme.objects.filter(id=programme_id).update(state="broken", confirmed_by="first")
    programmes.settle_break(**broken, agrees=True, by="second")
    spine.work()

    assert state(programme_id) == programmes.ProgrammeState.BROKEN
    assert not cases.replay_all().differences


def test_a_monthly_award_stops_when_the_programme_is_broken(spine, woman):
    programme_id = active(spine, woman, "ru-social-contract-hardship", months=6, cost=100_000)
    broken = {"programme_id": programme_id, "on": spine.day}
    programmes.propose_break(**broken, why="Отчётов нет, связи нет.", claimed_kopecks=0, by="first")
    programmes.settle_break(**broken, agrees=True, by="second")
    spine.work()

    assert AwardStop.objects.get(award__measure="ru-social-contract-hardship").stops_on == date(2026, 3, 1)


def test_a_year_after_the_end_the_income_is_known_before_and_after(spine, woman):
    programme_id = active(spine, woman)
    programmes.finish_programme(programme_id=programme_id, outcome="Нашла работу.", by="first", on=spine.day)
    for day in (date(2026, 5, 16), date(2026, 8, 16), date(2026, 11, 16), date(2027, 2, 16)):
        spine.day = day
        months = {f"{month:02d}": 4_000_000 for month in range(1, day.month if day.year == 2026 else 13)}
        spine.tell("income.year", woman, date(2026, 1, 1), {"year": 2026, "months": months}, thing="2026", source="fns")

    found = programmes.programme(programme_id=programme_id)
    assert found.state == programmes.ProgrammeState.CLOSED
    assert [check.income_kopecks for check in found.checks][:2] == [900_000, 4_000_000]


def test_people_see_their_own_and_officers_their_body(spine, woman):
    asked(spine, woman)
    stranger = spine.person()
    viewers = {
        "own": Viewer("citizen", "a", person_ids=(woman,)),
        "stranger": Viewer("citizen", "b", person_ids=(stranger,)),
        "body": Viewer("officer", "c", body="dszn-77", territory="77"),
        "another body": Viewer("officer", "d", body="dszn-63", territory="63"),
    }
    seen = {}
    for name, viewer in viewers.items():
        with acting_as(viewer), web_role():
            seen[name] = Programme.objects.count()

    assert seen == {"own": 1, "stranger": 0, "body": 1, "another body": 0}


def test_a_report_missed_suspends_the_payment_and_its_coming_pays_for_the_time_between(spine, woman):
    hardship = "ru-social-contract-hardship"
    programme_id = active(spine, woman, hardship, months=6, cost=100_000)
    spine.until(date(2026, 3, 22), daily_work=False)
    spine.until(date(2026, 3, 23), daily_work=False)
    assert spine.awards(woman, hardship)[-1].stop.stops_on == date(2026, 4, 1)
    assert "Приостановлено" in told(woman)
    spine.until(date(2026, 5, 12), daily_work=False)

    for number in (1, 2):
        programmes.file_report(programme_id=programme_id, number=number, text="Всё сделано.", spent_kopecks=0, done=[],
                               on=spine.day)  # fmt: skip
    spine.work()

    assert spine.awards(woman, hardship)[-1].first_day == date(2026, 4, 1)
    assert programmes.programme(programme_id=programme_id).award_id == spine.awards(woman, hardship)[-1].id
    assert not cases.replay_all().differences
