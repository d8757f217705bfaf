"""Deaths, marriages, names, disabilities, jobs, homes."""

import json
from datetime import date

import pytest
from tests.contexts.registers.family import (
    FATHER,
    INN,
    MOTHER,
    ON,
    UNCLE,
    birth,
    card,
    codes,
    death,
    disability,
    divorce,
    employment,
    facts,
    load_family,
    marriage,
    move,
    name_change,
    renamed,
    snils,
    take,
)

from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db


def periods(who, kind):
    return sorted((fact.valid_from, fact.valid_to) for fact in facts(who, kind))


def test_a_death_goes_on_the_card_and_ends_the_marriage(family):
    take(marriage())
    take(death(FATHER, date(2026, 2, 6)))

    assert card(FATHER).died_on == date(2026, 2, 6)
    assert periods(MOTHER, "family.marriage") == [(date(2025, 12, 20), date(2026, 2, 6))]


def test_a_corrected_death_moves_the_end_of_the_marriage(family):
    take(marriage())
    take(death(FATHER, date(2026, 2, 5)))
    take(death(FATHER, date(2026, 2, 6), version=2, correction="Исправлена дата смерти"))

    assert card(FATHER).died_on == date(2026, 2, 6)
    assert periods(MOTHER, "family.marriage") == [(date(2025, 12, 20), date(2026, 2, 6))]


def test_nobody_dies_twice(family):
    take(death(FATHER, date(2026, 2, 5), number=21))

    receipt = take(death(FATHER, date(2026, 2, 6), number=22))

    assert codes(receipt) == ["already_dead"]
    assert [conflict.kind for conflict in registers.conflicts()] == ["person.death"]


def test_a_death_before_the_birth_is_refused(family):
    assert "death_before_birth" in codes(take(death(MOTHER, date(1990, 1, 1))))


def test_nobody_marries_while_married(family):
    take(marriage())

    assert codes(take(marriage(husband=UNCLE, on=date(2026, 1, 15), number=32))) == ["already_married"]


def test_marriage_changes_the_surname_and_divorce_ends_it(family):
    take(marriage())
    take(divorce(wife=renamed(MOTHER, surname="Берёзова")))

    assert card(MOTHER).surname == "Берёзова"
    assert periods(FATHER, "family.marriage") == [(date(2025, 12, 20), date(2026, 1, 20))]


def test_a_divorce_may_come_before_its_marriage(family):
    remarks = take(divorce(wife=renamed(MOTHER, surname="Алёшина"))).remarks
    take(marriage(wife_after="Алёшина"))

    assert [remark["code"] for remark in remarks] == ["marriage_unknown"]
    assert periods(MOTHER, "family.marriage") == [(date(2025, 12, 20), date(2026, 1, 20))]


def test_a_changed_name_is_shown_and_the_former_one_still_leads_to_the_person(family):
    take(name_change(MOTHER, renamed(MOTHER, surname="Новикова")))
    take(marriage(wife=MOTHER, wife_after="Новикова"))

    assert card(MOTHER).surname == "Новикова"
    assert registers.counts()["people"] == 3


def test_the_next_disability_ends_the_former(family):
    take(disability(UNCLE, "III", date(2026, 1, 10), date(2027, 1, 31), "1.1.77/2026"), agency="fri")
    take(disability(UNCLE, "II", date(2026, 2, 5), None, "2.1.77/2026"), agency="fri")

    assert periods(UNCLE, "disability") == [
        (date(2026, 1, 10), date(2026, 2, 5)),
        (date(2026, 2, 5), None),
    ]


def test_a_dismissal_closes_the_job_the_snapshot_brought(db, tmp_path):
    job = json.dumps({"employer_inn": INN, "reason": None})
    load_family(tmp_path, told=[("employment", UNCLE.snils, f"{INN}/2020-03-01", date(2020, 3, 1), None, job)])

    receipt = take(employment((UNCLE.snils, INN, "dismissed", date(2026, 2, 2), "сокращение")), agency="sfr")

    assert receipt.status == "accepted", receipt.remarks
    assert periods(UNCLE, "employment") == [(date(2020, 3, 1), date(2026, 2, 3))]


def test_a_row_about_a_stranger_does_not_hold_the_table(family):
    receipt = take(
        employment(
            (snils(900000066), INN, "hired", date(2026, 2, 2), None),
            (UNCLE.snils, INN, "hired", date(2026, 2, 2), None),
        ),
        agency="sfr",
    )

    assert receipt.status == "accepted"
    assert [(one["code"], one["where"]) for one in receipt.remarks] == [("person_unknown", "строка 2, Работник")]
    assert periods(UNCLE, "employment") == [(date(2026, 2, 2), None)]


def test_a_move_ends_the_former_home(family):
    take(move(UNCLE, date(2026, 2, 3)), agency="mvd")

    assert card(UNCLE).address == "г. Москва, ул. Новая, д. 2"
    assert [end for _, end in periods(UNCLE, "person.residence")] == [date(2026, 2, 3), None]


def test_snils_of_a_person_with_another_birth_date_raises_an_alarm(family):
    receipt = take(birth(mother=renamed(MOTHER, birth_date=date(1994, 5, 5))))

    assert codes(receipt) == ["birth_date_differs"]
    (conflict,) = registers.conflicts()
    assert (conflict.known.value["date"], conflict.claim_value["date"]) == ("1995-05-05", "1994-05-05")


def test_nothing_is_lost_to_those_who_ask_what_was_known_before(family):
    moment = facts(UNCLE, "person.residence")[0].recorded_at
    take(move(UNCLE, date(2026, 2, 3)), agency="mvd", on=ON)

    before = registers.facts_of([card(UNCLE).person_id], kinds=["person.residence"], known_at=moment)

    assert [(fact.valid_to, fact.value["address"]) for fact in before] == [(None, UNCLE.address)]
