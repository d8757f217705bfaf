"""What the functions of the language compute on known values, and how they grow with each argument.

`(function, directions)`: +1 the result never falls when the argument grows, -1 it never rises; empty when
neither holds. The last direction repeats. `never` stays `never` under date arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from kazna.kernel import periods
from kazna.kernel.money import round_half_up as half_up

NEVER = date.max


def add_days(day: date, days: int) -> date:
    if day == NEVER:
        return NEVER
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return NEVER if days > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day when it is shorter."""
    if day == NEVER:
        return NEVER
    try:
        return periods.add_months(day, months)
    except (ValueError, OverflowError):
        return NEVER if months > 0 else date.min


def add_years(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def full_months(first: date, last: date) -> int:
    """Whole months passed from `first` to `last`; the same day of a later month completes a month."""
    return periods.months_between(first, last) - (last.day < first.day)


def days_between(first: date, last: date) -> int:
    return (last - first).days


def overlap_days(first: date, last: date, other_first: date, other_last: date) -> int:
    """Days in both periods, all ends inclusive; 0 when they are apart or one of them is empty."""
    return max(0, (min(last, other_last) - max(first, other_first)).days + 1)


def next_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) if day != NEVER else NEVER


def month_end(day: date) -> date:
    return add_days(next_month(day), -1) if day != NEVER else NEVER


def make_date(year: int, month: int, day: int) -> date:
    """The day, moved into the calendar: month 1..12, day not past the end of the month."""
    first = date(min(max(year, 1), 9999), min(max(month, 1), 12), 1)
    return min(add_days(first, max(day, 1) - 1), month_end(first))


def round_half_up(value: int | Fraction, step: int) -> int:
    """The nearest multiple of `step` kopecks, halves away from zero."""
    return half_up(Fraction(value) / step) * step


def round_down(value: int | Fraction, step: int) -> int:
    return floor(Fraction(value) / step) * step


def round_up(value: int | Fraction, step: int) -> int:
    return -floor(-Fraction(value) / step) * step


FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    "age": (periods.full_years, (-1, 1)),
    "add_days": (add_days, (1, 1)),
    "add_months": (add_months, (1, 1)),
    "add_years": (add_years, (1, 1)),
    "months_between": (periods.months_between, (-1, 1)),
    "full_months": (full_months, (-1, 1)),
    "days_between": (days_between, (-1, 1)),
    "year": (lambda day: day.year, (1,)),
    "month": (lambda day: day.month, ()),
    "day": (lambda day: day.day, ()),
    "month_start": (periods.month_start, (1,)),
    "month_end": (month_end, (1,)),
    "next_month": (next_month, (1,)),
    "date": (make_date, ()),
    "earliest": (min, (1,)),
    "latest": (max, (1,)),
    "min": (min, (1,)),
    "max": (max, (1,)),
    "round_half_up": (round_half_up, (1, 1)),
    "round_down": (round_down, (1, 1)),
    "round_up": (round_up, (1, 1)),
    "overlap_days": (overlap_days, (-1, 1, -1, 1)),
    "floor": (floor, (1,)),
}
