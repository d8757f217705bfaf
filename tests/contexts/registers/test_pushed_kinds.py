"""Kinds that holders push beside births and deaths: paternity, large families; what kinship cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from tests.contexts.registers.exchange import accepted, answer, refused
from tests.contexts.registers.family import (
    BORN,
    CHILD,
    FATHER,
    MOTHER,
    ON,
    UNCLE,
    act,
    birth,
    card,
    codes,
    facts,
    person,
    take,
)

from kazna.contexts.integration.contracts import ActEdition, ActKey, LargeFamilyReported, PersonRef
from kazna.contexts.integration.holders.large_families import RegionalBody, read_file, write_file
from kazna.contexts.integration.readers.schemas import schema_remarks
from kazna.contexts.registers import public as registers
from kazna.standins.documents.paternity import PaternityRecord, write_paternity

pytestmark = pytest.mark.usefixtures("family")

ALONE = replace(CHILD, surname="Алёшин")


def paternity(father=FATHER, child=ALONE, number=61, recorded_on=date(2026, 2, 8), version=1, **changes):
    record = PaternityRecord(
        act=act(number, recorded_on, version), child=child, child_after=replace(child, surname=father.surname),
        father=father, mother=MOTHER, birth=act(1, date(2026, 2, 3)),
    )  # fmt: skip
    return write_paternity(replace(record, **changes))


def born_to_a_single_mother():
    accepted(take(birth(child=ALONE, father=None)))


def child():
    (found,) = registers.search("Берёзов Пётр")
    return found


def parents(person_id):
    ties = registers.facts_of([person_id], kinds=["family.parent"])
    return {tie.value["role"]: (tie.object_id, tie.valid_from) for tie in ties}


def test_paternity_gives_the_child_a_father_from_birth_and_the_name_from_the_act():
    born_to_a_single_mother()

    accepted(answer(paternity(), "zags"))

    assert parents(child().person_id)["father"] == (card(FATHER).person_id, BORN)
    names = registers.facts_of([child().person_id], kinds=["person.name"])
    assert max(names, key=lambda fact: fact.valid_from).valid_from == date(2026, 2, 8)


def test_paternity_may_come_before_the_birth():
    accepted(answer(paternity(), "zags"))
    accepted(take(birth(child=ALONE, father=None)))

    found = registers.search("Берёзов Пётр") + registers.search("Алёшин Пётр")
    children = {one.person_id for one in found if one.birth_date == BORN}  # the father may bear the name too
    assert len(children) == 1
    assert set(parents(children.pop())) == {"mother", "father"}


def test_the_same_paternity_twice_changes_nothing_and_another_father_waits_for_an_officer():
    born_to_a_single_mother()
    accepted(answer(paternity(), "zags"))

    assert answer(paternity(), "zags").status == "duplicate"
    second = answer(paternity(father=UNCLE, child=ALONE, number=62), "zags")

    assert refused(second) == ["second_father"]
    assert parents(child().person_id)["father"][0] == card(FATHER).person_id
    assert registers.matters_open()["conflicts"] == 1


def test_a_mother_younger_than_her_child_is_refused_by_what_the_registers_know():
    elder = replace(CHILD, birth_date=date(1990, 1, 1), forename="Лев")

    receipt = take(birth(number=7, child=elder))

    assert "parent_not_older" in codes(receipt)
    assert registers.search("Берёзов Лев") == []


def test_kinship_in_a_circle_is_refused():
    born_to_a_single_mother()
    son = registers.search("Алёшин Пётр")[0]
    grandmother = replace(MOTHER, birth_date=MOTHER.birth_date)
    boy = replace(ALONE, snils=None)

    circle = birth(number=8, child=replace(grandmother, snils=MOTHER.snils), mother=None, father=boy)
    receipt = take(circle)

    assert {"kinship_circle", "parent_not_older"} & set(codes(receipt))
    assert parents(card(MOTHER).person_id) == {}
    assert set(parents(son.person_id)) == {"mother"}


def test_one_number_for_two_people_alarms_an_officer():
    other = person("Чужая", "Вера", "F", date(1980, 1, 1), None, paper="4512 777777", patronymic="Львовна")
    thief = replace(other, snils=MOTHER.snils)

    receipt = take(birth(number=9, mother=thief))

    assert codes(receipt) == ["birth_date_differs"]
    assert registers.matters_open()["conflicts"] == 1
    assert card(MOTHER).surname == MOTHER.surname


def test_twins_are_two_people():
    second = replace(CHILD, forename="Павел", document_number="IV-МЮ 000002")
    accepted(take(birth(number=1)))
    accepted(take(birth(number=2, child=second, order=2)))

    children = {
        tie.subject_id for tie in registers.facts_around([card(MOTHER).person_id]) if tie.kind == "family.birth_details"
    }
    assert len(children) == 2


def test_twins_of_one_name_wait_for_an_officer():
    accepted(take(birth(number=1)))

    assert codes(take(birth(number=2, order=2))) == ["already_born"]
    assert len(registers.search("Берёзов Пётр")) == 1


def test_yo_and_ye_are_one_letter():
    written = replace(MOTHER, surname="Алешина", snils=None)

    accepted(take(birth(mother=written)))

    assert len(registers.search("Алешина")) == 1


BODY = RegionalBody("Департамент труда", "7701234567", "770101001", "1027700132195", "7701")


def large_family(version=1, stated_on=date(2026, 1, 15)):
    parent = PersonRef(
        MOTHER.surname, MOTHER.forename, MOTHER.patronymic, MOTHER.birth_date, MOTHER.snils, inn="770123456789"
    )
    small = [PersonRef("Алёшин", name, None, date(2015 + n, 1, 1)) for n, name in enumerate(("Пётр", "Иван", "Лев"))]
    key = ActKey("large_family", BODY.ogrn, MOTHER.snils, stated_on)
    return LargeFamilyReported(ActEdition(key, version, stated_on), parent, tuple(small), stated_on)


def test_a_file_of_large_families_goes_out_and_in_unchanged():
    payload = write_file("VO_SVMNDET_1", BODY, [large_family()])
    root = etree.fromstring(payload)

    assert payload.startswith(b"<?xml version='1.0' encoding='windows-1251'?>")
    assert schema_remarks(root, "smev_vs/NalogMnogodet/VO_SVMNDET_2_312_49_04_01_01.xsd") == ()
    assert [placed.statement for placed in read_file(root)] == [large_family()]


def test_a_region_states_a_large_family():
    receipt = accepted(answer(write_file("f-1", BODY, [large_family()]), "dszn"))

    (status,) = facts(MOTHER, "status.large_family")
    assert (status.valid_from, status.source, status.document_id) == (date(2026, 1, 15), "dszn", receipt.document_id)
    assert answer(write_file("f-2", BODY, [large_family()]), "dszn").status == "duplicate"
    assert registers.person_references([card(MOTHER).person_id])[card(MOTHER).person_id].inn == "770123456789"


def test_a_file_that_counts_children_wrongly_is_refused():
    payload = write_file("f-1", BODY, [large_family()]).replace(
        'КолДет="3"'.encode("cp1251"), 'КолДет="4"'.encode("cp1251")
    )

    assert refused(answer(payload, "dszn", on=ON)) == ["children_count"]
