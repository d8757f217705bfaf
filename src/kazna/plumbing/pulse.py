"""How the spine lives: what waits, what is stuck, how fast each consumer works. Read by the monitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kazna.plumbing.outbox import consumers
from kazna.plumbing.taking import MOST_ATTEMPTS

RECENT = 50_000  # newest deliveries looked at to tell the rate: a read by primary key, whatever the table's size

PULSE = """
    WITH waits AS (
        SELECT consumer,
               count(*) FILTER (WHERE attempts < %(most)s) AS waiting,
               count(*) FILTER (WHERE attempts >= %(most)s) AS stuck,
               min(created_at) FILTER (WHERE attempts < %(most)s) AS oldest
        FROM plumbing_delivery WHERE handled_at IS NULL GROUP BY consumer
    ), pace AS (
        SELECT consumer, count(*) AS handled FROM plumbing_delivery
        WHERE id > (SELECT coalesce(max(id), 0) - %(recent)s FROM plumbing_delivery)
          AND handled_at > statement_timestamp() - interval '1 minute' GROUP BY consumer
    )
    SELECT name, coalesce(t.events, 0), coalesce(t.seconds, 0), coalesce(w.waiting, 0), coalesce(w.stuck, 0),
           coalesce(extract(epoch FROM statement_timestamp() - w.oldest), 0)::float, coalesce(p.handled, 0)
    FROM unnest(%(names)s::text[]) AS name
    LEFT JOIN plumbing_stage_time t ON t.consumer = name
    LEFT JOIN waits w ON w.consumer = name LEFT JOIN pace p ON p.consumer = name
"""

RATES = """
    SELECT kind, count(*) FROM plumbing_event
    WHERE id > (SELECT coalesce(max(id), 0) - %s FROM plumbing_event)
      AND recorded_at > statement_timestamp() - interval '1 minute' GROUP BY kind
"""

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
        cursor.execute(PULSE, {"most": MOST_ATTEMPTS, "recent": RECENT, "names": [one.name for one in known]})
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    return [Pulse(one.name, one.event.__name__, one.stage, *rows[one.name]) for one in known]


def rates() -> dict[str, int]:
    """Kind of event → how many were published in the last minute."""
    with connection.cursor() as cursor:
        cursor.execute(RATES, [RECENT])
        return dict(cursor.fetchall())


def stamp() -> tuple[int, int]:
    """Changes whenever something is published or handled: two small reads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM plumbing_event),"
            " (SELECT coalesce(sum(events), 0)::bigint FROM plumbing_stage_time)"
        )
        published, handled = cursor.fetchone()
    return published, handled


def failed_events(limit: int = 20) -> list[FailedEvent]:
    """The oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(STUCK, [limit])
        return [FailedEvent(*row) for row in cursor.fetchall()]
