"""Kept sums: what screens show of whole tables of money, without reading them.

Triggers write the difference that each statement made, a few rows each, in its own transaction: rows are only added, so
payments beside each other wait for nobody. A sum is what its rows sum to; `fold` puts the rows of a key together.
Row security shows an officer the sums of the own body, and nobody but the triggers writes them. `verify` compares
them with orders, certificates and the ledger.
"""

from __future__ import annotations

from django.db import connection, models, transaction

LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('payments.sums'))"


class OrderSum(models.Model):
    """Orders of a state by the year of the day they are paid on; the sum of all rows of a key counts."""

    id = models.BigAutoField(primary_key=True)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12)
    hold_reason = models.CharField(max_length=20)
    pieces = models.BigIntegerField()
    kopecks = models.BigIntegerField()

    class Meta:
        db_table = "payments_order_sum"
        indexes = [models.Index(fields=["body", "year"], name="order_sum_of_body")]


class CertificateSum(models.Model):
    """Certificates of a state by the year of issue; of those not issued, by the year they were granted in."""

    id = models.BigAutoField(primary_key=True)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    is_issued = models.BooleanField()
    pieces = models.BigIntegerField()
    kopecks = models.BigIntegerField()
    used_kopecks = models.BigIntegerField()
    returned_kopecks = models.BigIntegerField()

    class Meta:
        db_table = "payments_certificate_sum"
        indexes = [models.Index(fields=["body", "year"], name="certificate_sum_of_body")]


class AccountSum(models.Model):
    """What lies on all accounts of a kind: `budget`, `payable`, `transit`, `paid`…"""

    id = models.BigAutoField(primary_key=True)
    account = models.CharField(max_length=20)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    kopecks = models.BigIntegerField()

    class Meta:
        db_table = "payments_account_sum"
        indexes = [models.Index(fields=["body"], name="account_sum_of_body")]


class SpentSum(models.Model):
    """Kopecks credited on a day, less those that came back."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    kopecks = models.BigIntegerField()

    class Meta:
        db_table = "payments_spent_sum"
        indexes = [models.Index(fields=["body", "day"], name="spent_sum_of_body")]


# Table → what names a sum, what is summed.
KEPT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "payments_order_sum": (("measure", "body", "kbk", "year", "state", "hold_reason"), ("pieces", "kopecks")),
    "payments_certificate_sum": (
        ("measure", "body", "kbk", "year", "state", "is_issued"),
        ("pieces", "kopecks", "used_kopecks", "returned_kopecks"),
    ),
    "payments_account_sum": (("account", "measure", "body", "kbk"), ("kopecks",)),
    "payments_spent_sum": (("day", "measure", "body", "kbk"), ("kopecks",)),
}


@transaction.atomic
def fold() -> int:
    """Put the rows of each key together; those that come to nothing go. Returns how many rows became fewer.

    Who reads meanwhile sees the same sums; who folds meanwhile is left to it.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return 0
        fewer = 0
        for table, (key, summed) in KEPT.items():
            cursor.execute(_folding(table, key, summed))
            gone, made = cursor.fetchone()
            fewer += gone - made
    return fewer


def _folding(table: str, key: tuple[str, ...], summed: tuple[str, ...]) -> str:
    names, sums = ", ".join(key), ", ".join(f"sum({one})::bigint" for one in summed)
    same = " AND ".join(f"t.{one} = m.{one}" for one in key)
    something = " OR ".join(f"sum({one}) <> 0" for one in summed)
    return f"""
        WITH many AS (SELECT {names} FROM {table} GROUP BY {names} HAVING count(*) > 1),
        gone AS (DELETE FROM {table} t USING many m WHERE {same} RETURNING t.*),
        made AS (INSERT INTO {table} ({names}, {", ".join(summed)})
                 SELECT {names}, {sums} FROM gone GROUP BY {names} HAVING {something} RETURNING 1)
        SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM made)
    """


@transaction.atomic
def make_anew() -> None:
    """Sum everything again: for a database filled past the triggers. Money stands still meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE payments_order, payments_certificate, payments_ledger_entry IN SHARE MODE")
        for table, (key, summed) in KEPT.items():
            names = ", ".join((*key, *summed))
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {table}_anew")
