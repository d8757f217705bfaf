"""Hand waiting events to their consumers, a batch per transaction, and keep what fails for a person."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence

from django.db import connection, transaction

from kazna.plumbing.outbox import Consumer, consumers, read_event
from kazna.plumbing.stage_time import count_time

BATCH = 500
MOST_ATTEMPTS = 5
log = logging.getLogger("kazna.outbox")

TAKE = """
    SELECT id, consumer, payload FROM plumbing_delivery
    WHERE consumer = (
        SELECT consumer FROM plumbing_delivery
        WHERE handled_at IS NULL AND not_before <= statement_timestamp() AND attempts < %(most)s
        ORDER BY stage DESC, id LIMIT 1
    ) AND handled_at IS NULL AND not_before <= statement_timestamp() AND attempts < %(most)s
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""


def deliver_batch(batch: int = BATCH) -> int:
    """Handle one batch of one consumer; return how many events it held (0: nothing waits).

    When a batch fails its events are tried one by one, so that one bad event does not hold the rest.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TAKE, {"most": MOST_ATTEMPTS, "batch": batch})
            rows = cursor.fetchall()
            if not rows:
                return 0
            _handle(consumers[rows[0][1]], rows)
            return len(rows)
    except Exception as problem:
        if batch == 1:
            _keep_for_later(rows[0][0], problem)
            return 1
        log.warning("a batch failed, its events go one by one: %s", type(problem).__name__)
        return sum(deliver_batch(1) for _ in rows)


def _handle(consumer: Consumer, rows: Sequence[tuple[int, str, str]]) -> None:
    began = time.perf_counter()
    consumer.handle([read_event(consumer, json.loads(payload)) for _, _, payload in rows])
    count_time(consumer.name, len(rows), time.perf_counter() - began)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE plumbing_delivery SET handled_at = now() WHERE id = ANY(%s)", [[row[0] for row in rows]])


def _keep_for_later(delivery_id: int, problem: Exception) -> None:
    """Count the failure and wait longer each time; after the last attempt the monitor shows it as stuck."""
    log.exception("event %s failed", delivery_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_delivery SET attempts = attempts + 1, error = %s,"
            " not_before = now() + (interval '1 second' * 2 ^ attempts) WHERE id = %s",
            [f"{type(problem).__name__}: {problem}"[:2000], delivery_id],
        )


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
