"""Outbox → bus: one relay at a time sends unsent events in their order and marks those the broker has stored."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, transaction

from kazna.plumbing.bus.broker import Broker, Parcel
from kazna.plumbing.outbox import consumers

BATCH = 500
ONE_RELAY = 7_261_001  # key of the advisory lock

UNSENT = """
    SELECT e.id, e.kind, e.persons, e.payload, e.sendings, coalesce((
        SELECT string_agg(DISTINCT p.last::text, ',') FROM unnest(e.persons) AS person
        CROSS JOIN LATERAL (
            SELECT max(theirs.id) AS last FROM (
                SELECT o.id, o.kind FROM plumbing_event o WHERE o.persons @> ARRAY[person] OFFSET 0
            ) theirs  -- OFFSET 0: by the index of persons alone, not through all events of the kind
            WHERE theirs.kind = e.kind AND theirs.id < e.id
        ) p
    ), '')
    FROM plumbing_event e WHERE e.sent_at IS NULL AND e.sort = 'business' ORDER BY e.id LIMIT %s
"""


def relay(broker: Broker, batch: int = BATCH) -> int:
    """Send one batch; return how many were sent. Killed between sending and marking it sends again, under the same
    message id. Another relay at work: nothing is done.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_RELAY])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(UNSENT, [batch])
        rows = cursor.fetchall()
        if not rows:
            return 0
        stored = broker.send([_parcel(*row) for row in rows])
        sent = [row[0] for row, is_stored in zip(rows, stored, strict=True) if is_stored]
        cursor.execute("UPDATE plumbing_event SET sent_at = now(), sendings = sendings + 1 WHERE id = ANY(%s)", [sent])
    return len(sent)


def unsent() -> tuple[int, float]:
    """Events that wait for the bus, and how many seconds the oldest has waited."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(extract(epoch FROM statement_timestamp() - min(recorded_at)), 0)::float"
            " FROM plumbing_event WHERE sent_at IS NULL AND sort = 'business'"
        )
        count, seconds = cursor.fetchone()
    return int(count), float(seconds)


def under_way(recent: int = 20_000) -> bool:
    """Is a recent event that somebody here must hear still on its way to the deliveries?"""
    heard = sorted({consumer.event.__name__ for consumer in consumers.values()})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM plumbing_event e WHERE e.kind = ANY(%s)"
            " AND e.id > (SELECT coalesce(max(id), 0) - %s FROM plumbing_event)"
            " AND NOT EXISTS (SELECT 1 FROM plumbing_delivery d WHERE d.event_id = e.id))",
            [heard, recent],
        )
        return bool(cursor.fetchone()[0])


def _parcel(number: int, kind: str, persons: list[Any], payload: Any, sendings: int, after: str) -> Parcel:
    event = json.loads(payload) if isinstance(payload, str) else payload
    body = {"id": number, "kind": kind, "persons": [str(one) for one in persons], "event": event}
    return Parcel(kind, f"{number}.{sendings}", after, json.dumps(body, ensure_ascii=False).encode())
