"""The register of all events, business and technical: written for ever, searched by kind, person, thing and time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

FIND = """
    SELECT e.id, e.kind, e.sort, e.persons, e.things, e.payload, e.recorded_at, e.sent_at,
           (SELECT count(*) FROM plumbing_delivery d WHERE d.event_id = e.id),
           (SELECT count(*) FROM plumbing_delivery d WHERE d.event_id = e.id AND d.handled_at IS NOT NULL)
    FROM plumbing_event e WHERE {conditions} ORDER BY e.id DESC LIMIT %(limit)s
"""
CONDITIONS = {
    "before": "e.id < %(before)s",
    "number": "e.id = %(number)s",
    "kind": "e.kind = %(kind)s",
    "sort": "e.sort = %(sort)s",
    "person": "e.persons @> ARRAY[%(person)s]::uuid[]",
    "thing": "e.things @> ARRAY[%(thing)s]::uuid[]",
    "since": "e.recorded_at >= %(since)s",
    "until": "e.recorded_at < %(until)s",
}


@dataclass(frozen=True, slots=True)
class RegisteredEvent:
    """One event; `deliveries` of which `handled`. `sent_at` None: it waits for the bus."""

    number: int
    kind: str
    sort: str
    persons: tuple[UUID, ...]
    things: tuple[UUID, ...]
    payload: dict[str, Any]
    recorded_at: datetime
    sent_at: datetime | None
    deliveries: int
    handled: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is None is not asked. Moments `[since, until)`; `before` is the last number seen."""

    kind: str | None = None
    sort: str | None = None
    person: UUID | None = None
    thing: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    number: int | None = None


def events(wanted: Wanted, *, limit: int = 50) -> list[RegisteredEvent]:
    """The newest first, by key and never by offset."""
    asked = {name: value for name in CONDITIONS if (value := getattr(wanted, name)) is not None}
    conditions = " AND ".join(CONDITIONS[name] for name in asked) or "true"
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(conditions=conditions), asked | {"limit": limit})
        return [_event(row) for row in cursor.fetchall()]


LINKED = """
    SELECT e.id, e.kind, e.sort, e.persons, e.things, e.payload, e.recorded_at, e.sent_at,
           (SELECT count(*) FROM plumbing_delivery d WHERE d.event_id = e.id),
           (SELECT count(*) FROM plumbing_delivery d WHERE d.event_id = e.id AND d.handled_at IS NOT NULL)
    FROM plumbing_event e WHERE e.things && %s::uuid[] AND NOT e.id = ANY(%s) ORDER BY e.id LIMIT %s
"""
STEPS = 4


def chain(start: UUID, *, limit: int = 200) -> list[RegisteredEvent]:
    """What followed from a message (or a case, an award), oldest first: each event leads on by the things it names.

    A cause leads only from its own message: a bank's statement causes thousands of credits that are not this one's.
    """
    found: dict[int, RegisteredEvent] = {}
    asked, led = {start}, {start}
    for _step in range(STEPS):
        if not asked or len(found) >= limit:
            break
        with connection.cursor() as cursor:
            cursor.execute(LINKED, [list(asked), list(found), limit - len(found)])
            events = [_event(row) for row in cursor.fetchall()]
        found |= {event.number: event for event in events}
        named = {thing for event in events for thing in event.things if str(thing) != _cause_of(event)}
        asked = named - led
        led |= named
    return [found[number] for number in sorted(found)]


def _cause_of(event: RegisteredEvent) -> str:
    return str((event.payload.get("cause") or {}).get("document_id") or "")


def kinds() -> list[str]:
    """Kinds that ever happened, by skipping through the index rather than reading all rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE seen AS ((SELECT min(kind) AS kind FROM plumbing_event) UNION ALL"
            " SELECT (SELECT min(kind) FROM plumbing_event e WHERE e.kind > seen.kind) FROM seen"
            " WHERE seen.kind IS NOT NULL) SELECT kind FROM seen WHERE kind IS NOT NULL"
        )
        return [kind for (kind,) in cursor.fetchall()]


def note(kind: str, /, **payload: Any) -> None:
    """Write down a technical event: a worker began, the bus was lost, an event got stuck. No personal data."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plumbing_event (kind, sort, persons, things, payload, sent_at)"
            " VALUES (%s, 'technical', '{}', '{}', %s, %s)",
            [kind, json.dumps(payload, ensure_ascii=False), timezone.now()],
        )


def _event(row: Any) -> RegisteredEvent:
    told = list(row)
    told[3], told[4] = tuple(told[3]), tuple(told[4])
    told[5] = json.loads(told[5]) if isinstance(told[5], str) else told[5]
    return RegisteredEvent(*told)
