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
GLUED = re.compile(  # with what follows
    r"(?<![\w.])(?:№|г\.|ул\.|д\.|кв\.|ст\.|п\.) (?=[\dА-ЯЁA-Z%])|(?<=\d) (?=\d{3}(?!\d))"
)
MINUTE, HOUR, DAY = 60, 3600, 86_400
SHAPED = 8192  # a page shows the same days and numbers again and again, and Babel is dear


def money(kopecks: int | None) -> str:
    """«28 450,45 ₽», in English «28,450.45 ₽»; whole roubles without kopecks: «17 733 ₽». A dash for None."""
    if kopecks is None:
        return DASH
    text = roubles_and_kopecks(kopecks)
    text = text.replace(",00", "") if kopecks % 100 == 0 else text
    return text if _language() == "ru" else _in_english(text)


def _in_english(text: str) -> str:
    sum_told, _space, sign = text.rpartition(NARROW_SPACE)
    return sum_told.replace(",", ".").replace(NARROW_SPACE, ",") + NARROW_SPACE + sign


def large_money(kopecks: int) -> str:
    """A headline: whole roubles below ten million, then «12,4 млн ₽», «1,24 трлн ₽»; exact sums stand in the table."""
    gettext = translation.gettext
    for size, shaped in (
        (10**12, gettext("%s трлн ₽")), (10**9, gettext("%s млрд ₽")), (10**6, gettext("%s млн ₽"))
    ):  # fmt: skip
        if abs(kopecks) >= max(size, 10**7) * 100:
            whole = Fraction(kopecks, 100 * size)
            told = round(float(whole), max(0, 2 - len(str(int(abs(whole)))) + 1))
            return shaped.replace(" ", NARROW_SPACE) % format_decimal(told, locale=_language())
    return money(round(Fraction(kopecks, 100)) * 100)


def glued(text: str) -> str:
    """«№ 5», «г. Москва» and «12 513,75» never part between lines."""
    return GLUED.sub(lambda found: found[0].replace(" ", NARROW_SPACE), text)


def typeset(text: Any) -> Any:
    """A sentence of the law or of an agency: «8 157,00 ₽» → «8 157 ₽», «№ 81-ФЗ» and «д. 12» never split between lines.

    What is no plain text stays.
    """
    return _typeset(text) if type(text) is str else text


def took(seconds: float | None) -> str:
    """«0,4 с», «12 мин», «5 ч», «636 дн.»: how long something has lasted, in one unit."""
    if seconds is None:
        return DASH
    gettext = translation.gettext
    for size, shaped in ((DAY, gettext("%s дн.")), (HOUR, gettext("%s ч")), (MINUTE, gettext("%s мин"))):
        if seconds >= 2 * size:
            return shaped.replace(" ", NARROW_SPACE) % number(int(seconds // size))
    return gettext("%s с").replace(" ", NARROW_SPACE) % number(float(seconds))


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


def iso_day(value: str | date | None) -> str:
    """A day kept as «2026-03-05» among the terms of an act, said as «5 марта 2026»; what is no day as it is."""
    if not value or isinstance(value, date):
        return day(value or None)
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def snils(value: str | None) -> str:
    """«083-367-324 77»."""
    return format_snils(value).replace(" ", NARROW_SPACE) if value else DASH


def _language() -> str:
    return translation.get_language() or "ru"


@lru_cache(maxsize=SHAPED)
def _typeset(text: str) -> str:
    return glued(NO_KOPECKS.sub("", text))


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
