"""Indexes of orders ask columns that stay the same while an order is sent."""

import re

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
CONDITIONS = """
    SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'payments_order'::regclass
"""


def test_no_index_of_orders_asks_the_state():
    with connection.cursor() as cursor:
        cursor.execute(CONDITIONS)
        told = [definition for (definition,) in cursor.fetchall()]
    assert len(told) > 6
    assert not [one for one in told if re.search(r"\bstate\b", one)]
