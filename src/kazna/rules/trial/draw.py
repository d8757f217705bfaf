"""Draw columns of random values: dense around the hints, with a share of anything the type allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np

from kazna.rules.compile.frame import Array
from kazna.rules.compile.planes import calendar
from kazna.rules.language.types import Kind, Type
from kazna.rules.trial.hints import Hints

LEAP_DAYS = [date(year, 2, 29).toordinal() for year in range(1936, 2028, 4)]
NEAR = np.array([-31, -1, 0, 0, 1, 30])


class Draws:
    """Random codes of a column (see `compile.frame`) for a day of determination."""

    def __init__(self, rng: np.random.Generator, hints: Hints, today: date) -> None:
        self._rng, self._hints, self._today = rng, hints, today.toordinal()

    @property
    def month(self) -> int:
        """The month of the day, numbered as series number them."""
        return int(calendar.month_number(self._today))

    def column(self, kind: Type, size: int) -> Array:
        if kind.kind is Kind.BOOL:
            return np.asarray(self._rng.random(size) < 0.5)
        if kind.kind is Kind.TEXT:
            return self._rng.integers(0, len(kind.values), size).astype(np.int32)
        if kind.kind is Kind.DATE:
            return self._days(size).astype(np.int32)
        return self._numbers(kind, size)

    def _days(self, size: int) -> Array:
        rng = self._rng
        years = self._among(sorted({*self._hints.counts, *range(0, 90, 3)} & set(range(0, 110))), size)
        months = self._among(sorted({*self._hints.counts, 1, 6, 12} & set(range(0, 240))), size)
        aged = calendar.add_years(np.full(size, self._today, dtype=np.int32), -years)
        moved = calendar.add_months(np.full(size, self._today, dtype=np.int32), months * rng.choice([-1, 1], size))
        law = self._among(sorted(day.toordinal() for day in self._hints.days), size)
        leap = self._among(LEAP_DAYS, size)
        any_day = rng.integers(date(1920, 1, 1).toordinal(), date(2032, 1, 1).toordinal(), size)
        far = self._among([date.max.toordinal(), date.min.toordinal(), date(1900, 1, 1).toordinal()], size)
        ways = rng.choice(6, size, p=[0.35, 0.25, 0.15, 0.05, 0.19, 0.01])
        days = np.choose(ways, [aged, moved, law, leap, any_day, far]).astype(np.int64)
        near = np.where(ways < 3, self._among(NEAR, size), 0)
        return np.clip(days + near, 1, calendar.NEVER)

    def _numbers(self, kind: Type, size: int) -> Array:
        rng, hints = self._rng, self._hints
        low, high = int(kind.lo * kind.parts), int(kind.hi * kind.parts)
        if kind.kind is Kind.MONEY:
            marks = self._among(sorted({0, *hints.money}), size)
            marks = marks * rng.choice([1, 1, 1, 2, 3, 12, 36], size) // rng.choice([1, 1, 1, 2, 12], size)
        else:
            exact = {int(Fraction(value) * kind.parts) for value in hints.counts | hints.rates}
            marks = self._among(sorted(value for value in {low, high, *exact} if abs(value) < 2**60), size)
        marks = marks + rng.choice([-1, 0, 0, 1], size)
        usual = min(high, max(low, 40 * kind.parts if kind.kind is not Kind.MONEY else 10_000_000))
        spread = rng.integers(low, usual, size, endpoint=True)
        edge = self._among([low, high, max(low, min(high, 0))], size)
        ways = rng.choice(3, size, p=[0.6, 0.3, 0.1])
        return np.asarray(np.clip(np.choose(ways, [marks, spread, edge]), low, high), dtype=np.int64)

    def _among(self, values: Sequence[int] | Array, size: int) -> Array:
        choice = np.asarray(values if len(values) else [0], dtype=np.int64)
        found: Array = choice[self._rng.integers(0, len(choice), size)]
        return found
