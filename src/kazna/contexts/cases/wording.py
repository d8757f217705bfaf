"""Days, terms and sums as decisions and notices write them."""

from __future__ import annotations

from datetime import date

from kazna.kernel.money import roubles_and_kopecks

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip

NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def month_of(day: date) -> str:
    """«март 2025 года»"""
    return f"{NAMES[day.month - 1]} {day.year} года"


def long_day(day: date) -> str:
    """«4 марта 2025 года»"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"


def term(first_day: date | None, last_day: date | None, period: str) -> str:
    """«с 4 марта 2025 года по 31 июля 2026 года», «с …, бессрочно»; for a single payment an empty string."""
    if first_day is None or period == "once":
        return ""
    return f"с {long_day(first_day)}" + (f" по {long_day(last_day)}" if last_day else ", бессрочно")


def sum_of(amount_kopecks: int, period: str) -> str:
    """«26 941,71 ₽ единовременно» or «… в месяц»."""
    return f"{roubles_and_kopecks(amount_kopecks)} {'в месяц' if period == 'month' else 'единовременно'}"
