"""The door of notifications: write notices, read an inbox, know how fast people were told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kazna.contexts.notifications import queries
from kazna.contexts.notifications.actions.write_notices import notice_id, write_notices
from kazna.contexts.notifications.contracts import Latency, NewNotice, Notice

__all__ = [
    "Latency",
    "NewNotice",
    "Notice",
    "counts",
    "inbox",
    "latency",
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
