"""What happened in a life, as found in the registers or by the calendar."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class LifeEventFound:
    """A life event by its code (CHILD_BORN, DEATH_CITIZEN…), see law/life_events.yaml.

    `person_id` is whose event it is (the child born, the person who died, the disabled one);
    `related_ids` maps roles to people: mother, father, spouse…
    """

    life_event_id: UUID
    code: str
    person_id: UUID
    related_ids: dict[str, UUID]
    happened_on: date
    on: date
    cause: Cause
