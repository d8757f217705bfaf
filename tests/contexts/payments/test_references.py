"""References that are checked once a statement hold as foreign keys do."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.contexts.payments.below import granted

from kazna.contexts.payments.models import LedgerEntry, LedgerPosting, Obligation, Order, RegisterLine

pytestmark = pytest.mark.django_db


def test_an_entry_names_an_order_and_a_posting_that_exist():
    posting = LedgerPosting.objects.create(kind="accrued", on="2025-03-04")
    for unknown in ({"posting": posting, "order_id": uuid4()}, {"posting_id": 1_000_000, "order_id": None}):
        entries = [
            LedgerEntry(account="budget:m", measure="m", body="b", amount_kopecks=sum_, **unknown) for sum_ in (-1, 1)
        ]
        with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
            LedgerEntry.objects.bulk_create(entries)


def test_an_order_with_lines_and_entries_is_not_deleted(below, bank):
    bank.take_on(granted(below.person()))
    bank.day(date(2025, 3, 4))

    assert RegisterLine.objects.exists()
    for table in (Order, Obligation):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table._meta.db_table}")
