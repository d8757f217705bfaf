"""Which day it is for the platform. The domain gets days as arguments; only the edges ask here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kazna.plumbing.models import OperatingDay
from kazna.plumbing.outbox import CHANNEL

State = OperatingDay.State
CLOSED_CHANNEL = "kazna_day_closed"
_kept: ContextVar[list[date] | None] = ContextVar("kazna_day", default=None)


def today() -> date:
    """The operating day: the stored one where a demo or a rehearsal sets it, else the calendar's."""
    kept = _kept.get()
    if kept:
        return kept[0]
    day = _told_day() or timezone.localdate()
    if kept is not None:
        kept.append(day)
    return day


@contextmanager
def one_day() -> Iterator[None]:
    """Inside it the day is read once and stays the same: for the time of one request."""
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


def _told_day() -> date | None:
    """Asked by every request: the plain statement takes a tenth of what the ORM does."""
    if not settings.KAZNA_STORED_CLOCK:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT day FROM plumbing_operating_day WHERE singleton")
        row = cursor.fetchone()
    return row[0] if row else None


def stored_day() -> OperatingDay | None:
    return OperatingDay.objects.filter(pk=True).first() if settings.KAZNA_STORED_CLOCK else None


def close_day(day: date) -> bool:
    """Mark the day's work done, unless someone moved the clock meanwhile; wake whoever waits for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        closed = OperatingDay.objects.filter(day=day, state=State.WORKING).update(state=State.CLOSED)
        cursor.execute("SELECT pg_notify(%s, '')", [CLOSED_CHANNEL])
    return bool(closed)


def set_day(day: date, state: str = State.WORKING) -> None:
    """Move the stored clock; moving it back is refused, facts known tomorrow cannot be unlearned."""
    current = OperatingDay.objects.filter(pk=True).first()
    if current and day < current.day:
        raise ValueError(f"the operating day goes only forward: {current.day} -> {day}")
    with transaction.atomic(), connection.cursor() as cursor:
        OperatingDay.objects.update_or_create(pk=True, defaults={"day": day, "state": state})
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
