"""Reads of the inbox."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils import timezone

from kazna.contexts.notifications import contracts
from kazna.contexts.notifications.contracts import ChannelsView, DeviceView
from kazna.contexts.notifications.models import Channels, Notice, PushDevice
from kazna.plumbing.session.prepared import planned_once


def inbox(person_id: UUID, limit: int, after: int | None) -> list[contracts.Notice]:
    found = Notice.objects.filter(recipient_id=person_id)
    if after is not None:
        found = found.filter(number__lt=after)
    return [_shown(notice) for notice in found.order_by("-number")[:limit]]


@planned_once()
def unread(person_id: UUID) -> int:
    return Notice.objects.filter(recipient_id=person_id, read_at=None).count()


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


def _shown(notice: Notice) -> contracts.Notice:
    return contracts.Notice(
        notice_id=notice.id,
        number=notice.number,
        recipient_id=notice.recipient_id,
        title=notice.title,
        happened=notice.happened,
        why=notice.why,
        next_step=notice.next_step,
        link=notice.link,
        on=notice.told_on,
        read_at=notice.read_at,
    )


def channels_of(person_id: UUID) -> ChannelsView:
    row = Channels.objects.filter(person_id=person_id).first()
    return ChannelsView(row.by_email, row.by_push, row.quiet_from, row.quiet_to) if row else ChannelsView()


def devices_of(person_id: UUID) -> list[DeviceView]:
    rows = PushDevice.objects.filter(person_id=person_id).order_by("-added_at")
    return [DeviceView(row.id, row.name, row.added_at) for row in rows]
