"""Calendar arithmetic on days between the first and the last there is; `never` stays `never`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlglot import exp

from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.dialects import Dialect
from kazna.rules.compile.sql.trees import DayPart, Part, Whole
from kazna.rules.compile.sql.values import FIRST_DAY, NEVER, Day, Number, whole_number, within
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.language.types import Kind, Type

MOST_DAYS = 4_000_000  # more than between the first day and the last
MOST_MONTHS = 130_000

End = Any  # a day or a whole number: a tree or a constant


class Calendar:
    """What each function computes on one bound of each argument."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.functions: dict[str, Callable[..., End]] = {
            "age": self._age,
            "add_days": self._add_days,
            "add_months": self._add_months,
            "add_years": lambda day, years: self._add_months(day, trees.multiplied(_short(years, 10_000), 12)),
            "months_between": self._months_between,
            "full_months": self._full_months,
            "days_between": lambda first, last: dialect.days_between(trees.day(first), trees.day(last)),
            "year": lambda day: _number(exp.Year, day),
            "month": lambda day: _number(exp.Month, day),
            "day": lambda day: _number(exp.Day, day),
            "month_start": self._month_start,
            "month_end": lambda day: exp.LastDay(this=trees.day(day)),
            "next_month": lambda day: self._later(self._month_start(day), 1),
            "date": self._date,
            "overlap_days": self._overlap_days,
        }

    def called(self, function: str, arguments: Sequence[Day | Number], kind: Type) -> Day | Number:
        """Bounds by the direction in which the function grows; without one, the type's own."""
        directions = FUNCTIONS[function][1]
        known = all(argument.exact and not _open(argument) for argument in arguments)
        if known or directions:
            ways = directions or (1,) * len(arguments)
            low = self._on(function, [_end(one, way < 0) for one, way in zip(arguments, ways, strict=True)])
            high = low
            if not known:
                high = self._on(function, [_end(one, way > 0) for one, way in zip(arguments, ways, strict=True)])
            return _made(kind, low, high)
        return self._if_known(function, arguments, kind)

    def _on(self, function: str, ends: Sequence[End]) -> End:
        if not any(isinstance(end, Part) for end in ends):
            return FUNCTIONS[function][0](*ends)
        return self.functions[function](*ends)

    def _if_known(self, function: str, arguments: Sequence[Day | Number], kind: Type) -> Day | Number:
        known = trees.both(*(argument.known for argument in arguments))
        exact = self._on(function, [_end(argument, False) for argument in arguments])
        if kind.kind is Kind.DATE:
            low: End = FIRST_DAY
            high: End = NEVER
        else:
            bounds = within(kind)
            low, high = bounds.low.top, bounds.high.top
        ends = [trees.case([(known, trees.tree(exact))], trees.tree(end)) for end in (low, high)]
        return _made(kind, ends[0], ends[1])

    def _age(self, born: DayPart, on: DayPart) -> Whole:
        later = trees.compared("<", _month_and_day(on), _month_and_day(born))
        return trees.subtracted(trees.subtracted(_year(on), _year(born)), trees.flag(later))

    def _months_between(self, first: DayPart, last: DayPart) -> Whole:
        return trees.subtracted(_months(last), _months(first))

    def _full_months(self, first: DayPart, last: DayPart) -> Whole:
        earlier = trees.compared("<", _day(last), _day(first))
        return trees.subtracted(self._months_between(first, last), trees.flag(earlier))

    def _month_start(self, day: DayPart) -> Part:
        back = trees.subtracted(1, _day(day))
        return self.dialect.add_days(trees.day(day), trees.number(back))

    def _later(self, day: Part, months: Whole) -> Part:
        found: Part = trees.least(self.dialect.add_months(day, trees.number(months)), NEVER)
        return found

    def _add_months(self, day: DayPart, months: Whole) -> DayPart:
        return self._moved(day, months, MOST_MONTHS, self.dialect.add_months)

    def _add_days(self, day: DayPart, days: Whole) -> DayPart:
        return self._moved(day, days, MOST_DAYS, self.dialect.add_days)

    def _moved(self, day: DayPart, by: Whole, most: int, move: Callable[[Part, Part], Part]) -> DayPart:
        """Past the last day is `never`, before the first is the first; the last day never moves."""
        if trees.same(day, NEVER):
            return NEVER
        moved = trees.greatest(trees.least(move(trees.day(day), trees.number(_short(by, most))), NEVER), FIRST_DAY)
        if not isinstance(day, Part):
            return trees.tree(moved)
        return trees.case([(trees.compared("=", day, NEVER), trees.day(NEVER))], trees.tree(moved))

    def _date(self, year: Whole, month: Whole, day: Whole) -> Part:
        parts = [trees.tree(trees.greatest(trees.least(part, most), 1)) for part, most in ((year, 9999), (month, 12))]
        whole = [trees.cast(part, trees.INT) for part in (*parts, trees.number(1))]
        first = exp.Anonymous(this="make_date", expressions=whole)
        ahead = trees.subtracted(trees.greatest(trees.least(day, 31), 1), 1)
        moved = self.dialect.add_days(first, trees.number(ahead))
        found: Part = trees.least(moved, exp.LastDay(this=first))
        return found

    def _overlap_days(self, first: DayPart, last: DayPart, other_first: DayPart, other_last: DayPart) -> Whole:
        start, end = trees.greatest(first, other_first), trees.least(last, other_last)
        days = self.dialect.days_between(trees.tree(start), trees.tree(end))
        found: Whole = trees.greatest(trees.added(days, 1), 0)
        return found


def _short(count: Whole, most: int) -> Whole:
    """Within what moves any day past either end of the calendar."""
    found: Whole = trees.greatest(trees.least(count, most), -most)
    return found


def _number(kind: Any, day: DayPart) -> Whole:
    return trees.cast(kind(this=trees.day(day)), trees.BIGINT)


def _year(day: DayPart) -> Whole:
    return day.year if isinstance(day, date) else _number(exp.Year, day)


def _day(day: DayPart) -> Whole:
    return day.day if isinstance(day, date) else _number(exp.Day, day)


def _months(day: DayPart) -> Whole:
    if isinstance(day, date):
        return day.year * 12 + day.month - 1
    return trees.added(trees.multiplied(_year(day), 12), trees.subtracted(_number(exp.Month, day), 1))


def month_number(day: DayPart) -> Whole:
    return _months(day)


def _month_and_day(day: DayPart) -> Whole:
    if isinstance(day, date):
        return day.month * 100 + day.day
    return trees.added(trees.multiplied(_number(exp.Month, day), 100), _day(day))


def _open(argument: Day | Number) -> bool:
    return isinstance(argument, Number) and argument.open


def _end(argument: Day | Number, upper: bool) -> End:
    """The bound on one side; a number without it lies as far as moves any day past the calendar."""
    if isinstance(argument, Day):
        return argument.high if upper else argument.low
    bound = argument.high if upper else argument.low
    if not bound.open:
        return bound.top
    far = MOST_DAYS if upper else -MOST_DAYS
    return trees.coalesce(trees.tree(bound.top), trees.number(far))


def _made(kind: Type, low: End, high: End) -> Day | Number:
    return Day(low, high) if kind.kind is Kind.DATE else whole_number(low, high, kind)
