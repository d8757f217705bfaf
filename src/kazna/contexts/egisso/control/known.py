"""What the control compares a package with: classifiers, measures, bodies, points, and what was recorded before.

It is plain data, so that the same control runs in the intake over the database, in a worker process of a mass check
and on a laptop that has no database at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

Day = str  # "2025-03-14": days of messages are compared as they are written


@dataclass(slots=True)
class Classifiers:
    """Codes in force on a day. `whole_oktmo` False: only regions are known, and a code is known by its region."""

    parts: frozenset[str] = frozenset()
    msz: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    funding: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    periodicity: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()
    oktmo: frozenset[str] = frozenset()
    whole_oktmo: bool = False
    rules: frozenset[str] = frozenset()  # full codes: measure.category.level.funds.form.section
    pairs: frozenset[tuple[str, str]] = frozenset()  # measure and category that stand together in some rule
    version: str = ""

    def knows_oktmo(self, code: str) -> bool:
        return code in self.oktmo if self.whole_oktmo else code[:2] in self.oktmo


@dataclass(slots=True)
class KnownMeasure:
    """A local measure: its period (inclusive, "" is open), form, and the criteria of each local category."""

    first_day: Day
    last_day: Day
    form: str = ""
    categories: dict[str, frozenset[str]] = field(default_factory=dict)
    msz: str = ""
    level: str = ""
    periodicity: str = ""
    title: str = ""
    provider: str = ""  # who keeps its card, "" when the law does or it is not known

    def is_in_force(self, day: Day) -> bool:
        return self.first_day <= day and (not self.last_day or day <= self.last_day)

    def criteria(self, category: str) -> frozenset[str]:
        if category in self.categories:
            return self.categories[category]
        return frozenset().union(*self.categories.values())


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact recorded before: who sent it and whether it may still be changed."""

    provider: str
    state: str  # active, ended, invalidated, deleted
    first_day: Day = ""


class Recorded(Protocol):
    """What was recorded before this package; each question is one query for many ids."""

    def facts(self, ids: Iterable[str]) -> dict[str, KnownFact]: ...
    def taken(self, ids: Iterable[str]) -> set[str]: ...
    def points(self, ids: Iterable[str]) -> set[str]: ...
    def rights(self, ids: Iterable[str]) -> set[str]: ...
    def minima(self) -> dict[tuple[str, str, str], str]: ...
    def package(self, package_id: str) -> str | None: ...


class NothingRecorded:
    """An empty register."""

    def facts(self, ids: Iterable[str]) -> dict[str, KnownFact]:
        return {}

    def taken(self, ids: Iterable[str]) -> set[str]:
        return set()

    def points(self, ids: Iterable[str]) -> set[str]:
        return set()

    def rights(self, ids: Iterable[str]) -> set[str]:
        return set()

    def minima(self) -> dict[tuple[str, str, str], str]:
        return {}

    def package(self, package_id: str) -> str | None:
        return None


@dataclass(slots=True)
class Known:
    """Everything the control compares with on a day. `bodies` empty: the register of participants is not loaded."""

    on: Day
    classifiers: Classifiers
    measures: dict[str, KnownMeasure]
    bodies: dict[str, str] = field(default_factory=dict)  # code → id of its main presence point, "" if none
    succeeds: dict[str, frozenset[str]] = field(default_factory=dict)  # code → codes of those it answers for
    recorded: Recorded = field(default_factory=NothingRecorded)
    knows_facts: bool = True  # False: what was recorded is not looked at, so references to it are not judged

    def may_change(self, provider: str, owner: str, named: str) -> bool:
        """Whether a sender may change what `owner` sent: its own, or that of the predecessor it names and succeeds.

        Where the participants are not loaded, a named predecessor is taken at its word.
        """
        if not owner or not provider or owner == provider:
            return True
        return named == owner and (not self.bodies or owner in self.succeeds.get(provider, ()))
