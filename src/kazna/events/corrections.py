"""A person has called a fact wrong, and has been answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class CorrectionFiled:
    """A fact of this kind about the person is said to be wrong."""

    correction_id: UUID
    person_id: UUID
    kind: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class CorrectionSettled:
    """The fact was replaced by a newer one (`corrected`) or an officer left it as it is (`kept`)."""

    correction_id: UUID
    person_id: UUID
    state: str
    on: date
    cause: Cause
