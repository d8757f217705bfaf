"""The suite's own short cuts leave the database as the long way does."""

import pytest
from django.db import connection
from tests.emptying import FILLED, MADE_BY_MIGRATE
from tests.factories.people import enter_person
from tests.kept_rows import entered_once
from tests.web.conftest import TODAY

from kazna.contexts.registers import public as registers
from kazna.plumbing import clock

TABLES = ("registers_person", "registers_fact", "plumbing_event", "plumbing_operating_day")


def build():
    clock.set_day(TODAY)
    registers.load_kinds()
    return enter_person(112233445, "Смирнова", "Анна", "Сергеевна", TODAY.replace(year=1995), "F", on=TODAY)


def rows():
    with connection.cursor() as cursor:
        told = {}
        for table in TABLES:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t")
            told[table] = cursor.fetchone()[0]
        return told


@pytest.fixture(scope="module")
def seen():
    return []


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["built", "copied", "copied again"])
def test_copies_are_what_was_built(seen, time):
    seen.append((entered_once("one person", build), rows()))

    assert seen[0] == seen[-1]
    assert registers.cards([seen[0][0]])


@pytest.mark.django_db
def test_what_another_fixture_wrote_stays(db):
    clock.set_day(TODAY)
    entered_once("one person", build)

    assert clock.today() == TODAY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_nothing_is_left_by_a_test_without_a_transaction(time):
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            assert not cursor.fetchone()[0] or table in {*MADE_BY_MIGRATE, *FILLED}, table
    build()
