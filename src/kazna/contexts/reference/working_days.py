"""The production calendar: which days are working ones (Трудовой кодекс РФ, статьи 111 и 112)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from kazna.contexts.reference.classifiers import rows
from kazna.kernel.errors import DomainError

DAY_OFF = {"holiday_weekday", "nonworking_paid"}
WORKING_WEEKEND = {"working_weekend", "preholiday_short_working_weekend"}
SATURDAY = 5


class CalendarUnknown(DomainError):
    sentence = "Производственный календарь на {year} год не загружен; положите новый файл в formats/classifiers."


@cache
def _exceptions() -> dict[date, str]:
    return {date.fromisoformat(row["date"]): row["kind"] for row in rows("production_calendar")}


@cache
def _years() -> frozenset[int]:
    return frozenset(day.year for day in _exceptions())


def is_working_day(day: date) -> bool:
    if day.year not in _years():
        raise CalendarUnknown(year=day.year)
    kind = _exceptions().get(day)
    if kind in DAY_OFF:
        return False
    return day.weekday() < SATURDAY or kind in WORKING_WEEKEND


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`; a negative count goes back; 0 is `day` itself."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_day_from(day: date) -> date:
    """The day itself when it is a working one, else the next that is."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_until(day: date) -> date:
    """The day itself when it is a working one, else the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
