"""What people are called over time: births with a slip of the pen, marriages, divorces, changes of name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kazna.population import Happening, Region
from kazna.standins.chance import between, share

CORRECTED_SHARE = 0.01  # of births and deaths
CORRECTED_AFTER_DAYS = (20, 60)


@dataclass(frozen=True, slots=True)
class Names:
    surname: str
    forename: str
    patronymic: str | None


class NameHistory:
    """First names from the region's columns, later ones by the day an office wrote them down."""

    def __init__(self, region: Region) -> None:
        self.people = region.people
        self.later: dict[int, list[tuple[date, Names]]] = defaultdict(list)

    def on(self, person: int, day: date) -> Names:
        """Names on a day; before any change, the first ones."""
        names = self.first(person)
        for since, later in self.later.get(person, ()):
            if since <= day:
                names = later
        return names

    def first(self, person: int) -> Names:
        people = self.people
        return Names(people.surname[person], people.forename[person], people.patronymic[person] or None)

    def ever(self, person: int) -> list[Names]:
        return [self.first(person), *(names for _, names in self.later.get(person, ()))]

    def add(self, person: int, since: date, **changes: Any) -> None:
        self.later[person].append((since, replace(self.on(person, date.max), **changes)))


def name_history(region: Region, births: dict[int, Happening]) -> NameHistory:
    """Walk the happenings in the order offices wrote them down."""
    history = NameHistory(region)
    for child, birth in births.items():
        if corrected_on := correction_day(region.seed, birth):
            right = history.first(child)
            history.add(child, birth.registered_on, forename=slip_of_the_pen(right.forename))
            history.add(child, corrected_on, forename=right.forename)
    for happening in sorted(region.happenings, key=lambda each: each.registered_on):
        day, person, other, details = (
            happening.registered_on,
            happening.person,
            happening.other,
            happening.details,
        )
        if happening.kind == "marriage" and details["new_surname"]:
            history.add(other, day, surname=details["new_surname"])
        elif happening.kind == "divorce" and details["wife_surname"]:
            history.add(other, day, surname=details["wife_surname"])
        elif happening.kind == "name_change":
            history.add(
                person,
                day,
                surname=details["surname"],
                forename=details["forename"],
                patronymic=details["patronymic"],
            )
    return history


def correction_day(seed: int, happening: Happening) -> date | None:
    """When the office corrects the first entry of this birth or death; None for nearly all."""
    key = ("correction", happening.kind, happening.person)
    if share(seed, *key) >= CORRECTED_SHARE:
        return None
    return happening.registered_on + timedelta(days=between(*CORRECTED_AFTER_DAYS, seed, *key, "days"))


def slip_of_the_pen(forename: str) -> str:
    """«Мария» → «Марния»: a letter too many, still a name the schema takes."""
    return f"{forename[:3]}н{forename[3:]}"
