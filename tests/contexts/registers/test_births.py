"""Birth records: what they tell, and what could not have been."""

from datetime import date

import pytest
from tests.contexts.registers.family import (
    BORN,
    CHILD,
    CHILD_SNILS,
    FATHER,
    MOTHER,
    UNCLE,
    birth,
    card,
    codes,
    death,
    facts,
    newborn_snils,
    renamed,
    snils,
    take,
)

from kazna.contexts.registers import public as registers
from kazna.kernel.places import FORMATS

pytestmark = pytest.mark.django_db
SAMPLE = (FORMATS / "samples" / "birth-rogd-4.0.5.sample.xml").read_bytes()


def values(who, kind):
    return [fact.value for fact in facts(who, kind)]


def test_the_official_sample_goes_in_and_can_be_seen(db):
    receipt = take(SAMPLE)

    assert receipt.status == "accepted", receipt.remarks
    assert card("08336732477").full_name == "Иванов Петр Антонович"
    assert card("73204796592").full_name == "Иванова Анна Алексеевна"


def test_a_birth_tells_parents_home_and_citizenship(family):
    take(birth())
    take(newborn_snils(), agency="sfr")

    ties = {fact.value["role"]: fact.object_id for fact in facts(CHILD_SNILS, "family.parent")}
    assert ties == {"mother": card(MOTHER).person_id, "father": card(FATHER).person_id}
    assert values(CHILD_SNILS, "person.citizenship") == [{"oksm": "643", "by_birth": True}]
    assert values(CHILD_SNILS, "family.birth_details")[0]["live"] is True
    assert card(CHILD_SNILS).territory == "77"


def test_a_dead_mother_cannot_bear(family):
    take(death(MOTHER, date(2026, 1, 20)))

    receipt = take(birth())

    assert codes(receipt) == ["mother_dead"]
    assert registers.search("Берёзов Пётр") == []


def test_a_mother_may_die_in_childbirth(family):
    take(death(MOTHER, BORN))

    assert take(birth()).status == "accepted"


def test_a_death_before_the_birth_of_her_child_is_refused_when_it_comes_second(family):
    take(birth())

    assert codes(take(death(MOTHER, date(2026, 1, 20)))) == ["person_dead"]


def test_a_father_dead_for_a_year_is_refused(family):
    take(death(FATHER, date(2025, 1, 20)))

    assert codes(take(birth())) == ["father_dead_long"]


def test_a_birth_dated_tomorrow_is_refused(family):
    tomorrow = renamed(CHILD, birth_date=date(2026, 2, 11))

    assert "date_future" in codes(take(birth(child=tomorrow)))


def test_a_second_father_by_another_record_is_refused_and_shown_to_an_officer(family):
    take(birth())

    receipt = take(birth(number=2, father=UNCLE))

    assert codes(receipt) == ["already_born", "second_father"]
    (conflict,) = registers.conflicts()
    assert (conflict.kind, conflict.known.object_id) == ("family.parent", card(FATHER).person_id)


def test_a_second_father_without_a_correction_is_refused(family):
    take(birth())

    assert codes(take(birth(father=UNCLE, version=2))) == ["second_father"]


def test_a_correction_may_change_the_father(family):
    take(birth())

    receipt = take(birth(father=UNCLE, version=2, correction="Исправлены сведения об отце"))

    assert receipt.status == "accepted", receipt.remarks
    (child,) = registers.search("Берёзов Пётр")
    fathers = [f.object_id for f in registers.facts_of([child.person_id]) if f.value.get("role") == "father"]
    assert fathers == [card(UNCLE).person_id]


def test_twins_are_two_children(family):
    take(birth(number=1))
    take(birth(number=2, child=renamed(CHILD, forename="Павел")))

    assert {one.forename for one in registers.search("Берёзов П")} == {"Пётр", "Павел"}
    assert registers.suspects() == []


def test_namesakes_born_on_one_day_of_two_mothers_are_two_children(family):
    take(birth(number=1))
    take(birth(number=2, mother=renamed(MOTHER, snils=snils(900000055), document_number="4512 000055"), father=None))

    assert len(registers.search("Берёзов Пётр")) == 2
