"""What the registers tell: facts about people have changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """Facts of these kinds about these people were recorded (one event per document).

    `person_ids` holds every subject and object of the facts; `fact_ids` the new rows.
    `corrects` is true when at least one fact replaces an earlier one about the same thing.
    """

    person_ids: tuple[UUID, ...]
    kinds: tuple[str, ...]
    fact_ids: tuple[UUID, ...]
    corrects: bool
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """Two sources disagree about one thing and no written precedence settles it; a person must decide."""

    conflict_id: UUID
    person_id: UUID
    kind: str
    on: date
    cause: Cause
