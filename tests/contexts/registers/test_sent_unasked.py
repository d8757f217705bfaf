"""Answers that a holder sends without being asked: read by the same file into the same facts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from lxml import etree
from tests.contexts.registers.exchange import accepted, answer, ask, refused
from tests.contexts.registers.family import FATHER, MOTHER, ON, card, facts, take_all

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.readers.formats import XML_FORMATS
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Fact
from kazna.kernel.periods import Period
from kazna.standins.documents.figures import write_figures_answer
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.property_answers import RealtyRow, VehicleRow, write_realty_answer, write_vehicles_answer
from kazna.standins.documents.registration_answer import write_registration_answer
from kazna.standins.documents.requests import read_income_request, read_unemployment_request
from kazna.standins.documents.tax_answers import (
    write_entrepreneur_answer,
    write_payments_answer,
    write_self_employed_answer,
)
from kazna.standins.documents.unasked import write_unasked
from kazna.standins.documents.unemployment_answer import write_unemployment_answer

pytestmark = pytest.mark.usefixtures("family")
NUMBER = UUID("0c1f1a34-1111-4222-8333-444455556666")
EARLIER, LATER = ON - timedelta(days=20), ON - timedelta(days=1)
INN = "770123456789"


def request(who, agency: str, topic: str, about: str):
    """What the product would ask: the answers' writers repeat its words."""
    person_id = card(who).person_id
    person = replace(registers.person_references([person_id])[person_id], inn=INN)
    payload = TOPICS[agency, topic].write(
        NUMBER, integration.Question(agency, person_id, person, about, ON, topic=topic)
    )
    return etree.fromstring(payload), payload


def income(who, more: bool) -> bytes:
    asked = read_income_request(request(who, "fns", "", "2025")[1])
    return write_income_answer(asked, [Payer("7701234567", "ООО", {1: 100_00, 2: 50_50 + more * 100})])


def payments(who, more: bool) -> bytes:
    payer = Payer("7701234567", "ООО", {1: 100_00 + more})
    return write_payments_answer(request(who, "fns", "payments", "2025")[0], "p-1", INN, [(2025, payer)])


def entrepreneur(who, more: bool) -> bytes:
    return write_entrepreneur_answer(request(who, "fns", "entrepreneur", "2025")[0], {2025: 1_200_000 + more * 100})


def self_employed(who, more: bool) -> bytes:
    asked = request(who, "fns", "self_employed", "2025")[0]
    return write_self_employed_answer(asked, {3: 10_000_00 + more}, True, ON)


def unemployment(who, more: bool) -> bytes:
    asked = replace(read_unemployment_request(request(who, "szn", "", ON.isoformat())[1]), asked_on=LATER)
    since = date(2025, 12, 1)
    return write_unemployment_answer(asked, [Period(since, date(2026, 1, 20) if more else None)], answered_on=LATER)


def living(who, more: bool) -> bytes:
    return write_registration_answer("living", "79000000", f"г. Майкоп, ул. Мира, {1 + more}", date(2026, 1, 5))


def staying(who, more: bool) -> bytes:
    until = date(2026, 6, 30 - more)
    return write_registration_answer("staying", "45000000", "г. Москва", date(2026, 1, 5), until)


def vehicles(who, more: bool) -> bytes:
    return write_vehicles_answer([VehicleRow("a", 2024, "150.6")] * (1 + more))


def realty(who, more: bool) -> bytes:
    day = LATER if more else EARLIER
    rows = [RealtyRow("77:01:0001:1", "квартира", "54.3", "1/2")]
    return write_realty_answer(request(who, "rosreestr", "realty", ON.isoformat())[0], rows, day)


def turnover(who, more: bool) -> bytes:
    asked = request(who, "fns", "turnover", ON.isoformat())[0]
    return write_figures_answer(asked, {"Сумма": f"10{int(more)}.50"}, LATER if more else EARLIER)


SENT = {
    "income.year": ("fns", income), "income.payments": ("fns", payments),
    "income.entrepreneur": ("fns", entrepreneur), "income.self_employed": ("fns", self_employed),
    "unemployment": ("szn", unemployment), "person.residence": ("mvd", living), "person.stay": ("mvd", staying),
    "property.vehicles": ("gibdd", vehicles), "property.realty": ("rosreestr", realty),
    "bank.turnover": ("fns", turnover),
}  # fmt: skip


def send(kind: str, day: date, *, who=MOTHER, more: bool = False, number: str = "m-1", about=None):
    agency, write = SENT[kind]
    return answer(write_unasked(about or who, write(who, more), day, number), agency)


