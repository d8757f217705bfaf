"""Reads of life events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kazna.contexts.life_events.catalogue import OTHERS, ROLES, kinds
from kazna.contexts.life_events.contracts import LifeEventView
from kazna.contexts.life_events.models import LifeEvent


def events_of(person_id: UUID) -> list[LifeEventView]:
    known = kinds()
    mine = Q(person_id=person_id) | Q(id__in=_related_to(person_id))
    rows = LifeEvent.objects.filter(mine).order_by("-happened_on", "code", "id")
    return [_view(row, person_id, known[row.code].title if row.code in known else row.code) for row in rows]


def _related_to(person_id: UUID) -> list[UUID]:
    """By a function: under row security no index is used that looks inside a document. Rows stay the viewer's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT life_events_related_to(%s, %s)", [person_id, sorted(ROLES | OTHERS - {""})])
        return [event_id for (event_id,) in cursor.fetchall()]


def found_on(day: date, code: str) -> Iterator[LifeEventView]:
    known = kinds()
    rows = LifeEvent.objects.filter(found_on=day).order_by("id")
    for row in (rows.filter(code=code) if code else rows).iterator(chunk_size=1000):
        yield _view(row, row.person_id, known[row.code].title if row.code in known else row.code)


def _view(row: LifeEvent, person_id: UUID, title: str) -> LifeEventView:
    role = next((role for role, related in row.related.items() if related == str(person_id)), "")
    return LifeEventView(
        life_event_id=row.id,
        code=row.code,
        title=title,
        person_id=row.person_id,
        role="" if row.person_id == person_id else role,
        related_ids={role: UUID(related) for role, related in row.related.items()},
        happened_on=row.happened_on,
        found_on=row.found_on,
    )


def counts() -> dict[str, int]:
    """From a view without personal data, so that every role sees the same figures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, number FROM life_events_counts")
        by_code = dict(cursor.fetchall())
    return {code: by_code.get(code, 0) for code in kinds()}
