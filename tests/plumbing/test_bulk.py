"""Rows written in PostgreSQL's own text format arrive as they were, whatever they hold."""

import pytest
from django.db import connection

from kazna.plumbing.bulk import copy_blocks, escaped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["обычный", "a\tb", "a\nb", "a\\b", "\\N", "\\.", "a\rb", ""])
def test_text_survives_the_trip(text):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (said text)")
        copy_blocks("told", ["said"], [f"{escaped(text)}\n", f"{escaped('ещё')}\n"])
        cursor.execute("SELECT said FROM told")
        rows = [said for (said,) in cursor.fetchall()]

    assert rows == [text, "ещё"]
