"""Who is in a family by the law of the single benefit, and the words for those who are not."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.people import cause, enter_child, enter_person, fact

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.kernel.periods import full_years
from kazna.kernel.places import LAW
from kazna.rules import Situation, load_library
from kazna.rules.belonging import belonging

ON = date(2026, 2, 16)
LAW_ID = "ru-child-benefit"
FLAGS = ("full_state_support", "custody_lost", "imprisoned", "conscript", "full_time_student", "married")


@cache
def library():
    return load_library(LAW)


members = st.fixed_dictionaries(
    {
        "tie": st.sampled_from(["spouse", "child"]),
        "birth_date": st.dates(date(1990, 1, 1), ON),
        **{flag: st.booleans() for flag in FLAGS},
    }
)


def expected(one):
    """ПП № 2330 in Python."""
    if one["tie"] == "spouse":
        return not (one["conscript"] or one["imprisoned"] or one["custody_lost"] or one["full_state_support"])
    out = one["full_state_support"] or one["imprisoned"]
    years = full_years(one["birth_date"], ON)
    if years < 18:
        return not (out or one["custody_lost"])
    return years < 23 and one["full_time_student"] and not (out or one["married"] or one["conscript"])


@given(st.lists(members, min_size=1, max_size=6))
def test_membership_is_what_the_act_says(people):
    edition = library().edition(LAW_ID, ON)
    rows = [{"tie": "applicant"}, *people]
    situation = Situation({"application.date": ON}, {"member": rows})

    told = belonging(edition, "member", situation, on=ON, parameters=library().parameters)

    assert [one.belongs for one in told] == [True, *map(expected, people)]
    assert all(bool(one.against) is not one.belongs for one in told)
    assert all(one.law for one in told)


@given(members, st.sampled_from(FLAGS))
def test_a_flag_that_is_not_known_never_gives_the_opposite(one, flag):
    edition = library().edition(LAW_ID, ON)
    asked = {name: value for name, value in one.items() if name != flag}
    situation = Situation({"application.date": ON}, {"member": [{"tie": "applicant"}, asked]})

    _, told = belonging(edition, "member", situation, on=ON, parameters=library().parameters)

    assert told.belongs in (None, expected(one))


@pytest.fixture
def mother(db):
    registers.load_kinds()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1985, 5, 1), "F", on=ON)
    enter_child(223344556, mother, "Михаил", date(2015, 2, 10), on=ON)
    return mother


def shown(mother, on=ON):
    found = measures.family(LAW_ID, applicant=mother, on=on)
    names = registers.cards(one.person_id for one in found.members)
    return {names[one.person_id].forename: one for one in found.members}


def ward(mother, until=None):
    child = enter_person(323344556, "Иванова", "Света", "Петровна", date(2012, 1, 1), "F", on=ON)
    told = fact("family.parent", child, date(2020, 1, 1), {"role": "guardian", "act": "о1"}, about=mother, until=until)
    registers.report([told], source="zags", on=ON, cause=cause(ON))
    return child


def test_a_ward_is_in_until_guardianship_ends(mother):
    ward(mother, until=date(2026, 1, 1))

    assert shown(mother, date(2025, 6, 1))["Света"].belongs is True
    assert shown(mother)["Света"].against == ("родство или опека прекращены 01.01.2026",)
    assert registers.wards_of(mother, ON) == [shown(mother)["Михаил"].person_id]


def test_a_child_on_full_state_support_is_out_by_its_article(mother):
    child = shown(mother)["Михаил"].person_id
    registers.report([fact("family.state_support", child, ON, {})], source="zags", on=ON, cause=cause(ON))

    told = shown(mother)["Михаил"]
    assert (told.belongs, len(told.against)) == (False, 1)
    assert "2330" in told.law


def test_the_dead_are_named_and_not_counted(mother):
    child = shown(mother)["Михаил"].person_id
    death = fact("person.death", child, date(2026, 1, 5), {"date": "2026-01-05", "act": "с1"})
    registers.report([death], source="zags", on=ON, cause=cause(ON))

    assert shown(mother)["Михаил"].against == ("умер(ла) 05.01.2026",)


def test_a_measure_without_a_family_is_told(mother):
    with pytest.raises(measures.FamilyLawUnknown, match="ru-child-benefit"):
        measures.family("ru-birth-grant", applicant=mother, on=ON)
