"""Working days: five days a week, except the dates that the yearly calendar of the government names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class OutsideCalendar(Exception):
    """The answer needs a year that the calendar does not describe."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(year)


class Calendar:
    """`days_off` and `working_weekends`: year → its dated exceptions; a year with neither is not described."""

    def __init__(
        self,
        days_off: Mapping[int, frozenset[date]] | None = None,
        working_weekends: Mapping[int, frozenset[date]] | None = None,
    ) -> None:
        self.days_off = dict(days_off or {})
        self.working_weekends = dict(working_weekends or {})

    @property
    def years(self) -> frozenset[int]:
        return frozenset(self.days_off)

    def is_working(self, day: date) -> bool:
        """Raises OutsideCalendar."""
        if day.year not in self.days_off:
            raise OutsideCalendar(day.year)
        if day.weekday() >= SATURDAY:
            return day in self.working_weekends.get(day.year, ())
        return day not in self.days_off[day.year]

    @cached_property
    def working(self) -> list[date]:
        """Every working day of the described years, in order."""
        found = []
        for year in sorted(self.years):
            day = date(year, 1, 1)
            while day.year == year:
                if self.is_working(day):
                    found.append(day)
                day += ONE_DAY
        return found

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day` (before it when negative); 0 is `day` itself.

        Raises OutsideCalendar when a year on the way is not described.
        """
        if count == 0:
            return day
        place = bisect_right(self.working, day) + count - 1 if count > 0 else bisect_left(self.working, day) + count
        end = self.working[place] if 0 <= place < len(self.working) else None
        if end is None:
            self._check(day, day)
            edge = max(self.years) + 1 if count > 0 else min(self.years) - 1
            raise OutsideCalendar(edge)
        self._check(min(day, end), max(day, end))
        return end

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to `last`, that one included; negative when `last` is before `first`.

        Raises OutsideCalendar.
        """
        self._check(min(first, last), max(first, last))
        if first <= last:
            return bisect_right(self.working, last) - bisect_right(self.working, first)
        return bisect_left(self.working, last) - bisect_left(self.working, first)

    def _check(self, first: date, last: date) -> None:
        for year in range(first.year, last.year + 1):
            if year not in self.days_off:
                raise OutsideCalendar(year)
