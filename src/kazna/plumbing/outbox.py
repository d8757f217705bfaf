"""Transactional outbox: events leave in the transaction that made them true and reach each consumer.

A consumer is a function over a *batch* of events of one kind. It runs in one transaction
together with marking the batch handled, so its effect in PostgreSQL happens exactly once;
it must not depend on how events were grouped into batches.

Every event is a row of the register of events. Without a bus its deliveries are written beside it;
with one (KAZNA_BUS) the bus carries it and deliveries are written when it arrives (see `bus/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.codec import from_plain, spelt

CHANNEL = "kazna_outbox"
OF_PERSONS = ("person_id", "recipient_id", "subject_id", "person_ids", "related_ids")
EVENT_COLUMNS = ("id", "kind", "sort", "persons", "things", "payload", "sent_at")
DELIVERY_COLUMNS = ("event_id", "event", "consumer", "stage", "payload", "persons")
FEW = 40
Row = tuple[str, list[UUID], list[UUID], str]  # kind, persons, things, payload
Heard = tuple[int, str, int]  # place of the event, consumer, stage
PUBLISH = """
    WITH fresh AS MATERIALIZED (
        SELECT nextval('plumbing_event_id_seq') AS id, told.* FROM (
            SELECT * FROM (VALUES {events}) AS one(place, kind, persons, things, payload) ORDER BY place
        ) told
    ), written AS (
        INSERT INTO plumbing_event (id, kind, sort, persons, things, payload, sent_at)
        SELECT id, kind, 'business', persons, things, payload, %s::timestamptz FROM fresh ORDER BY id
    ), delivered AS (
        INSERT INTO plumbing_delivery (event_id, event, consumer, stage, payload, persons)
        SELECT id, kind, consumer, stage, payload, persons
        FROM fresh JOIN ({heard}) AS heard(place, consumer, stage, turn) USING (place) ORDER BY id, turn
    )
    SELECT pg_notify(%s, '')
"""
ONE_EVENT, ONE_HEARD = "(%s::int, %s::text, %s::uuid[], %s::uuid[], %s::jsonb)", "(%s::int, %s::text, %s::int, %s::int)"
NOBODY_HEARS = "SELECT 0, '', 0, 0 WHERE false"


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who hears an event. `stage` orders the spine: later stages are served first.

    `shared`: several workers may serve it at once, none of two with the same person. For handlers to which the order
    of different people says nothing: no queue among them, no number without gaps.
    `wants`: what an event says by itself of whether it can mean anything here; of one that cannot there is no delivery.
    It only spares work: what comes by the bus or is replayed arrives without it, and the handler passes it over.
    """

    name: str
    event: type
    stage: int
    handle: Callable[[Sequence[Any]], None]
    shared: bool = False
    wants: Callable[[Any], bool] | None = None


consumers: dict[str, Consumer] = {}
_by_event: dict[type, list[Consumer]] = {}


def consumes(
    event: type, *, name: str, stage: int, shared: bool = False, wants: Callable[[Any], bool] | None = None
) -> Callable[[Callable[[Sequence[Any]], None]], Any]:
    """Register the decorated batch handler for an event type. Called when the context's app is ready."""

    def register(handle: Callable[[Sequence[Any]], None]) -> Callable[[Sequence[Any]], None]:
        consumer = Consumer(name, event, stage, handle, shared, wants)
        consumers[name] = consumer
        _by_event[event] = [c for c in _by_event.get(event, []) if c.name != name] + [consumer]
        return handle

    return register


def interested_in(kind: str) -> list[Consumer]:
    """Consumers of an event by its name."""
    return [consumer for consumer in consumers.values() if consumer.event.__name__ == kind]


def publish(*events: Any) -> None:
    """Write events to the register and the outbox, one row per consumer; wake the workers at commit."""
    publish_many(events)


def publish_many(events: Iterable[Any]) -> None:
    """Like `publish` for any number of events: a few by one statement, many by two COPYs."""
    told = list(events)
    if not told:
        return
    sent_at = None if settings.KAZNA_BUS else timezone.now()
    rows = [(type(event).__name__, persons_of(event), things_of(event), spelt(event)) for event in told]
    heard = [
        (place, consumer.name, consumer.stage)
        for place, event in enumerate(told if sent_at else ())
        for consumer in _by_event.get(type(event), ())
        if consumer.wants is None or consumer.wants(event)
    ]
    if len(told) <= FEW:
        _write_few(rows, heard, sent_at)
    else:
        _copy_many(rows, heard, sent_at)


def _write_few(rows: Sequence[Row], heard: Sequence[Heard], sent_at: datetime | None) -> None:
    values = [value for place, row in enumerate(rows) for value in (place, *row)]
    heard_values = [value for turn, one in enumerate(heard) for value in (*one, turn)]
    statement = PUBLISH.format(
        events=", ".join([ONE_EVENT] * len(rows)),
        heard="VALUES " + ", ".join([ONE_HEARD] * len(heard)) if heard else NOBODY_HEARS,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, sent_at, *heard_values, CHANNEL])


def _copy_many(rows: Sequence[Row], heard: Sequence[Heard], sent_at: datetime | None) -> None:
    numbers = _numbers(len(rows))
    copy_rows(
        "plumbing_event",
        EVENT_COLUMNS,
        ((number, kind, "business", *rest, sent_at) for number, (kind, *rest) in zip(numbers, rows, strict=True)),
    )
    deliveries = (
        (numbers[place], kind, consumer, stage, payload, persons)
        for place, consumer, stage in heard
        for kind, persons, _things, payload in [rows[place]]
    )
    copy_rows("plumbing_delivery", DELIVERY_COLUMNS, deliveries)
    wake()


def wake() -> None:
    """Tell sleeping workers that there is something to do, at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def persons_of(event: Any) -> list[UUID]:
    """Whom the event is about, each once: its order is kept for each of them."""
    found: dict[UUID, None] = {}
    for name in _names(type(event))[0]:
        found |= dict.fromkeys(_ids(getattr(event, name)))
    return list(found)


def things_of(event: Any) -> list[UUID]:
    """The case, award, decision, document… it concerns, its cause's document included; long lists are left out."""
    single = [getattr(event, name) for name in _names(type(event))[1]]
    cause = getattr(getattr(event, "cause", None), "document_id", None)
    return list(dict.fromkeys(one for one in [*single, cause] if isinstance(one, UUID)))


@cache
def _names(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of fields that tell persons, and of the others."""
    names = [field.name for field in fields(kind)]
    return tuple(one for one in names if one in OF_PERSONS), tuple(one for one in names if one not in OF_PERSONS)


def _ids(value: Any) -> Iterator[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, UUID))
    elif isinstance(value, tuple | list):
        yield from (one for one in value if isinstance(one, UUID))


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('plumbing_event_id_seq') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def read_event(consumer: Consumer, payload: Any) -> Any:
    """The event a delivery carries."""
    return from_plain(consumer.event, payload)
