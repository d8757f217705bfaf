"""Hand waiting events to their consumers, a batch per transaction, and keep what fails for a person."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction

from kazna.kernel.collector import without_collector
from kazna.kernel.quick_json import read_json
from kazna.plumbing.outbox import Consumer, read_event, wake
from kazna.plumbing.pulse import stamp
from kazna.plumbing.register import note
from kazna.plumbing.session.prepared import ahead, few_planned_once, planned_as_they_come
from kazna.plumbing.stage_time import COUNT_TIME
from kazna.plumbing.sweeping import Sweeper
from kazna.plumbing.taking import BATCH, MOST_ATTEMPTS, Taken, TooMany, is_all_taken_and_done, take
from kazna.plumbing.taking_sql import AS_USUAL, SMALL

log = logging.getLogger("kazna.outbox")
ABOUT_NOBODY, FEW_PERSONS = "{}", 60
WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.03, 0.5


def deliver_batch(batch: int = BATCH) -> int:
    """Handle one batch of one consumer; return how many events it held (0: nothing waits that nobody else has).

    A consumer is served in the order of events, by one worker at a time or, when it is `shared`, by several that have
    no person in common; while an event is being tried again, the later ones of the same people wait for it. When a
    batch fails its events are tried one by one, so that one bad event does not hold the rest.
    """
    return _serve(batch)[0]


def _serve(batch: int) -> tuple[int, bool]:
    """(events handled, whether anything waits)."""
    passed: list[str] = []
    while (told := _turn(batch, passed)) is None:
        pass
    return told


def _turn(batch: int, passed: list[str]) -> tuple[int, bool] | None:
    """One transaction; None: what the consumer has is held back, so it was let go and is among the passed now."""
    rows: list[Taken] = []
    try:
        with few_planned_once(), transaction.atomic():
            taken = take(batch, passed)
            rows = taken.rows
            if taken.consumer is None:
                return 0, taken.is_any
            if not rows:
                passed.append(taken.consumer.name)
                return None
            with _as_many(rows):
                _handle(taken.consumer, rows)
            return len(rows), True
    except TooMany as told:
        return _serve(told.enough)
    except Exception as problem:
        if not rows:
            raise
        if batch == 1:
            _keep_for_later(rows[0].id, problem)
            return 1, True
        log.warning("a batch failed, its events go one by one: %s", type(problem).__name__)
        return sum(deliver_batch(1) for _ in rows), True


def _as_many(rows: Sequence[Taken]) -> AbstractContextManager[None]:
    """What is about few people is found by indexes, as the batch was, and planned once; of more each plan is made.

    Tables grow faster than they are counted: a plan that is kept must not read them whole.
    """
    if all(row.of != ABOUT_NOBODY for row in rows) and sum(len(row.persons) for row in rows) <= FEW_PERSONS:
        ahead(SMALL)
        return nullcontext()
    ahead(AS_USUAL)
    return planned_as_they_come()


def _handle(consumer: Consumer, rows: Sequence[Taken]) -> None:
    began = time.perf_counter()
    with without_collector():
        payloads = read_json("[" + ",".join([row.payload for row in rows]) + "]")
        consumer.handle([read_event(consumer, payload) for payload in payloads])
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH handled AS (UPDATE plumbing_delivery SET handled_at = now() WHERE id = ANY(%(ids)s)) {COUNT_TIME}",
            {"ids": [row.id for row in rows], "part": consumer.name, "events": len(rows), "seconds": took},
        )


def _keep_for_later(delivery_id: int, problem: Exception) -> None:
    """Count the failure and wait longer each time; after the last attempt the monitor shows it as stuck."""
    log.exception("event %s failed", delivery_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_delivery SET attempts = attempts + 1, error = %s,"
            " not_before = now() + (interval '1 second' * 2 ^ attempts) WHERE id = %s AND handled_at IS NULL",
            [f"{type(problem).__name__}: {problem}"[:2000], delivery_id],
        )
        cursor.execute("SELECT consumer, event, attempts, event_id FROM plumbing_delivery WHERE id = %s", [delivery_id])
        consumer, event, attempts, event_id = cursor.fetchone()
    if attempts == MOST_ATTEMPTS:
        note("DeliveryStuck", consumer=consumer, event=event, event_id=event_id, error=type(problem).__name__)


def retry_stuck(*, delivery_ids: Sequence[int] | None = None) -> int:
    """Try used-up deliveries again, these or all; return how many. Idempotent consumers make it safe."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_delivery SET attempts = 0, not_before = now() WHERE handled_at IS NULL AND attempts >= %s"
            " AND (%s::bigint[] IS NULL OR id = ANY(%s)) RETURNING id",
            [MOST_ATTEMPTS, delivery_ids and list(delivery_ids), delivery_ids and list(delivery_ids)],
        )
        again = [number for (number,) in cursor.fetchall()]
        if again:
            note("DeliveryRetried", deliveries=again[:100], count=len(again))
            wake()
    return len(again)


def drain(*, much: Callable[[], None] = lambda: None) -> int:
    """Deliver until nothing is waiting and no other worker has anything either; how many events were handled here.

    `much`: called when more waits than one batch holds.
    """
    handled, told, sweeper = 0, None, Sweeper()
    while True:
        count, is_any = _serve(BATCH)
        handled += count
        sweeper.note(count)
        if count >= BATCH:
            much()
        if count:
            continue
        if not is_any or _is_all_done():
            return handled
        told = _wait_for_others(told)


def _wait_for_others(told: tuple[int, int] | None) -> tuple[int, int]:
    """Sleep until something is published or handled since `told`: what others have in hand holds the rest back.

    To look costs a hundredth of trying to take. What moves no stamp (a retry that is due, a worker that died) is found
    by the longest wait.
    """
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while (now := stamp()) == told and time.monotonic() < until:
        time.sleep(WAIT_SECONDS)
    return now


def _is_all_done() -> bool:
    with transaction.atomic():
        return is_all_taken_and_done()


def waiting() -> int:
    """Events not handled yet, stuck ones not counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM plumbing_delivery WHERE handled_at IS NULL AND attempts < %s",
            [MOST_ATTEMPTS],
        )
        return int(cursor.fetchone()[0])


def stuck() -> int:
    """Events whose attempts are used up: a person must look."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM plumbing_delivery WHERE handled_at IS NULL AND attempts >= %s", [MOST_ATTEMPTS]
        )
        return int(cursor.fetchone()[0])
