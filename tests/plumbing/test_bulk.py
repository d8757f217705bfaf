"""Rows written in PostgreSQL's own text format arrive as they were, whatever they hold."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from django.db import connection

from kazna.plumbing.bulk import FEW, copy_blocks, copy_rows, escaped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["обычный", "a\tb", "a\nb", "a\\b", "\\N", "\\.", "a\rb", ""])
def test_text_survives_the_trip(text):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (said text)")
        copy_blocks("told", ["said"], [f"{escaped(text)}\n", f"{escaped('ещё')}\n"])
        cursor.execute("SELECT said FROM told")
        rows = [said for (said,) in cursor.fetchall()]

    assert rows == [text, "ещё"]


class Colour(StrEnum):
    RED = "red\t"


PEOPLE = [UUID(int=1), UUID(int=2)]
DAY, MOMENT = date(2025, 12, 15), datetime(2025, 12, 15, 9, 30, tzinfo=UTC)
ROW = (7, 'a"\\\t\n', None, True, DAY, MOMENT, PEOPLE, ['a"b\\', "c,d", "ё\t", ""], {"ключ": ['"', "\\n"]}, Colour.RED)
READ = (*ROW[:7], ROW[7], ROW[8], "red\t")


@pytest.mark.parametrize("amount", [Decimal("1.50"), 2], ids=["written by the driver", "spelt here"])
def test_rows_of_every_type_arrive_as_they_were(amount):
    columns = (
        "number int, said text, nothing text, yes bool, day date, moment timestamptz, people uuid[], texts text[],"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE told ({columns} object json, colour text, amount numeric)")
        names = ["number", "said", "nothing", "yes", "day", "moment", "people", "texts", "object", "colour", "amount"]
        copy_rows("told", names, [(*ROW, amount)] * (FEW + 1))
        cursor.execute(
            "SELECT number, said, nothing, yes, day, moment, people, texts, object::text, colour, amount FROM told"
        )
        found = cursor.fetchall()

    assert len(found) == FEW + 1
    number, said, nothing, yes, day, moment, people, texts, told, colour, worth = found[0]
    assert (number, said, nothing, yes, day, moment, people, texts, json.loads(told), colour) == READ
    assert worth == amount
