"""An amount for each calendar month, as far as the months are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTH = re.compile(r"(\d{4})-(\d\d)")
MOST_MONTHS = 1200  # a hundred years: nobody has more


@dataclass(frozen=True, slots=True)
class Series:
    """`months`: kopecks of consecutive months, None where unknown. `first`: year * 12 + month - 1 of the first.

    `rest_zero`: all other months are known to be zero; else they are unknown.
    """

    first: int
    months: tuple[int | None, ...]
    rest_zero: bool = False

    def amount(self, month: int) -> int | None:
        """Kopecks of a month (numbered as `first`); None when unknown."""
        place = month - self.first
        if 0 <= place < len(self.months):
            return self.months[place]
        return 0 if self.rest_zero else None

    def plain(self) -> dict[str, Any]:
        """As JSON: `{"from": "2025-01", "months": [4200000, null], "rest": 0}`."""
        year, month = divmod(self.first, 12)
        rest = 0 if self.rest_zero else None
        return {"from": f"{year:04d}-{month + 1:02d}", "months": list(self.months), "rest": rest}


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def read_month(text: object) -> int | None:
    """«2025-01» as a number of month; None when it is no month."""
    found = MONTH.fullmatch(text) if isinstance(text, str) else None
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        return None
    return int(found[1]) * 12 + int(found[2]) - 1


def series_of(value: object) -> Series | None:
    """A Series, or the same as `Series.plain` writes it; None when the value is neither."""
    if isinstance(value, Series):
        return value
    if not isinstance(value, Mapping) or not set(value) <= {"from", "months", "rest"}:
        return None
    first, months, rest = read_month(value.get("from")), value.get("months"), value.get("rest")
    if first is None or not isinstance(months, (list, tuple)) or len(months) > MOST_MONTHS or rest not in (0, None):
        return None
    if any(isinstance(amount, bool) or not isinstance(amount, (int, type(None))) for amount in months):
        return None
    return Series(first, tuple(months), rest is not None)
