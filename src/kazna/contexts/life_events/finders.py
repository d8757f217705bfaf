"""The ways an event can be found: a small closed set of shapes, filled from law/life_events.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kazna.contexts.registers.contracts import Fact
from kazna.kernel.periods import add_months

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FactFinder:
    """A recorded fact of a kind is the event."""

    kind: str
    when: Mapping[str, Any] = field(default_factory=dict)
    open: bool = False
    ended: bool = False
    happened: str = "first_day"

    def finds(self, fact: Fact, others: Sequence[Fact]) -> bool:
        """`others`: current facts of the same kind about the same person; this shape does not need them."""
        if (self.open and fact.valid_to is not None) or (self.ended and fact.valid_to is None):
            return False
        return all(_meets(fact.value.get(name), wanted) for name, wanted in self.when.items())

    def day(self, fact: Fact) -> date:
        if self.happened == "last_day" and fact.valid_to:
            return fact.valid_to - DAY
        return fact.valid_from


@dataclass(frozen=True, slots=True)
class ChangeFinder:
    """A fact that differs from the one before it: `which` is first, changed or same_or_first."""

    kind: str
    compare: str
    which: str
    when: Mapping[str, Any] = field(default_factory=dict)

    def finds(self, fact: Fact, others: Sequence[Fact]) -> bool:
        if not all(_meets(fact.value.get(name), wanted) for name, wanted in self.when.items()):
            return False
        earlier = [other for other in others if other.valid_from < fact.valid_from]
        before = max(earlier, key=lambda other: (other.valid_from, other.seq), default=None)
        has_changed = before is not None and before.value.get(self.compare) != fact.value.get(self.compare)
        if self.which == "first":
            return before is None
        return has_changed == (self.which == "changed")

    def day(self, fact: Fact) -> date:
        return fact.valid_from


@dataclass(frozen=True, slots=True)
class AgeFinder:
    """A living person reaches an age, in months by sex and birth date; found `days_before` ahead."""

    ages: Mapping[str, Sequence[AgeBand]]
    days_before: int = 0

    def births(self, sex: str, day: date) -> list[date]:
        """Birth dates of people of the sex who reach the age on the day."""
        found = set()
        for band in self.ages[sex]:
            middle = add_months(day, -band.months)
            around = (middle + DAY * shift for shift in range(-3, 4))
            found |= {born for born in around if band.holds(born) and add_months(born, band.months) == day}
        return sorted(found)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """An age in months for those born in `[born_from, born_below)`; None is open."""

    months: int
    born_from: date | None = None
    born_below: date | None = None

    def holds(self, born: date) -> bool:
        is_late_enough = self.born_from is None or self.born_from <= born
        return is_late_enough and (self.born_below is None or born < self.born_below)


@dataclass(frozen=True, slots=True)
class TermFinder:
    """A fact of a kind ends and no other of its kind goes on; found `days_before` ahead."""

    kind: str
    days_before: int = 0

    def finds(self, fact: Fact, others: Sequence[Fact]) -> bool:
        end = fact.valid_to
        return end is not None and not any(other.holds_on(end) for other in others)


Finder = FactFinder | ChangeFinder | AgeFinder | TermFinder


def _meets(value: Any, wanted: Any) -> bool:
    """`wanted`: a value, {at_least: n}, {other_than: x}, {one_of: […]} or `absent`, which a missing key meets."""
    if wanted == "absent":
        return value is None
    if isinstance(wanted, dict) and "other_than" in wanted:
        return value is not None and bool(value != wanted["other_than"])
    if isinstance(wanted, dict) and "one_of" in wanted:
        return value in wanted["one_of"]
    if isinstance(wanted, dict):
        return value is not None and value >= wanted["at_least"]
    return bool(value == wanted)
