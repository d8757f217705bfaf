"""Kept sums follow the money by themselves, are put together without harm, and are shown to their body only."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.contexts.payments.below import granted
from tests.contexts.web_role import web_role

from kazna.contexts.payments import public as payments
from kazna.contexts.payments import sums
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
GRANT = 2_694_171
TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)
SPENT_IN_MARCH = {"first": date(2025, 3, 1), "last": date(2025, 3, 31)}


@pytest.fixture
def paid(below, bank):
    """One grant credited on Wednesday, another sent that day."""
    bank.take_on(granted(below.person()))
    [register] = bank.day(TUESDAY)
    bank.answer(register, WEDNESDAY)
    bank.take_on(granted(below.person(), on=TUESDAY))
    bank.day(WEDNESDAY)


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def seen_by(body):
    with acting_as(Viewer("officer", "o", body=body, territory="77")), web_role():
        lines = [(one.taken_kopecks, one.paid_kopecks) for one in payments.budget_lines(year=2025)]
        return lines, payments.spending(**SPENT_IN_MARCH)


def test_an_officer_sees_the_sums_of_the_own_body_and_of_no_other(paid):
    assert seen_by("sfr-77") == ([(2 * GRANT, GRANT)], [(WEDNESDAY, GRANT)])
    assert seen_by("sfr-63") == ([], [])


def test_nobody_but_the_triggers_writes_sums(paid):
    with acting_as(Viewer("officer", "o", body="sfr-77")), web_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_order_sum SET kopecks = 0")
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("INSERT INTO payments_spent_sum (day, measure, body, kbk, kopecks)"
                           " VALUES ('2025-03-05', 'grant', 'sfr-77', '', 1)")  # fmt: skip


def test_rows_of_a_sum_are_put_together_and_the_sum_stays(paid):
    before = seen_by("sfr-77"), payments.totals(), payments.counts()

    assert sums.fold() > 0
    assert sums.fold() == 0

    assert (seen_by("sfr-77"), payments.totals(), payments.counts()) == before
    assert rows("payments_order_sum") == 2  # what is sent and what is credited
    assert payments.orders_by_state() == {"credited": 1, "sent": 1}


def test_sums_made_anew_are_the_same(paid):
    sums.fold()
    before = {table: rows(table) for table in sums.KEPT}

    sums.make_anew()

    assert {table: rows(table) for table in sums.KEPT if table != "payments_account_sum"} == {
        table: count for table, count in before.items() if table != "payments_account_sum"
    }
    assert payments.verify() == []


SPOILT = {
    "INSERT INTO payments_spent_sum (day, measure, body, kbk, kopecks) VALUES ('2025-03-05', 'grant', 'x', '', 1)":
        "Сумма для экранов равна выплаченному за день",
    "DELETE FROM payments_account_sum WHERE account = 'paid'": "Сумма для экранов равна счетам книги",
    "UPDATE payments_order_sum SET kopecks = kopecks + 1": "Сумма для экранов равна поручениям",
    "UPDATE payments_order_sum SET pieces = pieces + 1": "Число для экранов равно поручениям",
}  # fmt: skip


@pytest.mark.spoils_the_books
@pytest.mark.parametrize(("spoiling", "check"), SPOILT.items())
def test_a_sum_that_differs_from_the_books_is_found(paid, spoiling, check):
    with connection.cursor() as cursor:
        cursor.execute(spoiling)

    assert check in {found.check for found in payments.verify()}
