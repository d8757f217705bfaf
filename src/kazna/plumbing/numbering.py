"""Gapless numbers: taken under a row lock in the transaction that uses them."""

from django.db import connection


def take(series: str, count: int = 1) -> range:
    """The next `count` numbers of a series, starting from 1; returned to the pool if the transaction fails."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plumbing_number_series (series, last) VALUES (%s, %s)"
            " ON CONFLICT (series) DO UPDATE SET last = plumbing_number_series.last + EXCLUDED.last RETURNING last",
            [series, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
