"""The door of notifications: write notices, read an inbox, know how fast people were told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kazna.contexts.notifications import queries
from kazna.contexts.notifications.actions.choose_channels import add_device as _add_device
from kazna.contexts.notifications.actions.choose_channels import choose_channels as _choose_channels
from kazna.contexts.notifications.actions.choose_channels import drop_device as _drop_device
from kazna.contexts.notifications.actions.write_notices import notice_id, write_notices
from kazna.contexts.notifications.contracts import (
    ChannelsView,
    DeviceRefused,
    DeviceView,
    Latency,
    NewNotice,
    Notice,
)
from kazna.contexts.notifications.wording import letter_text

__all__ = [
    "ChannelsView",
    "DeviceRefused",
    "DeviceView",
    "Latency",
    "NewNotice",
    "Notice",
    "add_device",
    "channels_of",
    "choose_channels",
    "counts",
    "devices_of",
    "drop_device",
    "inbox",
    "latency",
    "letter_text",
    "mark_read",
    "notice_id",
    "notify",
    "unread",
]


def notify(notices: Sequence[NewNotice]) -> None:
    """Put notices into inboxes; one whose key was already used changes nothing."""
    write_notices(notices)


def inbox(*, person_id: UUID, limit: int = 50, after: int | None = None) -> list[Notice]:
    """Notices of a person, newest first; `after` is the number of the last one already shown."""
    return queries.inbox(person_id, limit, after)


def unread(*, person_id: UUID) -> int:
    """How many notices the person has not opened."""
    return queries.unread(person_id)


def mark_read(*, person_id: UUID, notice_ids: Sequence[UUID]) -> int:
    """Mark the person's own notices as read; return how many were new."""
    return queries.mark_read(person_id, list(notice_ids))


def latency() -> Latency:
    """Median and 95th percentile of seconds from message to notice; calendar work is not counted."""
    return queries.latency()


def counts() -> dict[str, int]:
    """Notices written, read and e-mailed."""
    return queries.counts()


def channels_of(*, person_id: UUID) -> ChannelsView:
    """How the person wants to be told; the usual way when nothing was chosen."""
    return queries.channels_of(person_id)


def choose_channels(*, person_id: UUID, chosen: ChannelsView) -> None:
    """Remember the choice; it is heard from the next notice on."""
    _choose_channels(person_id=person_id, chosen=chosen)


def devices_of(*, person_id: UUID) -> list[DeviceView]:
    """Browsers that get push messages, the newest first."""
    return queries.devices_of(person_id)


def add_device(*, person_id: UUID, endpoint: str, p256dh: str, auth: str, name: str) -> UUID:
    """A browser asks for push messages. Only known push services are written to. Raises DeviceRefused."""
    return _add_device(person_id=person_id, endpoint=endpoint, p256dh=p256dh, auth=auth, name=name)


def drop_device(*, person_id: UUID, device_id: UUID) -> None:
    """No more push messages there."""
    _drop_device(person_id=person_id, device_id=device_id)
