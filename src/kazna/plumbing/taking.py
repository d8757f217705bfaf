"""Take a batch out of the outbox so that several workers may serve at once and each person's order is kept.

What a worker has taken it keeps locked until it is handled. A worker that dies lets go of it with its connection.
Its commit does not wait for the disk: what a crash of the server takes back, effect and mark together, is done again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg import sql

from kazna.plumbing.outbox import Consumer, consumers
from kazna.plumbing.session.prepared import few_planned_once, spelt
from kazna.plumbing.taking_sql import BEFORE, BY_INDEX, HELD_BACK, IN_ORDER, NEXT, NOBODY, OLDEST, TAKE

BATCH = 1000
MOST_ATTEMPTS = 5
MOST_PERSONS = 2 * BATCH  # of a batch that others could share: an event may be about a thousand people
AT_WORK = 7_261_002  # key of the advisory lock that all who have taken something share


class TooMany(Exception):
    """The batch is about too many people to be one worker's alone; so many of its events are enough."""

    def __init__(self, enough: int) -> None:
        super().__init__(enough)
        self.enough = enough


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery as it lies in the outbox. `first`: how many of the oldest wait, and the last of them."""

    id: int
    payload: str
    of: str
    first: tuple[int, int] | None = None

    @property
    def persons(self) -> list[str]:
        return self.of[1:-1].split(",") if len(self.of) > 2 else [NOBODY]


@dataclass(frozen=True, slots=True)
class Batch:
    """What one worker has in hand. `is_any`: something waits, if only for what others have or for its next try."""

    consumer: Consumer | None
    rows: list[Taken]
    is_any: bool


def take(batch: int, passed: Sequence[str] = ()) -> Batch:
    """The oldest deliveries of the latest stage that nobody else has, in their order; locked till the transaction ends.

    Left to wait: what is about a person of whom an earlier delivery of the consumer, or one of a later stage, is not
    handled yet, because another worker has it. One worker alone would not come to it before either. No rows: all of
    this consumer waits; end the transaction, so that others may take it once it is free, and pass it. Raises TooMany.
    """
    known = tuple(consumers.values())
    asked = {"passed": list(passed), "most": MOST_ATTEMPTS, "at_work": AT_WORK}
    ((is_any, name, oldest, is_above, *_),) = _by_index(_next(known), asked, IN_ORDER)
    if name is None:
        return Batch(None, [], is_any)
    consumer = consumers[name]
    above = [one.name for one in known if one.stage > consumer.stage] if is_above else []
    asked = {"consumer": name, "oldest": oldest, "above": above, "batch": batch, "most": MOST_ATTEMPTS}
    return Batch(consumer, _take(consumer, asked), True)


@lru_cache(maxsize=1)
def _next(known: tuple[Consumer, ...]) -> str:
    rows = [f"({sql.Literal(one.name).as_string()}, {one.stage}, {str(one.shared).lower()})" for one in known]
    return NEXT.format(known=", ".join(rows))


def _take(consumer: Consumer, asked: dict[str, Any]) -> list[Taken]:
    above = asked["above"]
    if above and _is_held_back(asked):
        return []
    taken = _by_index(TAKE.format(oldest=OLDEST if consumer.shared else "NULL"), asked, IN_ORDER)
    rows = [Taken(*row) for row in taken]
    if not rows:
        return []
    if consumer.shared and len(rows) > 1 and (enough := _enough(rows)) < len(rows):
        raise TooMany(enough)
    is_first = not consumer.shared or list(rows[0].first or ()) == [len(rows), rows[-1].id]
    if is_first and not above:
        return rows
    asked |= {
        "persons": list({person for row in rows for person in row.persons}),
        "ids": [row.id for row in rows], "last": rows[-1].id,
    }  # fmt: skip
    return list(in_order(rows, dict(_by_index(BEFORE, asked))))


def _is_held_back(asked: dict[str, Any]) -> bool:
    """Whether the first ones all wait for later stages: then so do the rest, as a rule, and need not be read."""
    return bool(_by_index(HELD_BACK, asked)[0][0])


def _by_index(query: str, asked: dict[str, Any], how: bytes = BY_INDEX) -> list[Any]:
    """What waits is found by its index, however much has been handled: a table seldom counted misleads the planner."""
    with few_planned_once(), connection.cursor() as cursor:
        cursor.execute(how + spelt(query, asked))
        return list(cursor.fetchall())


def _enough(rows: Sequence[Taken]) -> int:
    """How many from the first are about as many people as one worker should take."""
    told = 0
    for place, row in enumerate(rows):
        told += len(row.persons)
        if told > MOST_PERSONS:
            return max(place, 1)
    return len(rows)


def in_order(rows: Sequence[Taken], before: dict[str, int]) -> Iterator[Taken]:
    """Those that come after nothing of their people; `before`: person → the first of theirs in other hands.

    What comes after one that waits, waits too.
    """
    waits = dict(before)
    for row in rows:
        if any(waits.get(person, row.id) < row.id for person in row.persons):
            waits |= dict.fromkeys(row.persons, 0)
        else:
            yield row


def is_all_taken_and_done() -> bool:
    """Nobody has anything in hand, and nothing can be taken: looked at while nobody may begin, in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [AT_WORK])
        is_done = bool(cursor.fetchone()[0])
    passed: list[str] = []
    while is_done and (found := take(1, passed)).consumer:
        passed.append(found.consumer.name)
        is_done = not found.rows
    return is_done
