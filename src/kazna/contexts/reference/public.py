"""The door of `reference`: the working calendar and classifiers, read from dated files."""

from __future__ import annotations

from datetime import date

from kazna.contexts.reference import classifiers, working_days
from kazna.contexts.reference.working_days import CalendarUnknown

__all__ = [
    "CalendarUnknown",
    "add_working_days",
    "country_name",
    "document_name",
    "is_working_day",
    "region_name",
    "working_day_from",
    "working_day_until",
]


def is_working_day(day: date) -> bool:
    """By the production calendar, with moved and paid days off. Raises CalendarUnknown outside 2011–2027."""
    return working_days.is_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it when negative); the day itself does not count.

    Law: a term in working days starts on the next day (Гражданский кодекс РФ, статья 191). Raises CalendarUnknown.
    """
    return working_days.add_working_days(day, count)


def working_day_from(day: date) -> date:
    """The day itself or the next working day: a term that ends on a day off moves on (статья 193)."""
    return working_days.working_day_from(day)


def working_day_until(day: date) -> date:
    """The day itself or the last working day before it: money due on a day off is paid the day before."""
    return working_days.working_day_until(day)


def region_name(code: str) -> str:
    """«77» → «Москва»; an unknown code is returned as it is."""
    return classifiers.names("regions").get(code, code)


def country_name(oksm: str) -> str:
    """«643» → «РОССИЯ», as the classifier writes it; an unknown code is returned as it is."""
    return classifiers.names("oksm").get(oksm, oksm)


def document_name(code: str) -> str:
    """«21» → «Паспорт гражданина Российской Федерации»; an unknown code is returned as it is."""
    return classifiers.names("document_types").get(code, code)
