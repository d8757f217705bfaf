"""Gapless numbers: taken under a row lock in the transaction that uses them."""

from collections.abc import Callable, Collection

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


def take_left(series: str, count: int, *, used: Callable[[], Collection[int]]) -> list[int]:
    """As `take`, but numbers taken before and not among those `used` come first: work that was cut off left them.

    For work done in other transactions than the one that takes; who calls sees to it that nobody does that work
    beside. `used` is asked under the lock of the series: what others took and used meanwhile counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT last FROM plumbing_number_series WHERE series = %s FOR UPDATE", [series])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    left = sorted(set(range(1, last + 1)).difference(used()))[:count]
    return left + list(take(series, count - len(left))) if count > len(left) else left
