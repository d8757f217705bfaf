"""What crosses the door of notifications: a notice to write, a notice to read, how fast we told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to one person. `key` names its reason: a second notice under the same key is not written.

    Three answers in plain Russian: what `happened`, `why`, what is the `next_step` (empty: nothing to do).
    `link` is a place inside the cabinet, e.g. «/decisions/…»; `email` is None when none is known.
    """

    recipient_id: UUID
    key: str
    title: str
    happened: str
    why: str
    next_step: str
    link: str
    on: date
    cause: Cause
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as its reader sees it; `number` grows with time and pages the inbox."""

    notice_id: UUID
    number: int
    recipient_id: UUID
    title: str
    happened: str
    why: str
    next_step: str
    link: str
    on: date
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the arrival of a message to the notice it caused; None while nothing was told."""

    notices: int
    median_seconds: float | None
    p95_seconds: float | None
