"""Money, days, moments and numbers as people read them, in the language of the request."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.utils import timezone, translation

from kazna.kernel.identifiers import format_snils
from kazna.kernel.money import NARROW_SPACE, roubles_and_kopecks

DASH = "—"
NO_KOPECKS = re.compile(r",00(?=[\u00a0\u202f ]₽)")
SHAPED = 8192  # a page shows the same days and numbers again and again, and Babel is dear


def money(kopecks: int | None) -> str:
    """«28 450,45 ₽»; whole roubles without kopecks: «17 733 ₽». A dash for None."""
    if kopecks is None:
        return DASH
    text = roubles_and_kopecks(kopecks)
    return text.replace(",00", "") if kopecks % 100 == 0 else text


def whole_roubles(text: Any) -> Any:
    """«положено 8 157,00 ₽» → «положено 8 157 ₽» inside a sentence; what is no plain text stays."""
    return NO_KOPECKS.sub("", text) if type(text) is str else text


def day(value: date | None) -> str:
    """«5 марта 2026» with no-break spaces, so that a date never splits between lines."""
    return DASH if value is None else _day(value, _language())


def short_day(value: date | None) -> str:
    """«05.03.2026» for tables."""
    return DASH if value is None else _short_day(value, _language())


def month(value: date | None) -> str:
    """«март 2026»."""
    return DASH if value is None else _month(value, _language())


def moment(value: datetime | None) -> str:
    """«5 марта 2026, 14:03» by Moscow time."""
    if value is None:
        return DASH
    local = timezone.localtime(value)
    return f"{day(local.date())}, {local:%H:%M}"


def days(first: date | None, last: date | None) -> str:
    """«с 5 марта 2026 по 4 марта 2027», «с 5 марта 2026 бессрочно»; both days inside."""
    gettext = translation.gettext
    if first is None:
        return DASH
    if last is None:
        return gettext("с %(first)s, срок не ограничен") % {"first": day(first)}
    return gettext("с %(first)s по %(last)s") % {"first": day(first), "last": day(last)}


def number(value: int | float | Fraction | None) -> str:
    """«12 345»; one decimal for fractions."""
    if value is None:
        return DASH
    return _number(value if isinstance(value, int) else round(float(value), 1), _language())


def snils(value: str | None) -> str:
    """«083-367-324 77»."""
    return format_snils(value).replace(" ", NARROW_SPACE) if value else DASH


def _language() -> str:
    return translation.get_language() or "ru"


@lru_cache(maxsize=SHAPED)
def _day(value: date, language: str) -> str:
    return format_date(value, "d MMMM y", locale=language).replace(" ", NARROW_SPACE)


@lru_cache(maxsize=SHAPED)
def _short_day(value: date, language: str) -> str:
    return format_date(value, "dd.MM.yyyy", locale=language)


@lru_cache(maxsize=SHAPED)
def _month(value: date, language: str) -> str:
    shaped = format_skeleton("yMMMM", value, locale=language)
    return shaped.replace(" г.", "").replace("\u00a0г.", "").replace("\u202fг.", "")


@lru_cache(maxsize=SHAPED)
def _number(value: int | float, language: str) -> str:
    return format_decimal(value, locale=language)


def parameter_value(row: Any, parameter: Any) -> str:
    """A dated value of the law: money in roubles, other numbers exactly, days as days."""
    value = row.value
    if isinstance(value, date):
        return day(value)
    if parameter.type.kind.name == "MONEY":
        return money(int(value))
    exact = Fraction(value)
    decimal = format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
    return decimal.replace(".", ",") if _language() == "ru" else decimal
