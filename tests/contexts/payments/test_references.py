"""References that are checked once a statement hold as foreign keys do."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.contexts.payments.below import granted

from kazna.contexts.payments.models import LedgerEntry, LedgerPosting, Obligation, Order, RegisterLine
from kazna.plumbing.references import MANY_ROWS

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


def test_of_many_entries_one_that_names_no_order_is_refused(below, bank):
    """Many rows are checked by another plan than few."""
    bank.take_on(granted(below.person()))
    bank.day(date(2025, 3, 4))
    known = Order.objects.get()
    posting = LedgerPosting.objects.create(kind="accrued", on="2025-03-04")

    entries = [
        LedgerEntry(posting=posting, account="a", measure="m", body="b", order_id=order, amount_kopecks=sum_)
        for order in [*[known.id] * MANY_ROWS, uuid4()]
        for sum_ in (-1, 1)
    ]

    with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
        LedgerEntry.objects.bulk_create(entries)


@pytest.mark.parametrize("reference", ["register_id", "award_id", "reissues_id"])
def test_an_order_names_what_exists(below, bank, reference):
    bank.take_on(granted(below.person()))
    bank.day(date(2025, 3, 4))
    order = Order.objects.get()

    with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
        if reference == "register_id":
            Order.objects.update(register_id=uuid4())
        other = {"id": uuid4(), "attempt": 2, "month": date(2024, 1, 1), reference: uuid4()}
        columns = [one.attname for one in Order._meta.concrete_fields if not one.generated]
        Order.objects.create(**{name: getattr(order, name) for name in columns} | other)
