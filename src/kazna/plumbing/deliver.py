"""Hand waiting events to their consumers, a batch per transaction, and keep what fails for a person."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from kazna.kernel.collector import without_collector
from kazna.plumbing.outbox import Consumer, consumers, read_event, wake
from kazna.plumbing.register import note
from kazna.plumbing.stage_time import COUNT_TIME

BATCH = 1000
MOST_ATTEMPTS = 5
log = logging.getLogger("kazna.outbox")

NEXT = """
    WITH waiting AS MATERIALIZED (
        SELECT name FROM unnest(%(names)s::text[], %(stages)s::int[]) AS known(name, stage)
        CROSS JOIN LATERAL (
            SELECT id FROM plumbing_delivery WHERE consumer = name AND handled_at IS NULL
              AND not_before <= statement_timestamp() AND attempts < %(most)s ORDER BY id LIMIT 1
        ) oldest
        ORDER BY stage DESC, id
    )
    SELECT name FROM waiting WHERE pg_try_advisory_xact_lock(hashtext(name), 1) LIMIT 1
"""
TAKE = """
    SELECT id, consumer, payload FROM plumbing_delivery d
    WHERE consumer = %(consumer)s
      AND handled_at IS NULL AND not_before <= statement_timestamp() AND attempts < %(most)s
      AND NOT EXISTS (
          SELECT 1 FROM plumbing_delivery f
          WHERE f.consumer = d.consumer AND f.handled_at IS NULL AND f.attempts > 0 AND f.attempts < %(most)s
            AND f.id < d.id AND f.persons && d.persons
      )
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""


def deliver_batch(batch: int = BATCH) -> int:
    """Handle one batch of one consumer; return how many events it held (0: nothing waits).

    A consumer is served by one worker at a time and in the order of events; while an event is being tried again,
    the later ones of the same people wait for it. When a batch fails its events are tried one by one, so that one
    bad event does not hold the rest.
    """
    rows: list[tuple[int, str, str]] = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            rows = _take(cursor, batch)
            if not rows:
                return 0
            _handle(consumers[rows[0][1]], rows)
            return len(rows)
    except Exception as problem:
        if not rows:
            raise
        if batch == 1:
            _keep_for_later(rows[0][0], problem)
            return 1
        log.warning("a batch failed, its events go one by one: %s", type(problem).__name__)
        return sum(deliver_batch(1) for _ in rows)


def _take(cursor: Any, batch: int) -> list[tuple[int, str, str]]:
    """The oldest events of the first consumer that has any and that no other worker is serving."""
    known = dict(consumers)
    while known:
        asked = {"names": list(known), "stages": [one.stage for one in known.values()], "most": MOST_ATTEMPTS}
        cursor.execute(NEXT, asked)
        served = cursor.fetchone()
        if served is None:
            return []
        cursor.execute(TAKE, {"consumer": served[0], "most": MOST_ATTEMPTS, "batch": batch})
        if rows := cursor.fetchall():
            return list(rows)
        del known[served[0]]
    return []


def _handle(consumer: Consumer, rows: Sequence[tuple[int, str, str]]) -> None:
    began = time.perf_counter()
    with without_collector():
        consumer.handle([read_event(consumer, json.loads(payload)) for _, _, payload in rows])
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH handled AS (UPDATE plumbing_delivery SET handled_at = now() WHERE id = ANY(%(ids)s)) {COUNT_TIME}",
            {"ids": [row[0] for row in rows], "part": consumer.name, "events": len(rows), "seconds": took},
        )


def _keep_for_later(delivery_id: int, problem: Exception) -> None:
    """Count the failure and wait longer each time; after the last attempt the monitor shows it as stuck."""
    log.exception("event %s failed", delivery_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_delivery SET attempts = attempts + 1, error = %s,"
            " not_before = now() + (interval '1 second' * 2 ^ attempts) WHERE id = %s",
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


def drain() -> int:
    """Deliver until nothing is waiting; return the number of events handled."""
    handled = 0
    while count := deliver_batch():
        handled += count
    return handled


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
