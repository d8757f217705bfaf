"""What happened in the register of social security."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class PackageTaken:
    """A package of a body was recorded, by whatever way it came; its protocol tells which records were not."""

    package_id: UUID
    body: str
    message: str
    records: int
    accepted: int
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class ApplicationTaken:
    """A body asked by message 10.11.I to be a participant; the same again is told again."""

    application_id: UUID
    on: date
    cause: Cause
