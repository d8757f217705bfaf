"""Bus → deliveries: what arrives is written once per consumer, then acknowledged; handling is the worker's.

A repetition finds its delivery there already. An event that overtook an earlier one of the same people is asked for
again a little later.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kazna.plumbing.bus.broker import Arrival, Broker
from kazna.plumbing.outbox import interested_in, wake
from kazna.plumbing.register import note

BATCH, AGAIN_SECONDS, PATIENCE_TRIES = 500, 0.2, 25

LAND = """
    INSERT INTO plumbing_delivery (event_id, event, consumer, stage, payload, persons)
    SELECT id, event, consumer, stage, payload, ARRAY(SELECT jsonb_array_elements_text(persons)::uuid)
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[], %s::jsonb[], %s::jsonb[])
         WITH ORDINALITY AS arrived(id, event, consumer, stage, payload, persons, place)
    ORDER BY place ON CONFLICT (event_id, consumer) DO NOTHING
"""


def receive(broker: Broker, seconds: float) -> int:
    """Take in one batch; return how many messages came."""
    arrivals = broker.fetch(BATCH, seconds)
    if not arrivals:
        return 0
    done, later = land(arrivals)
    broker.settle(done, later, AGAIN_SECONDS)
    return len(arrivals)


@transaction.atomic
def land(arrivals: Sequence[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
    """Write deliveries of what may be handled now; the second list overtook its predecessors and must come again.

    After many tries an event is taken in all the same, and the gap is written down: nothing is lost by waiting.
    What cannot be read is written down and not asked for again.
    """
    done, later, read, landing = [], [], [], []
    for one in arrivals:
        message = _read(one)
        if message is None:
            note("BusMessageUnreadable", kind=one.kind[:60], bytes=len(one.body))
            done.append(one)
        else:
            read.append((one, message))
    here = _landed([number for one, _message in read for number in _predecessors(one)])
    for one, message in sorted(read, key=lambda pair: pair[1]["id"]):
        missing = [number for number in _predecessors(one) if number not in here]
        if missing and interested_in(one.kind):
            if one.tries < PATIENCE_TRIES:
                later.append(one)
                continue
            note("BusGap", kind=one.kind, event_id=message["id"], missing=missing[:20])
        landing.append(message)
        here.add(message["id"])
        done.append(one)
    _write(landing)
    wake()
    return done, later


def _write(messages: Sequence[dict[str, Any]]) -> None:
    """Deliveries of all messages in one statement, in the order of events."""
    rows = [
        (message["id"], message["kind"], consumer.name, consumer.stage,
         json.dumps(message["event"], ensure_ascii=False), json.dumps(message["persons"]))
        for message in messages
        for consumer in interested_in(message["kind"])
    ]  # fmt: skip
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(LAND, [list(column) for column in zip(*rows, strict=True)])


def _landed(numbers: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT event_id FROM plumbing_delivery WHERE event_id = ANY(%s)", [numbers])
        return {number for (number,) in cursor.fetchall()}


def _predecessors(one: Arrival) -> list[int]:
    return [int(number) for number in one.after.split(",") if number.isdecimal()]


def _read(one: Arrival) -> dict[str, Any] | None:
    try:
        message = json.loads(one.body)
        if not isinstance(message["id"], int) or message["kind"] != one.kind or not isinstance(message["event"], dict):
            return None
        [UUID(person) for person in message["persons"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return dict(message)
