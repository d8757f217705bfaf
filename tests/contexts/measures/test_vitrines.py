"""One life decided with answers kept, cached and asked on demand: the decisions are equal, what is kept is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from lxml import etree
from tests.factories.people import cause, enter_child, enter_person, fact

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.contexts.integration.models import AgencyRequest, IntakeDocument, LentAnswer
from kazna.contexts.integration.tasks import forget_unused
from kazna.contexts.measures import library as law
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.contracts import Right
from kazna.contexts.measures.derivations.windows import window
from kazna.contexts.measures.determine import determine
from kazna.contexts.measures.models import FoundRight, Standing
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import FactKind
from kazna.plumbing.deliver import drain
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.requests import read_income_request

pytestmark = pytest.mark.django_db

APPLIED, BENEFIT, INCOME = date(2026, 2, 16), "ru-child-benefit", "income.year"
STAGES = ("stored", "cached", "on_demand")
WAGE = 25_000_00


@dataclass
class Life:
    """A mother with a newborn who applied; her income of last year is what the decision waits for."""

    mother: object
    child: object

    def answers(self, on: date, wage: int = WAGE) -> list:
        """The tax service answers everything it was asked; the receipts. Nobody else waits for the same answer: one who
        does, as the housing subsidy would, keeps it at hand.
        """
        Standing.objects.exclude(measure=BENEFIT).filter(awaits__contains=[INCOME]).delete()
        receipts = []
        for row in AgencyRequest.objects.filter(agency="fns", topic="", status="queued").order_by("about"):
            asked = read_income_request(bytes(row.payload))
            months = {month.month: wage for month in window(APPLIED) if month.year == asked.year}
            payload = write_income_answer(asked, [Payer("7701234567", "ООО", months)])
            receipts += registers.take_in(
                payload=payload, agency="fns", file_name="a.xml", content_type="", on=on,
                received_at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
            )  # fmt: skip
        drain()
        return receipts

    def right(self) -> Right:
        row = FoundRight.objects.filter(measure=BENEFIT).order_by("found_at", "id").last()
        return measures.rights([row.id])[row.id]


def begin(stage: str, kind: str = INCOME) -> Life:
    registers.load_kinds()
    FactKind.objects.filter(code=kind).update(stage=stage)
    mother = enter_person(100_000_001, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=APPLIED, job=True)
    child = enter_child(100_000_002, mother, "Пётр", date(2026, 2, 10), on=APPLIED)
    paper = {"code": "21", "series_number": "4512123456", "issued_on": "2015-03-02", "issuer": "ОВД"}
    registers.report(
        [
            fact("person.document", mother, date(2015, 3, 2), paper),
            fact("property.answer", mother, APPLIED, {"excess": False}),
            fact("unemployment.answer", mother, APPLIED, {"present": False, "asked_on": APPLIED.isoformat()}),
            fact("application", mother, APPLIED, {"measure": BENEFIT, "filed_on": "2026-02-16"}, about=child),
        ],
        source="epgu", on=APPLIED, cause=cause(APPLIED),
    )  # fmt: skip
    drain()
    return Life(mother, child)


def test_one_setting_moves_a_kind_between_stages_and_decisions_are_equal():
    decided = {}
    for stage in STAGES:
        with transaction.atomic():
            life = begin(stage)
            assert life.right().state == "unknown"
            life.answers(APPLIED + timedelta(days=1))
            right = life.right()
            row = FoundRight.objects.get(id=right.id)
            decided[stage] = (
                right.state, right.amount_kopecks, right.first_day, right.last_day, right.sentences, right.summary,
                [(one["id"], one["answer"], one["law"]) for one in right.conditions], row.trace["steps"],
                row.trace_sha256,
            )  # fmt: skip
            transaction.set_rollback(True)

    assert decided["stored"][0] == "granted"
    assert decided["stored"] == decided["cached"] == decided["on_demand"]


TOLD = {  # by kind: a measure that reads it, what the holder told
    "income.year": (BENEFIT, {"year": 2025, "months": {"03": 40_000_00}}),
    "income.entrepreneur": (BENEFIT, {"year": 2025, "kopecks": 400_000_00, "months": {}}),
    "income.self_employed": (BENEFIT, {"year": 2025, "kopecks": 7_00, "registered": True, "months": {"03": 7_00}}),
    "property.vehicles": (BENEFIT, {"items": [{"type": "car", "year": 2024, "power_hp": "150.6"}]}),
    "property.realty": (BENEFIT, {"items": [{"type": "flat", "area_m2": "54.3", "share": "1/2"}]}),
    "property.machines": (BENEFIT, {"new": 2}),
    "property.boats": (BENEFIT, {"new": 1}),
    "bank.turnover": (BENEFIT, {"amount_kopecks": 1_400_000_50}),
    "housing.court_debt": ("ru-housing-subsidy", {"present": True}),
    "housing.charge_within_norm": ("r16-large-family-housing", {"amount_kopecks": 8_123_45}),
    "gas.project": (
        "r71-gas-equipment-subsidy",
        {"equipment_kopecks": 9_000_000, "works_kopecks": 3_000_000, "gas_before": True, "only_home": True},
    ),
}


def test_no_kind_of_a_vitrine_is_left_out():
    read = {kind for kind in registers.VITRINES if measures.measures_reading("kind", kind)}
    assert set(TOLD) == read


@pytest.mark.parametrize("kind", TOLD)
def test_whatever_kind_is_moved_the_determination_is_equal(kind):
    """An application and the holder's word are all that is known: state, missing facts and the whole trace."""
    measure, value = TOLD[kind]
    library, told = law.current(), {}
    edition = next(one for one in library.measures[measure] if one.holds(APPLIED))
    for stage in STAGES:
        with transaction.atomic():
            life = begin(stage, kind)
            word = fact(kind, life.mother, date(2025, 1, 1), value, until=date(2027, 1, 1))
            registers.report([word], source=registers.VITRINES[kind].agency, on=APPLIED, cause=cause(APPLIED))
            book = Book(registers.facts_around([life.mother, life.child]))
            found = determine(library, edition, {"applicant": life.mother, "child": life.child}, book, APPLIED)
            read = [one for one in found.facts if one.kind == kind]
            assert read and all(bool(one.digest) == (stage == "on_demand") for one in read)
            told[stage] = (found.outcome.state, found.missing, found.sentences, found.trace)
            transaction.set_rollback(True)

    assert told["stored"] == told["cached"] == told["on_demand"]


