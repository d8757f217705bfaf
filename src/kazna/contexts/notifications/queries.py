"""Reads of the inbox."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils import timezone

from kazna.contexts.notifications import contracts
from kazna.contexts.notifications.contracts import ChannelsView, DeviceView
from kazna.contexts.notifications.models import Channels, Notice, PushDevice
from kazna.plumbing.session.prepared import Prepared, planned_once

SHOWN = "SELECT id, number, recipient_id, title, happened, why, next_step, link, told_on, read_at"
NEWEST = Prepared(f"{SHOWN} FROM notifications_notice WHERE recipient_id = $1 ORDER BY number DESC LIMIT $2")
OLDER = Prepared(
    f"{SHOWN} FROM notifications_notice WHERE recipient_id = $1 AND number < $3 ORDER BY number DESC LIMIT $2"
)
UNREAD = Prepared("SELECT count(*) FROM notifications_notice WHERE recipient_id = $1 AND read_at IS NULL")


def inbox(person_id: UUID, limit: int, after: int | None) -> list[contracts.Notice]:
    rows = NEWEST.rows(person_id, limit) if after is None else OLDER.rows(person_id, limit, after)
    return [contracts.Notice(*row) for row in rows]


def unread(person_id: UUID) -> int:
    return int(UNREAD.rows(person_id)[0][0])


def mark_read(person_id: UUID, notice_ids: list[UUID]) -> int:
    own = Notice.objects.filter(recipient_id=person_id, id__in=notice_ids, read_at=None)
    return own.update(read_at=timezone.now())


def latency() -> contracts.Latency:
    """Read from a view: the figures hold no personal data and every role may see them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT notices, median_seconds, p95_seconds FROM notifications_latency")
        return contracts.Latency(*cursor.fetchone())


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT written, read, emailed FROM notifications_counts")
        return dict(zip(("written", "read", "emailed"), cursor.fetchone(), strict=True))


@planned_once()
def channels_of(person_id: UUID) -> ChannelsView:
    row = Channels.objects.filter(person_id=person_id).first()
    return ChannelsView(row.by_email, row.by_push, row.quiet_from, row.quiet_to) if row else ChannelsView()


@planned_once()
def devices_of(person_id: UUID) -> list[DeviceView]:
    rows = PushDevice.objects.filter(person_id=person_id).order_by("-added_at")
    return [DeviceView(row.id, row.name, row.added_at) for row in rows]
