"""What happens under agreements between bodies."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class CasesReturned:
    """An agreement is over: these cases, as far as they are open, are done by `origin_body` again."""

    agreement_id: UUID
    case_ids: tuple[UUID, ...]
    origin_body: str
    on: date
    cause: Cause
