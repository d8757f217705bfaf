"""Deliver again from a point: what a consumer missed, or, when asked, everything it has handled as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from kazna.plumbing.outbox import consumers, wake
from kazna.plumbing.register import note


@transaction.atomic
def replay(*, since: int | datetime, only: Sequence[str] = (), again: bool = False) -> tuple[int, int]:
    """(events sent or handed out anew, deliveries to be handled again) from an event's number or a moment.

    Without `again` a consumer gets only what it has not got: repeating it changes nothing. With `again` the named
    consumers handle everything from the point once more; they are idempotent, and this is how one is rebuilt.
    """
    start = since if isinstance(since, int) else _first_since(since)
    names = list(only) or list(consumers)
    renewed = 0
    with connection.cursor() as cursor:
        if again:
            cursor.execute(
                "UPDATE plumbing_delivery SET handled_at = NULL, attempts = 0, error = '', not_before = now()"
                " WHERE event_id >= %s AND consumer = ANY(%s) AND handled_at IS NOT NULL",
                [start, names],
            )
            renewed = cursor.rowcount
        if settings.KAZNA_BUS and not only:
            cursor.execute(
                "UPDATE plumbing_event SET sent_at = NULL WHERE id >= %s AND sort = 'business' AND sent_at IS NOT NULL",
                [start],
            )
            anew = cursor.rowcount
        else:
            anew = hand_out(start, names)
    note("Replayed", since=start, consumers=names if only else [], again=again, events=anew, deliveries=renewed)
    wake()
    return anew, renewed


def hand_out(start: int, names: Sequence[str]) -> int:
    """Write the deliveries these consumers lack, straight from the register; return how many."""
    wanted = [consumers[name] for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plumbing_delivery (event_id, event, consumer, stage, payload, persons)"
            " SELECT e.id, e.kind, known.name, known.stage, e.payload, e.persons FROM plumbing_event e"
            " JOIN unnest(%s::text[], %s::text[], %s::int[]) AS known(name, kind, stage) ON known.kind = e.kind"
            " WHERE e.id >= %s ORDER BY e.id ON CONFLICT (event_id, consumer) DO NOTHING",
            [[c.name for c in wanted], [c.event.__name__ for c in wanted], [c.stage for c in wanted], start],
        )
        return int(cursor.rowcount)


@transaction.atomic
def take_back_unsent() -> int:
    """The bus was switched off with events unsent: hand them out here. Return how many events."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM plumbing_event WHERE sent_at IS NULL AND sort = 'business'")
        first = cursor.fetchone()[0]
        if first is None:
            return 0
        hand_out(first, list(consumers))
        cursor.execute("UPDATE plumbing_event SET sent_at = now() WHERE sent_at IS NULL AND sort = 'business'")
        count = int(cursor.rowcount)
    note("TakenBackFromBus", events=count)
    wake()
    return count


def _first_since(moment: datetime) -> int:
    """The number of the first event of the moment or after; beyond the last when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(min(id), 9223372036854775807) FROM plumbing_event WHERE recorded_at >= %s", [moment]
        )
        return int(cursor.fetchone()[0])
