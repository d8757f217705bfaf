"""Rows of the working copy: a fact's current version and a person's card, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

Key = tuple[str, str, str]  # kind, source, thing: with the subject, the identity of a statement


@dataclass(frozen=True, slots=True)
class Entry:
    """The current version of one statement; an annulled one is kept to know that it was withdrawn."""

    kind: str
    subject_id: UUID
    object_id: UUID | None
    thing: str
    valid_from: date
    valid_to: date | None
    value: dict[str, Any]
    source: str
    annulled: bool = False
    fact_id: UUID | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        return self.kind, self.source, self.thing

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card in the working copy."""

    person_id: UUID
    snils: str | None = None
    birth_act: str | None = None
    surname: str = ""
    forename: str = ""
    patronymic: str | None = None
    birth_date: date | None = None
    sex: str = ""
    died_on: date | None = None
    territory: str = ""
    address: str = ""
    merged_into: UUID | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """The newest edition of an act that was recorded, and whose facts it set."""

    version: int
    person_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source said against a known fact: matter for an officer, or settled by `rule`, the reason in words."""

    person_id: UUID
    known_fact_id: UUID
    entry: Entry
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two cards that may be one person."""

    person_id: UUID
    other_id: UUID
    reason: str
