"""A synthetic region: its people, its employers and what happened in it, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kazna.population.people import People
from kazna.population.person import Person


@dataclass(slots=True)
class Employers:
    """One element per employer; the number is the position."""

    inn: list[str]  # ten digits
    name: list[str]
    okved: list[str]

    def __len__(self) -> int:
        return len(self.inn)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on `day` and was written down by an office on `registered_on`.

    kind, person / other, details (days as ISO strings, so that details are plain JSON):
    - birth: child / mother; father (number or null), order, multiple, live
    - newborn_snils: child / mother; {}
    - death: the dead; {}
    - marriage: husband / wife; new_surname (the wife's, null when she keeps hers)
    - divorce: husband / wife; wife_surname (the wife's after it, null when unchanged), married_on
    - name_change: person; surname, forename, patronymic, reason
    - move: person; address, household
    - hired: person / employer number; wage_kopecks
    - dismissed: person / employer number; reason (own_will, liquidation, redundancy, fault, other)
    - unemployed_from, unemployed_to: person; {}
    - disability_set, disability_renewed: person; group, cause, from_childhood, from, to (null: for life)
    - disability_ended: person; group
    - pension_age: person; {}
    """

    day: date
    kind: str
    person: int
    other: int | None
    registered_on: date
    details: dict[str, Any]


OF_TWO_PEOPLE = {"birth", "marriage", "divorce"}


@dataclass(slots=True)
class Region:
    """A region and its life in `[start, end]`; happenings are sorted by day, then kind, then person."""

    code: str
    name: str
    seed: int
    start: date
    end: date
    people: People
    employers: Employers
    happenings: list[Happening]
    _by_person: dict[int, list[Happening]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _children: dict[int, list[int]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for child, mother in enumerate(self.people.mother.tolist()):
            self._children.setdefault(mother, []).append(child)
        for happening in self.happenings:
            self._by_person.setdefault(happening.person, []).append(happening)
            if happening.kind in OF_TWO_PEOPLE:
                self._by_person.setdefault(happening.other, []).append(happening)

    def happenings_of(self, index: int) -> list[Happening]:
        """What happened to one person, in order; marriages, divorces and births count for both sides."""
        return self._by_person.get(index, [])

    def person(self, index: int) -> Person:
        return self.people.person(index)

    def children_of(self, mother: int) -> list[int]:
        """Numbers of a woman's children, as the columns list them."""
        return self._children.get(mother, [])