def test_on_demand_keeps_digest_and_conclusion_only():
    life = begin("on_demand")
    (receipt, *_) = life.answers(APPLIED + timedelta(days=1))
    right = life.right()

    used = [one for one in registers.facts_by_ids(right.fact_ids) if one.kind == INCOME]
    assert used and all(one.is_gone and one.digest for one in used)
    assert not LentAnswer.objects.exists()
    document = IntakeDocument.objects.get(document_id=receipt.document_id)
    assert (document.payload, document.status, len(document.digest)) == (None, "accepted", 64)
    told = {name: value for one in right.conditions for name, value in one["facts"].items()}
    assert "не хранится" in {value for name, value in told.items() if "income" in name}
    assert right.state == "granted"
    assert all(one["answer"] for one in right.conditions)


def test_a_stored_answer_is_kept_whole():
    life = begin("stored")
    (receipt, *_) = life.answers(APPLIED + timedelta(days=1))

    (told, *_) = registers.facts_of([life.mother], kinds=[INCOME])
    assert told.value["months"] and told.digest is None
    assert IntakeDocument.objects.get(document_id=receipt.document_id).payload


def test_replay_says_what_it_cannot_know_and_replays_when_the_same_is_answered_again():
    life = begin("on_demand")
    life.answers(APPLIED + timedelta(days=1))
    right = life.right()

    before = measures.replay([right.id])[right.id]
    assert (before.same, before.differences, before.to_ask) == (False, (), (INCOME,))

    assert measures.ask_again([right.id], APPLIED + timedelta(days=90)) == 1
    for row in AgencyRequest.objects.filter(status="queued"):
        assert etree.fromstring(bytes(row.payload)).get("ОтчетГод") == "2025"
    take_without_work(life, APPLIED + timedelta(days=91), WAGE)

    after = measures.replay([right.id])[right.id]
    assert after.same, after


def test_decisions_on_answers_not_kept_are_named_apart():
    life = begin("on_demand")
    life.answers(APPLIED + timedelta(days=1))
    right = life.right()
    decision = Decision.objects.filter(right_id=right.id).first()

    done = cases.replay_all()

    assert not done.differences
    assert done.to_ask == ((decision.number,) if decision else ())


def test_replay_tells_that_the_holder_answers_otherwise():
    life = begin("on_demand")
    life.answers(APPLIED + timedelta(days=1))
    right = life.right()

    measures.ask_again([right.id], APPLIED + timedelta(days=90))
    take_without_work(life, APPLIED + timedelta(days=91), WAGE + 1)

    assert measures.replay([right.id])[right.id].differences == (f"ведомство отвечает иначе: {INCOME}",)


def take_without_work(life: Life, on: date, wage: int) -> None:
    """The answer comes, the queue of events is not worked: nobody decides with it."""
    for row in AgencyRequest.objects.filter(agency="fns", status="queued"):
        asked = read_income_request(bytes(row.payload))
        months = {month.month: wage for month in window(APPLIED) if month.year == asked.year}
        registers.take_in(
            payload=write_income_answer(asked, [Payer("7701234567", "ООО", months)]), agency="fns", file_name="a.xml",
            content_type="", on=on, received_at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        )  # fmt: skip


def test_a_cached_answer_too_old_for_a_case_is_asked_for_again():
    life = begin("cached")
    life.answers(APPLIED + timedelta(days=1))
    later = APPLIED + timedelta(days=40)
    registers.report(
        [fact("application", life.mother, later, {"measure": BENEFIT, "filed_on": "2026-03-28"}, about=life.child)],
        source="epgu",
        on=later,
        cause=cause(later),
    )
    drain()

    assert life.right().state == "unknown"
    assert AgencyRequest.objects.filter(agency="fns", status="queued").exists()


def test_an_answer_that_nobody_used_is_not_kept_either():
    life = begin("on_demand")
    take_without_work(life, APPLIED + timedelta(days=1), WAGE)
    assert LentAnswer.objects.count() == 1

    forget_unused(APPLIED + timedelta(days=60))

    assert not LentAnswer.objects.exists()
