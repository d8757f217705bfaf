"""What changes as life goes on, and the journal of what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kazna.population.days import (
    FAR_AWAY,
    between,
    days,
    whole_years,
    working_day_from,
    working_day_until,
)
from kazna.population.draft import Draft
from kazna.population.people import NOBODY, People
from kazna.population.region import Happening

LATEST_REGISTRATION_DAYS = 20


@dataclass(frozen=True, slots=True)
class Month:
    """Days `[first, last]`, both inside, about a calendar month; at least one is a working day."""

    first: np.datetime64
    last: np.datetime64

    @property
    def years(self) -> float:
        return ((self.last - self.first).astype(int) + 1) / 365.25

    def some_days(self, rng: np.random.Generator, count: int) -> np.ndarray:
        return between(rng, np.full(count, self.first), np.full(count, self.last))

    def some_working_days(self, rng: np.random.Generator, count: int) -> np.ndarray:
        day = working_day_from(self.some_days(rng, count))
        return np.where(day > self.last, working_day_until(day - days(1)), day)

    def later(self, rng: np.random.Generator, day: np.ndarray, within: int) -> np.ndarray:
        """A day 1 to `within` days after, still in the month if it can be."""
        return np.minimum(day + days(rng.integers(1, within + 1, len(day))), self.last)


@dataclass(slots=True)
class State:
    """Columns as of the month being lived; `people` keeps its values of the start."""

    draft: Draft
    born_count: int  # people that exist so far
    alive: np.ndarray
    dies_on: np.ndarray  # FAR_AWAY while alive
    spouse: np.ndarray
    married_on: np.ndarray
    household: np.ndarray
    address: np.ndarray
    employer: np.ndarray
    unemployed_since: np.ndarray
    disability_group: np.ndarray
    disability_until: np.ndarray
    disability_cause: np.ndarray
    busy: np.ndarray = field(init=False)  # had a family event or a move this month
    birth_registered: np.ndarray = field(init=False)
    happenings: list[Happening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.busy = np.zeros(self.draft.room, dtype=bool)
        self.birth_registered = np.full(self.draft.room, np.datetime64("1900-01-01"))

    @property
    def people(self) -> People:
        return self.draft.people

    @property
    def end(self) -> np.datetime64:
        return np.datetime64(self.draft.end)

    def ages(self, on: np.datetime64) -> np.ndarray:
        """Whole years of everybody; -1 for those not born yet."""
        born = self.people.birth_date
        return np.where(np.isnat(born), -1, whole_years(born, on))

    def lives_past(self, who: np.ndarray, day: np.ndarray) -> np.ndarray:
        return (self.dies_on[who] > day) & (self.people.birth_date[who] < day)

    def single(self) -> np.ndarray:
        return self.spouse == NOBODY

    def register(
        self, rng: np.random.Generator, day: np.ndarray, lag: tuple[int, int]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Working days of registration, `lag` days later, at most twenty; and whether before the end."""
        wished = working_day_from(day + days(rng.integers(lag[0], lag[1] + 1, len(day))))
        registered = np.minimum(wished, working_day_until(day + days(LATEST_REGISTRATION_DAYS)))
        return registered, registered <= self.end

    def note(self, kind: str, day: Any, person: int, registered: Any, other: int | None = None, **details: Any) -> None:
        """Write one happening down."""
        happened, written = np.datetime64(day, "D").item(), np.datetime64(registered, "D").item()
        self.happenings.append(Happening(happened, kind, int(person), other, written, details))


def first_state(draft: Draft) -> State:
    people = draft.people
    return State(
        draft=draft,
        born_count=draft.count,
        alive=people.alive_at_start.copy(),
        dies_on=np.full(draft.room, FAR_AWAY),
        spouse=people.spouse.copy(),
        married_on=people.married_on.copy(),
        household=people.household.copy(),
        address=people.address.copy(),
        employer=people.employer.copy(),
        unemployed_since=people.unemployed_since.copy(),
        disability_group=people.disability_group.copy(),
        disability_until=people.disability_until.copy(),
        disability_cause=people.disability_cause.copy(),
    )
