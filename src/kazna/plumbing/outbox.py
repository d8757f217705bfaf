"""Transactional outbox: events leave in the transaction that made them true and reach each consumer.

A consumer is a function over a *batch* of events of one kind. It runs in one transaction
together with marking the batch handled, so its effect in PostgreSQL happens exactly once;
it must not depend on how events were grouped into batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.codec import from_plain, to_plain

CHANNEL = "kazna_outbox"


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who hears an event. `stage` orders the spine: later stages are served first."""

    name: str
    event: type
    stage: int
    handle: Callable[[Sequence[Any]], None]


consumers: dict[str, Consumer] = {}
_by_event: dict[type, list[Consumer]] = {}


def consumes(event: type, *, name: str, stage: int) -> Callable[[Callable[[Sequence[Any]], None]], Any]:
    """Register the decorated batch handler for an event type. Called when the context's app is ready."""

    def register(handle: Callable[[Sequence[Any]], None]) -> Callable[[Sequence[Any]], None]:
        consumer = Consumer(name, event, stage, handle)
        consumers[name] = consumer
        _by_event[event] = [c for c in _by_event.get(event, []) if c.name != name] + [consumer]
        return handle

    return register


def publish(*events: Any) -> None:
    """Write events to the outbox, one row per consumer; wake the workers at commit."""
    publish_many(events)


def publish_many(events: Iterable[Any]) -> None:
    """Like `publish` for any number of events: one COPY."""
    rows = [
        (type(event).__name__, consumer.name, consumer.stage, payload)
        for event in events
        if (interested := _by_event.get(type(event)))
        for payload in (to_plain(event),)
        for consumer in interested
    ]
    if rows:
        copy_rows("plumbing_delivery", ("event", "consumer", "stage", "payload"), rows)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def read_event(consumer: Consumer, payload: Any) -> Any:
    """The event a delivery carries."""
    return from_plain(consumer.event, payload)
