"""What waits for officers of a territory follows the people it is about."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from tests.factories.people import enter_person

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Suspect

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 16)


@pytest.fixture
def pair():
    registers.load_kinds()
    one = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=DAY)
    other = enter_person(112233446, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=DAY)
    move(one, "77")
    Suspect.objects.create(id=uuid4(), person_id=one, other_id=other, reason="Совпали имя и дата.", found_on=DAY)
    return one


def move(person, territory):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registers_person SET territory = %s WHERE id = %s", [territory, person])


def waiting():
    return {place: len(registers.suspects(territory=place)) for place in ("77", "63")}


def test_a_pair_waits_where_the_person_lives_and_moves_with_the_person(pair):
    assert waiting() == {"77": 1, "63": 0}

    move(pair, "63")

    assert waiting() == {"77": 0, "63": 1}
    assert registers.matters_open(territory="63") == {"conflicts": 0, "suspects": 1}


def test_whose_place_is_not_known_waits_everywhere(pair):
    move(pair, "")

    assert waiting() == {"77": 1, "63": 1}
    assert len(registers.suspects()) == 1