def told(kind: str, who=MOTHER):
    agency, _ = SENT[kind]
    known = [fact for fact in facts(who, kind) if fact.source == agency]
    return [(fact.value, fact.valid_from, fact.valid_to) for fact in known]


def test_every_answer_without_a_message_of_its_own_may_be_sent_unasked():
    pushed = [form for form in XML_FORMATS.values() if form.is_pushed and form.kind != "figures_answer"]

    assert {form.agency for form in pushed} == {agency for agency, _ in SENT.values()}
    assert len(pushed) == len(SENT) - 1  # the figures share one reader: one of them stands for all


@pytest.mark.parametrize("kind", SENT)
def test_it_is_recorded_once_and_nothing_older_takes_its_place(kind):
    receipt = accepted(send(kind, LATER, more=True))
    newest, rows = told(kind), Fact.objects.count()

    assert newest and receipt.kind == "pushed"
    assert send(kind, LATER, more=True).status == "duplicate"
    accepted(send(kind, LATER, more=True, number="m-2"))
    assert (told(kind), Fact.objects.count()) == (newest, rows)

    accepted(send(kind, EARLIER, number="m-3"))
    assert [one for one in told(kind) if one[1] >= newest[-1][1]] == newest


@pytest.mark.parametrize("kind", ["income.year", "property.vehicles"])
def test_a_later_one_takes_the_place_of_an_earlier(kind):
    accepted(send(kind, EARLIER))
    before = told(kind)

    accepted(send(kind, LATER, more=True, number="m-2"))

    assert told(kind)[-1] != before[-1]


@pytest.mark.parametrize("kind", SENT)
def test_nobody_known_by_that_name_is_quarantined_and_enters_nobody(kind):
    stranger = replace(MOTHER, surname="Никтова", snils=None, birth_date=date(1971, 7, 7))

    receipt = send(kind, LATER, about=stranger)

    assert (receipt.status, refused(receipt)) == ("quarantined", ["person_unknown"])
    assert registers.search("Никтова") == []


@pytest.mark.parametrize("kind", ["income.year", "income.payments", "unemployment", "property.realty"])
def test_an_envelope_about_another_person_than_the_document_is_refused(kind):
    assert refused(send(kind, LATER, about=FATHER)) == ["answer_other_person"]
    assert told(kind, FATHER) == []


def test_without_a_number_the_person_is_found_by_name_birth_date_and_document():
    accepted(send("income.year", LATER, about=replace(MOTHER, snils=None)))

    assert told("income.year")
    other = replace(MOTHER, snils=None, document_number="4599 000000")
    assert refused(send("income.year", LATER, about=other, number="m-2")) == ["person_unknown"]


def test_an_answer_to_our_question_holds_against_what_was_written_before_it_came():
    _, asked = ask(MOTHER, "fns", "self_employed", "2025")
    accepted(answer(write_self_employed_answer(asked, {3: 7_00}, True, ON), "fns"))
    newest = told("income.self_employed")

    receipt = accepted(send("income.self_employed", LATER))

    assert told("income.self_employed") == newest
    assert "older_told" in {one["code"] for one in receipt.remarks}


def test_an_answer_sent_bare_is_still_an_answer_to_nothing_asked():
    assert refused(answer(income(MOTHER, False), "fns")) == ["answer_unasked"]


def test_what_has_a_message_of_its_own_what_is_broken_and_what_is_of_another_holder_is_refused():
    vehicles_sent = write_unasked(MOTHER, vehicles(MOTHER, False), LATER, "m-1")

    assert refused(answer(vehicles_sent, "fns")) == ["wrong_sender"]
    assert "schema" in refused(answer(vehicles_sent.replace(b"status>", b"state>"), "gibdd"))
    assert refused(answer(write_unasked(MOTHER, b'<x xmlns="urn:x"/>', LATER, "m-2"), "gibdd")) == ["not_pushed"]
    assert refused(answer(write_unasked(MOTHER, vehicles_sent, LATER, "m-3"), "gibdd")) == ["schema"]
    assert refused(send("property.vehicles", ON + timedelta(days=2), number="m-4")) == ["date_future"]


def test_of_many_sent_at_once_out_of_order_the_latest_holds(tmp_path):
    days = (LATER, EARLIER, ON - timedelta(days=9))
    sent = [write_unasked(MOTHER, income(MOTHER, day == LATER), day, f"m-{day}") for day in days]
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w") as archive:
        for number, one in enumerate(sent):
            archive.writestr(f"{number}.xml", one)

    assert {one.status for one in take_all(folder.getvalue(), "fns")} == {"accepted"}
    assert told("income.year")[0][0]["months"]["02"] == 51_50
