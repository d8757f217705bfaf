"""How the spine lives: what waits, what is stuck, how fast each consumer works. Read by the monitor."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kazna.plumbing.deliver import MOST_ATTEMPTS
from kazna.plumbing.outbox import consumers

RECENT = 50_000  # newest deliveries looked at to tell the rate: a read by primary key, whatever the table's size
PACE_SECONDS = 5.0  # a rate per minute may be as old as this: the dearest read of the monitor, the same for all

PULSE = """
    WITH waits AS (
        SELECT consumer,
               count(*) FILTER (WHERE attempts < %(most)s) AS waiting,
               count(*) FILTER (WHERE attempts >= %(most)s) AS stuck,
               min(created_at) FILTER (WHERE attempts < %(most)s) AS oldest
        FROM plumbing_delivery WHERE handled_at IS NULL GROUP BY consumer
    )
    SELECT name, coalesce(t.events, 0), coalesce(t.seconds, 0), coalesce(w.waiting, 0), coalesce(w.stuck, 0),
           coalesce(extract(epoch FROM statement_timestamp() - w.oldest), 0)::float
    FROM unnest(%(names)s::text[]) AS name
    LEFT JOIN plumbing_stage_time t ON t.consumer = name
    LEFT JOIN waits w ON w.consumer = name
"""

PACE = """
    SELECT consumer, count(*) FROM plumbing_delivery
    WHERE id > (SELECT coalesce(max(id), 0) - %s FROM plumbing_delivery)
      AND handled_at > statement_timestamp() - interval '1 minute' GROUP BY consumer
"""
_paces: dict[str, tuple[float, dict[str, int]]] = {}

STUCK = """
    SELECT id, event, consumer, attempts, error, created_at FROM plumbing_delivery
    WHERE handled_at IS NULL AND attempts > 0 ORDER BY id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Pulse:
    """One consumer: events ever handled and the seconds they took, waiting, stuck, seconds the oldest has
    waited, events handled in the last minute."""

    consumer: str
    event: str
    stage: int
    events: int
    seconds: float
    waiting: int
    stuck: int
    oldest_seconds: float
    per_minute: int


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event that failed at least once and is not handled yet; after five attempts only a person helps."""

    delivery_id: int
    event: str
    consumer: str
    attempts: int
    error: str
    created_at: datetime

    @property
    def is_stuck(self) -> bool:
        return self.attempts >= MOST_ATTEMPTS


def pulse() -> list[Pulse]:
    """All consumers in the order of the spine."""
    known = sorted(consumers.values(), key=lambda consumer: (consumer.stage, consumer.name))
    with connection.cursor() as cursor:
        cursor.execute(PULSE, {"most": MOST_ATTEMPTS, "names": [one.name for one in known]})
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    pace = _pace()
    return [Pulse(one.name, one.event.__name__, one.stage, *rows[one.name], pace.get(one.name, 0)) for one in known]


def _pace() -> dict[str, int]:
    """Consumer → events handled in the last minute, read at most every five seconds by a process."""
    database = str(connection.settings_dict["NAME"])
    read_at, pace = _paces.get(database, (0.0, {}))
    if not read_at or time.monotonic() - read_at > PACE_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(PACE, [RECENT])
            pace = dict(cursor.fetchall())
        _paces[database] = (time.monotonic(), pace)
    return pace


def failed_events(limit: int = 20) -> list[FailedEvent]:
    """The oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(STUCK, [limit])
        return [FailedEvent(*row) for row in cursor.fetchall()]
