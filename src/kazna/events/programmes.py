"""What became of programmes of adaptation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class ProgrammeBroken:
    """A person did not carry out a programme: the award ends, `claimed_kopecks` of what was paid are asked back.

    `by`, `confirmed_by`: two officers. Nothing is taken back by this alone: the overpayment is decided by two people.
    """

    programme_id: UUID
    award_id: UUID
    recipient_id: UUID
    claimed_kopecks: int
    reason: str
    by: str
    confirmed_by: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class ProgrammeReported:
    """A monthly report of a programme is late (`is_missed`), or no late one is left: what was missed has come."""

    programme_id: UUID
    award_id: UUID
    recipient_id: UUID
    is_missed: bool
    on: date
    cause: Cause
