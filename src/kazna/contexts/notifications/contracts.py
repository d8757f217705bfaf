"""What crosses the door of notifications: a notice to write, a notice to read, how fast we told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError


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


@dataclass(frozen=True, slots=True)
class ChannelsView:
    """How a person wants to be told; `quiet_from`..`quiet_to` are hours by Moscow time, None: at any hour.

    «22..8» goes over midnight. The inbox gets everything at once whatever is chosen here.
    """

    by_email: bool = True
    by_push: bool = True
    quiet_from: int | None = None
    quiet_to: int | None = None

    def is_quiet(self, hour: int) -> bool:
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return False
        if self.quiet_from < self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A browser of the person's that gets push messages."""

    device_id: UUID
    name: str
    added_at: datetime


class DeviceRefused(DomainError):
    sentence = "Это устройство нельзя подписать: {why}."
