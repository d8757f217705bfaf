"""People are found as an officer types: any order, case, layout, with a slip; and only the viewer's own."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.people import enter_person

from kazna.cli.database import grant_web_role
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.finding import Asked, asked
from kazna.contexts.registers.linkage.candidates import learn_shares
from kazna.plumbing.access import Viewer, acting_as

ON = date(2026, 2, 16)


@pytest.fixture
def town(db):
    registers.load_kinds()
    people = {
        "anna": enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON),
        "peter": enter_person(334455667, "Ёлкин", "Пётр", "Ильич", date(1970, 3, 3), "M", on=ON),
        "vera": enter_person(445566778, "Петрова-Водкина", "Вера", "Павловна", date(1980, 8, 8), "F", on=ON),
    }
    learn_shares()
    return people


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("смирнова ан", "anna"),
        ("Анна Смирнова", "anna"),
        ("Смирновой Анне Сергеевне", "anna"),
        ("смернова ана", "anna"),
        ("Смирнова А. С.", "anna"),
        ("cvbhyjdf fyyf", "anna"),
        ("анна 1995", "anna"),
        ("анна 01.05.1995", "anna"),
        ("112-233", "anna"),
        ("елкин", "peter"),
        ("Ёлкину Петру", "peter"),
        ("водкина", "vera"),
        ("вера петрова-водкина", "vera"),
    ],
)
def test_a_person_is_found_as_typed(town, typed, who):
    assert [one.person_id for one in registers.search(typed)] == [town[who]]


@pytest.mark.parametrize("typed", ["анна 1970", "анна 31.02.1995", "ъъъъ", "' | '", ":*", "!!", "%", "\\", "а" * 5000])
def test_what_fits_nobody_finds_nobody(town, typed):
    found = registers.search(typed)

    assert found == [] or typed == "анна 31.02.1995"


@pytest.mark.parametrize(("territory", "seen"), [("77", 1), ("69", 0)])
def test_words_and_slips_keep_to_the_territory(town, territory, seen):
    grant_web_role()
    with acting_as(Viewer("officer", "petrova", f"sfr-{territory}", territory)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kazna_web")
        cursor.execute("UPDATE registers_person SET territory = territory")
        found = [len(registers.search(typed)) for typed in ("анна смирнова", "смернова ана")]
        cursor.execute("SELECT count(*) FROM registers_find('''анна''', NULL, NULL, 9)")
        (straight,) = cursor.fetchone()
        cursor.execute("RESET ROLE")

    assert (found, straight) == ([seen, seen], seen)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["citizen", "methodologist", "administrator"])
def test_others_find_nobody_by_the_function_either(town, role):
    with acting_as(Viewer(role, "x", "sfr-77", "77")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registers_find('''анна''', NULL, NULL, 9)")
        assert cursor.fetchone() == (0,)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_taken_apart(text):
    assert isinstance(asked(text), Asked)
