"""A few rows are inserted, many are copied: the table cannot tell, with row security or without it."""

import pytest
from django.db import connection
from tests.contexts.web_role import web_role

from kazna.plumbing.bulk import FEW, copy_rows

pytestmark = pytest.mark.django_db
COLUMNS = ("number", "words", "told", "said")
ROWS = [(n, ["а\tб", "\\"] if n % 2 else [], {"п": [n, "'"]}, None if n % 3 else "100 %s\n") for n in range(FEW + 1)]


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bulk_probe (number int, words text[], told jsonb, said varchar(20))")
        cursor.execute("ALTER TABLE bulk_probe ENABLE ROW LEVEL SECURITY")
        cursor.execute("CREATE POLICY anybody ON bulk_probe USING (true)")


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, words, told::text, said FROM bulk_probe ORDER BY number")
        found = cursor.fetchall()
        cursor.execute("TRUNCATE bulk_probe")
    return found


def test_inserted_and_copied_rows_are_alike(table):
    assert copy_rows("bulk_probe", COLUMNS, iter(ROWS)) == len(ROWS)
    copied = kept()
    assert copy_rows("bulk_probe", COLUMNS, ROWS[:-1]) == FEW
    assert kept() == copied[:-1] and copied[3][3] == "100 %s\n"
    assert copy_rows("bulk_probe", COLUMNS, []) == 0
    with web_role():
        copy_rows("bulk_probe", COLUMNS, ROWS)
    assert kept() == copied


@pytest.mark.django_db(transaction=True)
def test_many_rows_that_may_be_there_need_no_transaction_around_them(table):
    for _ in range(2):
        assert copy_rows("bulk_probe", COLUMNS, ROWS, on_conflict="ON CONFLICT DO NOTHING") == len(ROWS)

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bulk_probe")
