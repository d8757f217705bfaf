"""Statements planned once a session of the database."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kazna.plumbing.models import OperatingDay
from kazna.plumbing.session.prepared import Prepared, planned_once

pytestmark = pytest.mark.django_db(transaction=True)

PLUS = Prepared("SELECT $1::int + 1, $2 || '%'")


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def fresh():
    connection.close()


def test_prepared_once_and_asked_with_any_values():
    assert PLUS.rows(1, "a'b") == [(2, "a'b%")]
    assert PLUS.rows(2, None) == [(3, None)]
    assert names().count(PLUS.name) == 1


def test_a_new_session_prepares_anew():
    PLUS.rows(1, "a")
    connection.close()

    assert names() == []
    assert PLUS.rows(1, "a") == [(2, "a%")]


def test_it_outlives_a_transaction_that_failed():
    with pytest.raises(DatabaseError), transaction.atomic():
        PLUS.rows(1, "a")
        PLUS.rows("no number", "a")

    assert PLUS.rows(1, "a") == [(2, "a%")]


def test_powers_are_those_of_the_moment():
    told = Prepared("SELECT current_setting('app.role', true) = $1")
    for role in ("citizen", "officer"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.role', %s, true)", [role])
            assert told.rows(role) == [(True,)]


def test_the_orm_plans_once_inside_and_not_outside():
    found = OperatingDay.objects.filter(state="working", pk=True)
    with planned_once():
        assert [list(found), found.all().count(), list(found.all())] == [[], 0, []]
    inside = len(names())
    list(found.filter(day=date(2026, 2, 16)))

    assert inside == 2
    assert len(names()) == 2


def test_lists_of_changing_length_are_not_prepared():
    with planned_once():
        list(OperatingDay.objects.filter(state__in=["working", "closed"]))

    assert names() == []
