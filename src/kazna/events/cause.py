"""What set a chain of events going: kept through the whole spine to measure and to explain it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cause:
    """The intake document (None for the calendar or an officer) and the moment it came."""

    document_id: UUID | None
    received_at: datetime
