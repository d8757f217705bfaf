"""A life event is told to the portal with the measures it may bring (10.33.O); what was assigned is told (10.18.I)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from lxml import etree
from tests.contexts.cases.spine import Spine
from tests.factories.egisso import BODY, fact, facts_package, ident, known, snils
from tests.factories.people import enter_child, enter_person

from kazna.contexts.audit import public as audit
from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.messages.catalogue import BY_KEY, CHOICE, CHOSEN, OFFER, STATEMENT
from kazna.contexts.egisso.messages.read import open_message, plain_of
from kazna.contexts.egisso.messages.shape import to_ours, to_theirs
from kazna.contexts.egisso.messages.tables import album, schema
from kazna.contexts.egisso.messages.write import document, to_bytes
from kazna.contexts.egisso.models import RegisterRecord
from kazna.contexts.measures import public as measures
from kazna.kernel.places import FORMATS

DAY = date(2026, 2, 16)
NOW = datetime(2026, 2, 16, 9, tzinfo=UTC)
POINT = {
    "id": ident("point"), "body": BODY, "title": "Приёмная", "address": "Москва, Тверская, 1", "oktmo": "45000000",
    "contacts": "84950000000", "schedule": "пн-пт 9-18", "measures": [],
}  # fmt: skip


@pytest.fixture
def spine(db):
    measures.store_release()
    return Spine(DAY)


@pytest.fixture
def birth(spine) -> UUID:
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=DAY)
    enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=DAY)
    spine.work()
    return mother


def point() -> None:
    RegisterRecord.objects.create(id=POINT["id"], kind="point", provider=BODY, key=BODY, card=POINT, recorded_on=DAY)


def offered() -> list[egisso.Offer]:
    return list(egisso.offers(DAY, on=DAY, now=NOW, code="CHILD_BORN"))


def read(message: bytes) -> dict:
    (record,) = open_message(message)[1]
    assert record.faults == ()
    return record.ours


def test_a_birth_is_told_with_the_measures_its_rules_find(birth):
    point()

    (offer,) = [one for one in offered() if one.person_id == birth]

    schema("10.33.O-1.0.1.xsd").assertValid(etree.fromstring(offer.message))
    told = read(offer.message)
    assert (told["snils"], told["events"][0]["code"], told["territory"]) == (snils(112233445), "CHILD_BORN", "45000000")
    waiting = {str(right.passport["egisso"]["lmsz_id"]) for right in measures.rights_of(birth)
               if right.recipient_id == birth and right.state != "refused"}  # fmt: skip
    assert {one["id"] for one in told["measures"]} and {one["id"] for one in told["measures"]} <= waiting
    asked = {one["id"]: {answer["id"] for answer in one["answers"]} for one in told.get("questions", ())}
    for measure in told["measures"]:
        for way in measure.get("shown_when", ()):
            assert all(one["answer"] in asked[one["question"]] for one in way.get("answers", ()))
    assert any("10.33.O" in one.screen for one in audit.looks_at(birth))
    assert [one.message for one in offered() if one.person_id == birth] == [offer.message]


def test_without_a_presence_point_nothing_is_told_and_the_reason_is(birth):
    (offer,) = [one for one in offered() if one.person_id == birth]

    assert offer.message == b"" and "10.15.I" in offer.reason


def test_what_the_citizen_chose_is_kept_once(birth):
    point()
    (offer,) = [one for one in offered() if one.person_id == birth]
    told = read(offer.message)
    told["measures"] = [{"id": one["id"], "title": one["title"]} for one in told["measures"][:1]]
    told |= {"container_id": ident("choice")}
    answer = to_bytes(document(CHOSEN.root, to_theirs(told, CHOICE)))

    for _ in range(2):
        receipt = egisso.take_package(answer, known=known(), provider="", on=DAY, received_at=NOW)
        assert (receipt.records, receipt.accepted) == (1, 1), receipt

    kept = RegisterRecord.objects.get(kind="choice")
    assert (str(kept.id), kept.person_id) == (ident("choice"), birth)
    assert kept.card["measures"] == told["measures"]


def ask(number: str, since: str = "2026-01-01", until: str = "2026-12-31") -> bytes:
    period = {"beginDate": since, "endDate": until}
    root = BY_KEY["10.18.I/1.0.1"].root
    return to_bytes(document(root, {"requestData": {"snils": number, "reportPeriod": period}}))


def test_what_was_assigned_is_told_by_period(spine):
    anna = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=DAY)
    package = facts_package(fact(1), fact(2, first_day="2025-01-01", last_day="2025-12-31"))
    assert egisso.take_package(package, known=known(), provider=BODY, on=DAY, received_at=NOW).accepted == 2

    answer = etree.fromstring(egisso.answer_question(ask(snils(112233445)), on=DAY))

    schema("10.18.I-1.0.1.xsd").assertValid(answer)
    told = to_ours(plain_of(answer, _response().block), STATEMENT)["assigned"]
    assert [(one["first_day"], one["amount"], one["birth_place"]) for one in told] == [
        ("2026-02-01", "1000.00", "не указано")]  # fmt: skip
    assert any(one.screen == "10.18.I" for one in audit.looks_at(anna))


@pytest.mark.parametrize(
    ("question", "code"), [(ask("11223344500"), "907"), (ask(snils(112233445), "2026-02-01", "2026-01-01"), "913")]
)
def test_a_wrong_question_is_answered_by_an_error(db, question, code):
    answer = etree.fromstring(egisso.answer_question(question, on=DAY))

    schema("10.18.I-1.0.1.xsd").assertValid(answer)
    assert answer.findtext(".//{*}code") == code


def test_nothing_assigned_is_an_empty_statement(db):
    answer = etree.fromstring(egisso.answer_question(ask(snils(998877665)), on=DAY))

    schema("10.18.I-1.0.1.xsd").assertValid(answer)
    assert answer.find(".//{*}error") is None


def _response():
    return album("10.18.I-1.0.1.xsd").root("{urn://egisso-ru/msg/10.18.I/1.0.1}response")


@pytest.mark.parametrize("number", [1, 2])
def test_the_official_answer_is_read_and_written_the_same(number):
    official = etree.parse(FORMATS / "egisso" / "samples" / f"10.18.I-1.0.1.response.{number}.xml").getroot()
    row = _response()

    again = document(row, to_theirs(to_ours(plain_of(official, row.block), STATEMENT), STATEMENT))

    def content(root):
        return [(one.tag, (one.text or "").strip()) for one in root.iter(etree.Element) if "time" not in one.tag]

    assert content(again) == content(official)


def test_a_message_of_the_album_with_every_part_is_written_and_read(db):
    whole = {
        "id": ident(1), "container_id": ident(2), "issued_at": "2026-02-16T12:00:00+03:00", "valid_to": "2026-05-17",
        "snils": snils(112233445), "events": [{"code": "CHILD_BORN", "title": "Рождение", "happened_on": "2026-02-10"}],
        "portal_text": "а", "push_text": "б", "email_text": "в", "territory": "45000000",
        "measures": [{
            "id": ident(3), "level": "2", "form": "денежная", "periodicity": "Ежемесячно", "title": "Мера",
            "territories": ["45000000"], "estimation": "1000", "cases": "а", "conditions": "б",
            "acts": [{"number": "1", "date": "2025-01-01", "title": "Закон", "authority": "Дума"}],
            "methods": ["Почта"], "request_forms": ["бумажная"], "answer_forms": ["решение"],
            "papers": [{"title": "Паспорт", "origin": "копия", "count": "1", "is_needed": "true"}],
            "steps": [{"number": "1", "short": "а", "whole": "б"}], "points": [ident("point")],
            "shown_when": [{"answers": [{"question": "q1", "answer": "yes"}], "besides": ["Что ещё?"]}],
        }],
        "questions": [{"id": "q1", "text": "Учитесь?",
                       "answers": [{"id": "yes", "text": "Да"}, {"id": "no", "text": "Нет"}]}],
        "points": [{name: value for name, value in POINT.items() if name != "measures"}],
    }  # fmt: skip

    payload = to_bytes(document(BY_KEY["10.33.O/1.0.1"].root, to_theirs(whole, OFFER)))

    schema("10.33.O-1.0.1.xsd").assertValid(etree.fromstring(payload))
    assert read(payload) == whole
