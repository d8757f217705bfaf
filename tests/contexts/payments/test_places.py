"""Indexes of orders ask columns that stay the same while an order is sent."""

import re

import pytest
from django.db import connection

from kazna.contexts.payments.contracts import OrderState
from kazna.contexts.payments.lifecycle import LIVE, STANDING
from kazna.contexts.payments.models import Obligation

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


def test_what_indexes_ask_stays_the_same_on_the_way_to_the_bank():
    for state in (OrderState.SCHEDULED, OrderState.IN_REGISTER, OrderState.SENT):
        assert state in LIVE
        assert state not in STANDING


def test_no_index_of_orders_or_obligations_asks_what_a_month_changes():
    moved = {"payments_order": {"state", "register_id"}, Obligation._meta.db_table: {"next_month", "next_pay_on"}}
    with connection.cursor() as cursor:
        for table, columns in moved.items():
            cursor.execute("SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass", [table])
            asked = {word for (definition,) in cursor.fetchall() for word in re.findall(r"\w+", definition)}
            assert not asked & columns
