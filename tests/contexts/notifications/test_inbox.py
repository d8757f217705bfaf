"""A notice is told once, to its recipient, and the time it took is known."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from kazna.contexts.notifications import public as notifications
from kazna.events.cause import Cause

pytestmark = pytest.mark.django_db


def notice(key: str, *, to: UUID, received_at: datetime | None = None, **fields) -> notifications.NewNotice:
    return notifications.NewNotice(
        recipient_id=to,
        key=key,
        title="Назначено единовременное пособие",
        happened="Вам назначено пособие 26 941,71 ₽.",
        why="У вас родился ребёнок.",
        next_step="Ничего делать не нужно.",
        link="/decisions/",
        on=date(2025, 3, 4),
        cause=Cause(uuid4(), received_at or timezone.now()),
        **fields,
    )


def test_the_same_key_is_told_once():
    mother = uuid4()

    notifications.notify([notice("decision:1", to=mother), notice("decision:1", to=mother)])
    notifications.notify([notice("decision:1", to=mother), notice("decision:2", to=mother)])

    assert len(notifications.inbox(person_id=mother)) == 2
    assert notifications.counts()["written"] == 2


def test_the_inbox_is_paged_newest_first():
    mother = uuid4()
    notifications.notify([notice(f"decision:{number}", to=mother) for number in range(5)])

    first = notifications.inbox(person_id=mother, limit=3)
    rest = notifications.inbox(person_id=mother, limit=3, after=first[-1].number)

    keys = [notifications.notice_id(f"decision:{number}") for number in (4, 3, 2, 1, 0)]
    assert [shown.notice_id for shown in first + rest] == keys


def test_a_person_marks_only_own_notices():
    mother, stranger = uuid4(), uuid4()
    notifications.notify([notice("decision:1", to=mother)])
    told = notifications.inbox(person_id=mother)[0].notice_id

    assert notifications.mark_read(person_id=stranger, notice_ids=[told]) == 0
    assert notifications.mark_read(person_id=mother, notice_ids=[told]) == 1
    assert notifications.mark_read(person_id=mother, notice_ids=[told]) == 0
    assert notifications.unread(person_id=mother) == 0


def test_latency_counts_from_the_arrival_of_the_message():
    came = timezone.now() - timedelta(seconds=40)

    notifications.notify([notice("decision:1", to=uuid4(), received_at=came)])

    latency = notifications.latency()
    assert latency.notices == 1
    assert 40 <= latency.median_seconds <= latency.p95_seconds < 60


def test_the_calendar_has_no_latency():
    silent = notice("decision:1", to=uuid4())
    notifications.notify([notifications.NewNotice(**{**fields_of(silent), "cause": Cause(None, timezone.now())})])

    assert notifications.latency() == notifications.Latency(0, None, None)


def fields_of(given: notifications.NewNotice) -> dict:
    return {name: getattr(given, name) for name in given.__dataclass_fields__}
