"""Half-open periods of days and the calendar arithmetic that laws use."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Days `[start, end)`; `end` None means open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"period ends before it starts: {self.start}..{self.end}")

    @classmethod
    def inclusive(cls, first: date, last: date | None) -> Period:
        """From lawyers' «с … по …», both days inside."""
        return cls(first, None if last is None else last + timedelta(days=1))

    @property
    def last_day(self) -> date | None:
        return None if self.end is None else self.end - timedelta(days=1)

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


def full_years(born: date, on: date) -> int:
    """Whole years lived on a day; born on 29 February, one grows older on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_start(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after the one that holds `day`."""
    return add_months(day.replace(day=1), 1)


def month_end(day: date) -> date:
    return next_month(day) - timedelta(days=1)


def months_between(first: date, last: date) -> int:
    """Calendar months from the month of `first` to the month of `last`; 0 inside one month."""
    return (last.year - first.year) * 12 + last.month - first.month
