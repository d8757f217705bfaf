"""Calendar arithmetic on arrays of day ordinals: the same answers as `evaluate.functions`, by look-up tables."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np

from kazna.rules.compile.frame import Array

NEVER = date.max.toordinal()
FIRST = date.min.toordinal()
FIRST_MONTH, LAST_MONTH = 12, 9999 * 12 + 11
YEAR_ONE = np.datetime64("0001-01-01", "D")


@cache
def _months() -> tuple[Array, Array]:
    """First day of each month by its number (year * 12 + month - 1), and each day's month number."""
    starts = (np.arange(LAST_MONTH - FIRST_MONTH + 2) - (1970 * 12 - FIRST_MONTH)).astype("datetime64[M]")
    ordinals = (starts.astype("datetime64[D]") - YEAR_ONE).astype(np.int64) + FIRST
    first = np.zeros(LAST_MONTH + 2, dtype=np.int32)
    first[FIRST_MONTH:] = ordinals
    of_day = np.zeros(NEVER + 1, dtype=np.int32)
    of_day[FIRST:] = np.repeat(np.arange(FIRST_MONTH, LAST_MONTH + 1, dtype=np.int32), np.diff(ordinals))
    return first, of_day


def month_number(day: Any) -> Any:
    return _months()[1][day]


def first_day(month: Any) -> Any:
    return _months()[0][month]


def day_of_month(day: Any) -> Any:
    return day - first_day(month_number(day)) + 1


def year(day: Any) -> Any:
    return month_number(day) // 12


def month(day: Any) -> Any:
    return month_number(day) % 12 + 1


def add_days(day: Any, days: Any) -> Any:
    moved = np.clip(np.asarray(day, dtype=np.int64) + days, FIRST, NEVER)
    return np.where(day == np.int32(NEVER), NEVER, moved).astype(np.int32)


def add_months(day: Any, months: Any) -> Any:
    number = np.asarray(month_number(day), dtype=np.int64) + months
    inside = np.clip(number, FIRST_MONTH, LAST_MONTH)
    start = first_day(inside)
    moved = start + np.minimum(day_of_month(day), first_day(inside + 1) - start) - 1
    moved = np.where(number > LAST_MONTH, NEVER, np.where(number < FIRST_MONTH, FIRST, moved))
    return np.where(np.asarray(day) == NEVER, NEVER, moved).astype(np.int32)


def add_years(day: Any, years: Any) -> Any:
    return add_months(day, 12 * years)


def months_between(first: Any, last: Any) -> Any:
    return np.asarray(month_number(last), dtype=np.int64) - month_number(first)


def full_months(first: Any, last: Any) -> Any:
    return months_between(first, last) - (day_of_month(last) < day_of_month(first))


def full_years(born: Any, on: Any) -> Any:
    """29 February counts from 1 March in common years."""
    return full_months(born, on) // 12


def days_between(first: Any, last: Any) -> Any:
    return np.asarray(last, dtype=np.int64) - first


def month_start(day: Any) -> Any:
    return first_day(month_number(day))


def next_month(day: Any) -> Any:
    number = month_number(day)
    return np.where(number >= LAST_MONTH, NEVER, first_day(np.minimum(number + 1, LAST_MONTH))).astype(np.int32)


def month_end(day: Any) -> Any:
    number = month_number(day)
    return (first_day(number + 1) - 1).astype(np.int32)


def make_date(years: Any, months: Any, days: Any) -> Any:
    number = np.clip(years, 1, 9999) * 12 + np.clip(months, 1, 12) - 1
    start = np.asarray(first_day(number), dtype=np.int64)
    return np.minimum(start + np.maximum(days, 1) - 1, first_day(number + 1) - 1).astype(np.int32)


def overlap_days(from1: Any, to1: Any, from2: Any, to2: Any) -> Any:
    """Days in both periods, ends included."""
    last = np.asarray(np.minimum(to1, to2), dtype=np.int64)
    return np.maximum(last - np.maximum(from1, from2) + 1, 0)
