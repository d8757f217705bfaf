"""A fact called wrong: filed once, the holder asked, closed by newer data or by an officer's reasoned answer."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from tests.factories.people import cause, enter_person, fact

from kazna.contexts.corrections import public as corrections
from kazna.contexts.notifications import public as notifications
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
ON, LATER = date(2026, 2, 16), date(2026, 2, 20)
CLAIM = "Я живу в другом доме: улица Новая, дом 5."


@pytest.fixture
def anna(db) -> UUID:
    registers.load_kinds()
    person_id = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)
    drain()
    return person_id


def fact_of(person_id: UUID, kind: str) -> registers.Fact:
    return registers.facts_of([person_id], kinds=[kind])[0]


def file(person_id: UUID, kind: str, claim: str = CLAIM) -> UUID:
    return corrections.file(
        fact_id=fact_of(person_id, kind).id, asked_by=person_id, claim=claim, on=ON, cause=cause(ON)
    )


def state_of(correction_id: UUID) -> str:
    return corrections.correction(correction_id=correction_id).state


def test_the_holder_is_asked_and_the_term_is_seven_working_days(anna):
    filed = file(anna, "person.residence")
    drain()

    found = corrections.correction(correction_id=filed)
    assert (found.state, found.due_on) == ("asked", date(2026, 2, 26))  # 23 February is a day off


def test_what_no_message_can_ask_waits_for_an_officer(anna):
    filed = file(anna, "person.name")
    drain()

    assert state_of(filed) == "filed"
    assert [one.correction_id for one in corrections.waiting()] == [filed]


def test_a_second_click_is_the_same_correction(anna):
    assert file(anna, "person.residence") == file(anna, "person.residence", "Другие слова, но о том же самом.")


def test_a_newer_fact_closes_it_and_the_person_is_told_once(anna):
    filed = file(anna, "person.residence")
    known = fact_of(anna, "person.residence")
    value = {**known.value, "address": "г. Москва, ул. Новая, д. 5"}
    newer = registers.NewFact(known.kind, anna, None, known.thing, known.valid_from, None, value)

    registers.report([newer], source="mvd", on=LATER, cause=cause(LATER))
    drain()
    registers.report([newer], source="mvd", on=LATER, cause=cause(LATER))
    drain()

    assert state_of(filed) == "corrected"
    titles = [notice.title for notice in notifications.inbox(person_id=anna)]
    assert titles.count("Сведение исправлено") == 1


def test_news_about_something_else_leaves_it_open(anna):
    filed = file(anna, "person.name")

    registers.report(
        [fact("employment", anna, LATER, {"employer_inn": "7799000001", "reason": None})],
        source="sfr",
        on=LATER,
        cause=cause(LATER),
    )
    drain()

    assert state_of(filed) == "filed"


def test_an_officer_answers_with_a_reason_the_person_reads(anna):
    filed = file(anna, "person.name")

    corrections.keep(
        correction_id=filed, reason="Имя записано верно, паспорт проверен.", by="officer", on=LATER, cause=cause(LATER)
    )
    drain()

    assert state_of(filed) == "kept"
    assert "паспорт проверен" in notifications.inbox(person_id=anna)[0].why


def test_two_officers_at_once_the_second_is_refused(anna):
    filed = file(anna, "person.name")
    answer = {"correction_id": filed, "reason": "Имя записано верно.", "on": LATER, "cause": cause(LATER)}
    corrections.keep(**answer, by="officer")

    with pytest.raises(corrections.CorrectionNotOpen):
        corrections.keep(**answer, by="another")


@pytest.mark.parametrize("claim", ["", "    ", "коротко", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"])
def test_no_words_no_correction(anna, claim):
    with pytest.raises(corrections.ClaimMissing):
        file(anna, "person.name", claim)


def test_a_fact_that_is_not_there_cannot_be_wrong(anna):
    with pytest.raises(corrections.FactNotThere):
        corrections.file(fact_id=uuid4(), asked_by=anna, claim=CLAIM, on=ON, cause=cause(ON))
