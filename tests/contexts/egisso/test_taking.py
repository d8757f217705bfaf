"""Packages become rows, facts of people and official answers; nothing is lost, nothing is taken twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import connection
from lxml import etree
from tests.factories.egisso import (
    BODY,
    ON,
    STRANGER,
    change,
    fact,
    facts_package,
    ident,
    known,
    person,
)
from tests.factories.people import enter_person

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.messages.protocol import read_protocol
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.models import Assignment, Change, Double, Package
from kazna.contexts.egisso.state import RecordedInTables
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
END, WRONG = "terminationBasedOnEndOfRight", "errorsInvalidation"


@pytest.fixture
def state(db) -> Known:
    registers.load_kinds()
    measures.store_release()
    return known(recorded=RecordedInTables(ON, whenever=True))


def take(payload: bytes, state: Known, *, provider: str = BODY, on: date = ON) -> egisso.Receipt:
    return egisso.take_package(payload, known=state, provider=provider, on=on, received_at=NOW, file_name="a.xml")


def assigned(person_id: UUID) -> list[registers.Fact]:
    return registers.facts_of([person_id], kinds=["measure.assigned"])


def test_a_good_record_is_taken_beside_a_bad_one_and_the_answer_is_official(state):
    receipt = take(facts_package(fact(1), fact(2, measure_id=ident("other"))), state)

    assert (receipt.records, receipt.accepted) == (2, 1)
    assert [row.id for row in Assignment.objects.all()] == [UUID(ident(1))]
    schema("10.10.I-1.0.3.xsd").assertValid(etree.fromstring(receipt.protocol))
    assert read_protocol(receipt.protocol) == [(ident(1), True, []), (ident(2), False, [("1", "014")])]


def test_a_fact_is_found_by_the_person_and_follows_its_changes(state):
    anna = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)
    take(facts_package(fact(1)), state)
    (before,) = assigned(anna)
    drain()  # the rules read it and are not disturbed by a measure they do not know

    take(facts_package((END, change(9, last_day="2026-02-28", amount="900.00")), name=2), state)
    (ended,) = assigned(anna)
    take(facts_package((WRONG, change(10)), name=3), state)

    assert (before.value["amount_kopecks"], before.valid_from, before.valid_to) == (
        100000, date(2026, 2, 1), date(2027, 2, 1))  # fmt: skip
    assert (ended.value["amount_kopecks"], ended.valid_to) == (90000, date(2026, 3, 1))
    assert assigned(anna) == []
    row = Assignment.objects.get()
    assert (row.state, row.person_id, row.last_day) == ("invalidated", anna, date(2026, 2, 28))
    assert Counter(Change.objects.values_list("action", flat=True)) == {"fact.end": 1, "fact.invalidate": 1}


def test_a_fact_loaded_with_errors_is_corrected_whole(state):
    anna = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)
    take(facts_package(fact(1)), state)
    right = fact(1, provision={"monetaryForm": {"amount": "70.50"}}, first_day="2026-02-03")
    del right["id"]

    take(facts_package(("alterationBasedOnPreviousErrors", change(9, fact=right)), name=2), state)

    (found,) = assigned(anna)
    assert (found.value["amount_kopecks"], found.valid_from) == (7050, date(2026, 2, 3))


def test_another_body_changes_nothing(state):
    take(facts_package(fact(1)), state)

    receipt = take(facts_package((END, change(9, last_day="2026-02-28")), name=2), state, provider=STRANGER)

    assert (receipt.accepted, Assignment.objects.get().state) == (0, "active")
    assert [found.rule_code for found in receipt.rejected[0].findings] == ["910"]


def test_a_package_or_a_fact_sent_again_changes_nothing(state):
    take(facts_package(fact(1)), state)

    again = take(facts_package(fact(1)), state)
    in_another = take(facts_package(fact(1, provision={"monetaryForm": {"amount": "1.00"}}), name=2), state)

    assert [found.rule_code for found in again.refusals] == ["906"]
    assert [found.rule_code for found in in_another.rejected[0].findings] == ["905"]
    assert (Assignment.objects.get().amount_kopecks, Package.objects.count()) == (100000, 2)


def test_the_same_support_from_two_bodies_is_noticed(state):
    take(facts_package(fact("here")), state)

    take(facts_package(fact("there", body=STRANGER), name=2), state, provider=STRANGER)

    (double,) = Double.objects.all()
    assert {double.assignment_id, double.other_id} == {UUID(ident("here")), UUID(ident("there"))}


def test_a_number_of_another_person_is_not_matched(state):
    other = enter_person(112233445, "Иванова", "Мария", None, date(1970, 1, 1), "F", on=ON)

    receipt = take(facts_package(fact(1)), state)

    assert (receipt.accepted, assigned(other)) == (1, [])
    assert read_protocol(receipt.protocol) == [(ident(1), True, [("2", "924")])]


def test_a_refused_package_leaves_nothing_behind(state):
    broken = facts_package(*[fact(n) for n in range(1200)])  # the 1001st record comes after a recorded chunk

    receipt = take(broken, state)

    assert [found.rule_code for found in receipt.refusals] == ["903"]
    assert (Assignment.objects.count(), Package.objects.count(), receipt.accepted) == (0, 0, 0)


def test_what_goes_out_comes_in_and_goes_out_the_same(state, tmp_path: Path):
    """Facts of several forms with their changes, exported, taken in by an empty register, exported again."""
    enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)
    paper = {"PassportRF": {"Series": "4507", "Number": "123456", "IssueDate": "2014-02-01", "Issuer": "ОВД Хамовники"}}
    child = {**person(223344556), "surname": "Смирнов", "forename": "Михаил", "birth_date": "2026-02-01"}
    service = {"serviceForm": {"amount": "2.00", "OKEICode": "876", "equivalentAmount": "300.00", "content": "Уход"}}
    first = facts_package(
        fact(1, grounds=[child], receiver=person(document=paper, phone="9991234567")),
        fact(2, provision=service, receiver=person(334455667), criteria=["100"], uses_need=True),
        fact(3, receiver=person(445566778)),
        ("alterationBasedOnRecalculation", change("more", 3, amount="1100.00")),
    )
    later = facts_package(
        (END, change("end", 3, last_day="2026-02-28", amount="1100.00")),
        ("duplicatesInvalidation", change("double", 2)),
        name="later",
    )
    for payload in (first, later):
        assert take(payload, state).accepted

    before = [path.read_bytes() for path in egisso.export(tmp_path / "first", on=ON)]
    with connection.cursor() as cursor:  # the second instance is empty
        cursor.execute("TRUNCATE egisso_assignment, egisso_change, egisso_package, egisso_double")
    for payload in before:
        receipt = take(payload, state)
        assert receipt.accepted == receipt.records, receipt
    after = [path.read_bytes() for path in egisso.export(tmp_path / "second", on=ON)]

    assert len(before) >= 2
    assert after == before
    assert {str(row.id): row.state for row in Assignment.objects.all()} == {
        ident(1): "active", ident(2): "invalidated", ident(3): "ended"}  # fmt: skip


def test_an_archive_holds_packages_and_nothing_else():
    box = BytesIO()
    with ZipFile(box, "w") as archive:
        archive.writestr("good.xml", facts_package(fact(1)))
        archive.writestr("photo.jpg", b"...")
        archive.writestr("../out.xml", b"<a/>")
        archive.writestr("lost.xml.sig", b"...")

    uploads = {
        one.name: one.refusal.rule_code if one.refusal else None for one in egisso.unpack("a.zip", box.getvalue())
    }

    assert uploads == {"good.xml": None, "photo.jpg": "920", "../out.xml": "920", "lost.xml.sig": "920"}
    with pytest.raises(egisso.ArchiveRefused):
        egisso.unpack("a.zip", box.getvalue()[:60])


def test_a_fact_finds_its_person_when_the_card_comes_later(state):
    take(facts_package(fact(1)), state)
    anna = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)

    matched = [egisso.match_again(on=ON, now=NOW) for _ in range(2)]

    assert matched == [1, 0]
    assert Assignment.objects.get().person_id == anna and len(assigned(anna)) == 1
