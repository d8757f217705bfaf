"""The family of the housing subsidy: who is registered together, parents of a minor; adoption ends former kinship."""

from datetime import date

import pytest
from tests.contexts.measures.test_families import ON, enter_child, enter_person, fact, library  # noqa: F401
from tests.factories.people import cause

from kazna.contexts.measures import library as law
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.situation import set_scene
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
SUBSIDY = "ru-housing-subsidy"


@pytest.fixture
def people(db):
    registers.load_kinds()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1985, 5, 1), "F", on=ON)
    child = enter_child(223344556, mother, "Михаил", date(2015, 2, 10), on=ON)
    uncle = enter_person(334455667, "Чужой", "Пётр", "Ильич", date(1970, 3, 3), "M", on=ON)
    return {"mother": mother, "child": child, "uncle": uncle}


def tell(*facts, source="zags", on=ON):
    registers.report(list(facts), source=source, on=on, cause=cause(on))


def household(person, on=ON):
    current = law.current()
    edition = current.edition(SUBSIDY, on)
    scene = set_scene(current, edition, {"person": person}, Book(registers.facts_around([person])), on, on)
    rows = scene.situation.relations["household"]
    ties = None if rows is None else [row["tie"] for row in rows]
    return ties, scene.rows["household"]


def moves(person, address, since):
    home = {"region": "77", "oktmo": "45000000", "address": address, "permanent": True}
    tell(fact("person.residence", person, since, home), source="mvd")


def test_those_registered_together_are_one_household_whoever_they_are(people):
    ties, who = household(people["mother"])

    assert ties == ["applicant", "child", "registered"]
    assert who == [people["mother"], people["child"], people["uncle"]]


def test_who_moved_out_is_out_from_that_day(people):
    moves(people["uncle"], "г. Москва, ул. Мира, д. 1", date(2026, 1, 10))

    assert household(people["mother"])[0] == ["applicant", "child"]
    assert household(people["mother"], date(2026, 1, 9))[0] == ["applicant", "child", "registered"]


def test_parents_of_a_minor_are_family_even_apart_and_of_a_grown_up_are_not(people):
    moves(people["mother"], "г. Москва, ул. Мира, д. 1", date(2026, 1, 10))

    assert household(people["child"])[0] == ["applicant", "parent", "registered"]
    assert household(people["child"], date(2033, 2, 10))[0] == ["applicant", "registered"]


def test_registered_nowhere_the_household_is_not_known(people):
    stray = enter_person(445566778, "Новый", "Лев", "Ильич", date(1990, 1, 1), "M", on=ON)
    tell(fact("person.residence", stray, date(1990, 1, 1), {"region": "77", "address": ""}), source="mvd")

    assert household(stray) == (None, [])


def adopted(child, by, since=date(2026, 1, 10)):
    tell(fact("family.parent", child, since, {"role": "adoptive", "act": "у1", "order": None}, about=by))


def test_adoption_ends_kinship_with_the_parent_by_birth(people):
    adopted(people["child"], people["uncle"])

    assert registers.wards_of(people["mother"], ON) == []
    assert registers.wards_of(people["mother"], date(2026, 1, 9)) == [people["child"]]
    assert registers.wards_of(people["uncle"], ON) == [people["child"]]
    assert people["child"] not in [one for one, tie in zip(*reversed(household(people["mother"])), strict=True)
                                   if tie == "child"]  # fmt: skip


def test_a_stepfather_who_adopts_leaves_the_mother_a_mother(people):
    tell(
        *(fact("family.marriage", one, date(2020, 1, 1), {"act": "б1"}, about=other)
          for one, other in ((people["mother"], people["uncle"]), (people["uncle"], people["mother"])))
    )  # fmt: skip
    adopted(people["child"], people["uncle"])

    assert registers.wards_of(people["mother"], ON) == [people["child"]]


def test_an_adoption_found_void_gives_the_parent_back(people):
    adopted(people["child"], people["uncle"])
    tie, day = {"role": "adoptive", "act": "у1", "order": None}, date(2026, 1, 10)
    void = fact("family.parent", people["child"], day, tie, about=people["uncle"], until=day)
    tell(void, on=date(2026, 3, 2))

    assert registers.wards_of(people["uncle"], ON) == []
    assert registers.wards_of(people["mother"], ON) == [people["child"]]
