"""The production calendar: which days are working ones (Трудовой кодекс РФ, статьи 111 и 112)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kazna.contexts.reference.classifiers import rows_of
from kazna.contexts.reference.editions import Edition, editions
from kazna.kernel.errors import DomainError

DAY_OFF = {"holiday_weekday", "nonworking_paid"}
WORKING_WEEKEND = {"working_weekend", "preholiday_short_working_weekend"}
SATURDAY = 5


class CalendarUnknown(DomainError):
    sentence = "Производственный календарь на {year} год не загружен; загрузите его: kazna reference load."


@lru_cache(maxsize=4)
def _exceptions(shelf: tuple[Edition, ...]) -> tuple[dict[date, str], frozenset[int]]:
    """What kind each unusual day is, and the years told about; a later edition replaces the years it tells."""
    kinds: dict[date, str] = {}
    for edition in shelf:
        told = {date.fromisoformat(row["date"]): row["kind"] for row in rows_of(edition)}
        years = {day.year for day in told}
        kinds = {day: kind for day, kind in kinds.items() if day.year not in years} | told
    return kinds, frozenset(day.year for day in kinds)


def is_working_day(day: date) -> bool:
    return _works(editions("production_calendar"), day)


def _works(shelf: tuple[Edition, ...], day: date) -> bool:
    kinds, years = _exceptions(shelf)
    if day.year not in years:
        raise CalendarUnknown(year=day.year)
    kind = kinds.get(day)
    if kind in DAY_OFF:
        return False
    return day.weekday() < SATURDAY or kind in WORKING_WEEKEND


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after `day`; a negative count goes back; 0 is `day` itself."""
    return _added(editions("production_calendar"), day, count)


@lru_cache(maxsize=4096)
def _added(shelf: tuple[Edition, ...], day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= _works(shelf, day)
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
