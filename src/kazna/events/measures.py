"""What the rules say of someone's right to a measure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class RightFound:
    """A measure was evaluated for a subject; read the right itself by `measures.public.right(right_id)`.

    `state` is granted, refused or unknown. `trigger` says why it was evaluated:
    a life event's code, `application`, `fact`, `calendar` or `officer`.
    """

    right_id: UUID
    measure: str
    subject_id: UUID
    recipient_id: UUID
    state: str
    trigger: str
    on: date
    cause: Cause
