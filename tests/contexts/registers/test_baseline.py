"""The Fund's former register is taken over once."""

from dataclasses import replace
from datetime import date

import pytest
from tests.contexts.registers.family import FATHER, MOTHER, UNCLE, birth, card, facts, load_family, person, take

from kazna.contexts.registers import public as registers
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db
ELDER = person("Берёзова", "Вера", "F", date(2020, 6, 1), 900000088)
TIES = [
    ("parent", ELDER.snils, MOTHER.snils, "mother", 1, ELDER.birth_date, None, "77-1"),
    ("parent", ELDER.snils, FATHER.snils, "father", None, ELDER.birth_date, None, "77-1"),
    ("spouse", FATHER.snils, MOTHER.snils, None, None, date(2019, 1, 1), None, "77-2"),
]


def test_people_ties_and_facts_come_in_and_nothing_is_published(tmp_path):
    before = Delivery.objects.count()

    report = load_family(tmp_path, people=(MOTHER, FATHER, UNCLE, ELDER), ties=TIES)

    assert report.people == 4
    assert registers.wards_of(card(MOTHER).person_id, date(2026, 1, 1)) == [card(ELDER).person_id]
    assert [f.object_id for f in facts(MOTHER, "family.marriage")] == [card(FATHER).person_id]
    assert facts(UNCLE, "person.account")[0].value["bik"] == "044525225"
    assert Delivery.objects.count() == before


def test_a_second_load_is_refused_politely(tmp_path):
    load_family(tmp_path)

    with pytest.raises(registers.BaselineAlreadyLoaded, match=r"уже загружены \(на 01\.11\.2025, людей: 3\)"):
        load_family(tmp_path)


def test_a_tie_to_a_stranger_stops_the_load_whole(tmp_path):
    with pytest.raises(registers.BaselineRefused, match="нет в таблице persons: 1"):
        load_family(tmp_path, people=(MOTHER, FATHER, UNCLE), ties=TIES)


def test_facts_around_a_newborn_reach_the_whole_family_and_who_is_registered_there(tmp_path):
    stranger = replace(person("Дальний", "Лев", "M", date(1980, 1, 1), 900000099), address="г. Москва, ул. Мира, д. 2")
    load_family(tmp_path, people=(MOTHER, FATHER, UNCLE, ELDER, stranger), ties=TIES)
    take(birth())
    (child,) = registers.search("Берёзов Пётр")

    around = {fact.subject_id for fact in registers.facts_around([child.person_id])}

    assert around == {child.person_id, *(card(one).person_id for one in (MOTHER, FATHER, ELDER, UNCLE))}


def test_people_are_found_by_name_page_by_page(tmp_path):
    load_family(tmp_path)

    (found,) = registers.search("березов")
    assert found.full_name == "Берёзов Иван Олегович"
    key = "алешина ольга петровна"
    assert registers.search("ал", after=(key, card(MOTHER).person_id)) == []
    assert registers.search(MOTHER.snils)[0].person_id == card(MOTHER).person_id
    assert registers.born_on([UNCLE.birth_date], "M")[0].snils == UNCLE.snils
    assert registers.person_references([card(UNCLE).person_id])[card(UNCLE).person_id].document.code == "21"
