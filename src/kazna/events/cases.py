"""What was decided."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class AwardGranted:
    """Someone was granted a measure. Amount in kopecks per payment; `last_day` inclusive, None is open.

    `period` is once or month; `form` cash, certificate… (only cash is paid out).
    `decision_id` None: the award was taken over from the former register. `body` decided and pays («sfr-77»).
    """

    award_id: UUID
    decision_id: UUID | None
    measure: str
    body: str
    recipient_id: UUID
    subject_id: UUID
    amount_kopecks: int
    form: str
    period: str
    first_day: date
    last_day: date | None
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class AwardStopped:
    """An award ends: nothing is due for months that start on or after `stops_on`."""

    award_id: UUID
    decision_id: UUID
    recipient_id: UUID
    form: str
    stops_on: date
    reason: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision is signed and numbered; people are to be told and the registers to learn of it."""

    decision_id: UUID
    recipient_id: UUID
    on: date
    cause: Cause
