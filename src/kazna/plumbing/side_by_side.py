"""Heavy statements in several database sessions at once: one session keeps one core of the server busy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

SESSIONS = min(4, os.cpu_count() or 1)
Item, Result = TypeVar("Item"), TypeVar("Result")


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Results in the order of the items; each item is worked on in a session and transactions of its own.

    Inside a transaction, and for one item alone, the work is done here: others would not see what it has written.
    The first failure is raised when its turn comes; what the others did stays, so the work must be repeatable.
    """
    if len(items) < 2 or SESSIONS < 2 or connection.in_atomic_block:
        yield from map(work, items)
        return

    def alone(item: Item) -> Result:
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(min(SESSIONS, len(items)), "session") as pool:
        yield from pool.map(alone, items)
