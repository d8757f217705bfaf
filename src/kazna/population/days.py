"""Calendar arithmetic on columns of days, and the working days of offices."""

from __future__ import annotations

from functools import cache

import numpy as np

from kazna.population.tables import rows

DAY = np.timedelta64(1, "D")
FAR_AWAY = np.datetime64("2999-12-31")
YEAR_DAYS = 365.2425


def days(count: object) -> np.ndarray:
    """Whole days of numbers, fractions dropped."""
    return np.asarray(count).astype("timedelta64[D]")


def whole_years(born: np.ndarray, on: np.ndarray | np.datetime64) -> np.ndarray:
    """Full years lived on a day; negative before the birth."""
    months = on.astype("datetime64[M]").astype(int) - born.astype("datetime64[M]").astype(int)
    return (months - (day_of_month(on) < day_of_month(born))) // 12


def day_of_month(day: np.ndarray | np.datetime64) -> np.ndarray:
    return (day - day.astype("datetime64[M]")).astype(int) + 1


def plus_months(day: np.ndarray, months: object) -> np.ndarray:
    """The same day of a later month, or that month's last day when it is shorter."""
    month = day.astype("datetime64[M]") + np.asarray(months).astype("timedelta64[M]")
    last = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - DAY
    return np.minimum(month.astype("datetime64[D]") + days(day_of_month(day) - 1), last)


def between(rng: np.random.Generator, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """A day of `[first, last]`, each equally likely."""
    span = (last - first).astype(int) + 1
    return first + days(np.floor(rng.random(np.shape(span)) * span))


@cache
def working_days() -> np.ndarray:
    """Every working day of 2020–2035, ascending; years without a published calendar have only weekends."""
    all_days = np.arange("2020-01-01", "2036-01-01", dtype="datetime64[D]")
    is_working = np.is_busday(all_days)
    for row in rows("production_calendar"):
        place = (np.datetime64(row["date"]) - all_days[0]).astype(int)
        is_working[place] = row["kind"] != "holiday_weekday"
    return all_days[is_working]


def working_day_from(day: np.ndarray) -> np.ndarray:
    """The day itself, or the next working one."""
    calendar = working_days()
    return calendar[np.searchsorted(calendar, day)]


def working_day_until(day: np.ndarray) -> np.ndarray:
    """The day itself, or the last working one before it."""
    calendar = working_days()
    return calendar[np.searchsorted(calendar, day, side="right") - 1]
