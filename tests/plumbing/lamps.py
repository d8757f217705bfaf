"""An event of the tests' own."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class LampLit:
    room: str
    person_id: UUID
