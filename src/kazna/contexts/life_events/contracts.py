"""What crosses the door of life events; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LifeEventView:
    """An event of a person: its own, or one in which the person has a role.

    `happened_on` of an event that warns ahead is the day it warns of. `role` is "" for the person's own event.
    """

    life_event_id: UUID
    code: str
    title: str
    person_id: UUID
    role: str
    related_ids: Mapping[str, UUID]
    happened_on: date
    found_on: date
