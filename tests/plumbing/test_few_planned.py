"""Work about few: each statement planned once, sent by a quick cursor, savepoints with what follows them."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from kazna.plumbing.bulk import copy_lines
from kazna.plumbing.models import DailyRun, NumberSeries
from kazna.plumbing.session.plans import Plans
from kazna.plumbing.session.prepared import few_planned_once, planned_as_they_come

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 2, 16)


@pytest.fixture(autouse=True)
def fresh():
    connection.close()


def plans() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def ask(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tasks() -> set[str]:
    return set(DailyRun.objects.values_list("task", flat=True))


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 7, -7, 2**31, -(2**31), 10**12, 1.5, "a'b\\c%", "", DAY, datetime(2026, 2, 16, 12, tzinfo=UTC)),
        *(UUID(int=5), [UUID(int=5)], [], [1, 2], ["a,b", 'c"d'], {"a": 1}),
    ],
    ids=repr,
)
def test_a_plan_answers_as_the_statement_does(value):
    with connection.cursor() as cursor:
        given = connection.ops.adapt_json_value(value, None) if isinstance(value, dict) else value
        statement = "SELECT jsonb_build_object('value', %s)" if value not in (None, [], "") else "SELECT %s::text"
        cursor.execute(statement, [given])
        expected = cursor.fetchall()

    with few_planned_once():
        assert [ask(statement, [given]) for _ in range(3)] == [expected] * 3


def test_what_is_asked_again_is_planned_once_whoever_asks():
    with few_planned_once():
        for number in range(3):
            assert DailyRun.objects.filter(task__in=["a", f"b{number}"], day=DAY).exists() is False
            assert ask("SELECT %(one)s + %(one)s, '%%'", {"one": number}) == [(2 * number, "%")]
    DailyRun.objects.filter(task="outside").exists()

    assert len(plans()) == 2


def test_long_lists_are_planned_for_their_length():
    with few_planned_once():
        for _ in range(3):
            assert ask("SELECT 1 WHERE %s = ANY(%s)", [1, list(range(100))]) == [(1,)]

    assert plans() == []


def test_what_cannot_be_prepared_breaks_nothing():
    with few_planned_once(), transaction.atomic():
        DailyRun.objects.create(day=DAY, task="before")
        assert [ask("SELECT (interval %s)::text", ["2 days"]) for _ in range(3)] == [[("2 days",)]] * 3
        assert [ask("SELECT 1 WHERE %s IS NULL", [None]) for _ in range(3)] == [[(1,)]] * 3

    assert tasks() == {"before"}


def test_plans_are_made_anew_after_a_while(monkeypatch):
    with few_planned_once():
        for _ in range(2):
            ask("SELECT %s + 1", [1])
        monkeypatch.setattr("kazna.plumbing.session.plans.LASTS_SECONDS", -1.0)
        ask("SELECT %s + 1", [1])

    assert plans() == []


def test_the_plan_not_asked_longest_goes(monkeypatch):
    monkeypatch.setattr("kazna.plumbing.session.plans.MOST", 2)
    with few_planned_once():
        for number in (1, 1, 2, 2, 3, 3):
            ask(f"SELECT %s + {number}", [1])

    assert sorted(plan[-1] for plan in plans()) == ["2", "3"]


def test_a_transaction_is_undone_whole():
    with pytest.raises(RuntimeError), few_planned_once(), transaction.atomic():
        DailyRun.objects.create(day=DAY, task="lost")
        raise RuntimeError

    assert tasks() == set()


def test_a_savepoint_undoes_what_came_after_it():
    with few_planned_once(), transaction.atomic():
        DailyRun.objects.create(day=DAY, task="before")
        with pytest.raises(IntegrityError), transaction.atomic(), transaction.atomic():
            DailyRun.objects.create(day=DAY, task="inside")
            DailyRun.objects.create(day=DAY, task="before")
        with pytest.raises(RuntimeError), transaction.atomic():
            with transaction.atomic():
                DailyRun.objects.create(day=DAY, task="undone")
            raise RuntimeError
        DailyRun.objects.create(day=DAY, task="after")

    assert tasks() == {"before", "after"}


def test_a_savepoint_with_nothing_in_it_is_not_sent():
    sent = []

    def told(execute, sql, params, many, context):
        sent.append(sql)
        return execute(sql, params, many, context)

    with few_planned_once(), connection.execute_wrapper(told), transaction.atomic():
        with transaction.atomic():
            pass
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
        DailyRun.objects.create(day=DAY, task="one")

    assert [one[:6] for one in sent] == ["INSERT"]
    assert tasks() == {"one"}


def test_the_cursor_of_the_driver_comes_after_what_waits():
    with few_planned_once(), transaction.atomic():
        with transaction.atomic():
            copy_lines("plumbing_daily_run", ["day", "task"], [f"{DAY}\tcopied\n"])
        with pytest.raises(RuntimeError), transaction.atomic():
            copy_lines("plumbing_daily_run", ["day", "task"], [f"{DAY}\tlost\n"])
            raise RuntimeError
        with transaction.atomic():
            assert [one.task for one in DailyRun.objects.iterator()] == ["copied"]

    assert tasks() == {"copied"}


def test_what_turns_out_to_be_about_many_is_asked_as_ever():
    with few_planned_once(), transaction.atomic(), transaction.atomic(), planned_as_they_come():
        for _ in range(3):
            DailyRun.objects.filter(task="many").count()
        NumberSeries.objects.create(series="many")

    assert plans() == []
    assert NumberSeries.objects.filter(series="many").exists()


def test_the_quick_cursor_tells_what_the_drivers_does():
    with few_planned_once(), connection.cursor() as cursor:
        cursor.execute("SELECT n, n * 2 AS twice FROM generate_series(1, %s) AS n", [5])
        assert [one[0] for one in cursor.description] == ["n", "twice"]
        assert cursor.rowcount == 5
        assert [cursor.fetchone(), cursor.fetchmany(2), list(cursor), cursor.fetchone()] == [
            (1, 2), [(2, 4), (3, 6)], [(4, 8), (5, 10)], None,
        ]  # fmt: skip
        cursor.execute("DELETE FROM plumbing_daily_run WHERE task = %s", [str(uuid4())])
        assert (cursor.rowcount, cursor.description) == (0, None)
        with pytest.raises(DataError):
            cursor.execute("SELECT 1 / %s", [0])


def test_a_session_keeps_its_own_plans():
    with few_planned_once():
        for _ in range(2):
            ask("SELECT %s + 1", [1])
        connection.close()
        assert ask("SELECT %s + 1", [1]) == [(2,)]
        assert isinstance(connection.connection.__dict__["kazna_plans"], Plans)
