"""Working days for a block: positions in the list of working days of the yearly calendars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from kazna.rules.compile.frame import Array
from kazna.rules.compile.planes import calendar
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.lookups import ANY_DAY
from kazna.rules.compile.planes.values import Number, any_wild
from kazna.rules.evaluate.calendar import Calendar
from kazna.rules.language.types import Kind


@lru_cache(maxsize=8)
def _tables(days: Calendar) -> tuple[Array, Array]:
    """Ordinals of working days; for each year how many undescribed years came before it."""
    described = np.zeros(10_001, dtype=np.int64)
    described[sorted(days.years)] = 1
    return np.array([day.toordinal() for day in days.working], dtype=np.int64), np.cumsum(1 - described)


def working_days(op: Op, args: Sequence[Number]) -> Number:
    """Where a year on the way is not described the answer may be anything of its type."""
    name, days = op.data
    first, second = args
    grows = name == "add_working_days"
    function = _added if grows else _between
    low, high = (first.lo, first.hi) if grows else (first.hi, first.lo)
    least, inside = function(days, low, second.lo)
    most, also = (least, inside) if first.full and second.full else function(days, high, second.hi)
    inside = inside & also
    wild = any_wild(first, second)
    if np.all(inside):
        return Number(least, most, 1, 1, wild)
    ends = ANY_DAY if op.type.kind is Kind.DATE else (int(op.type.lo), int(op.type.hi))
    return Number(np.where(inside, least, ends[0]), np.where(inside, most, ends[1]), 1, 1, wild)


def _added(days: Calendar, day: Any, count: Any) -> tuple[Any, Any]:
    working, lacking = _tables(days)
    place = np.where(
        np.asarray(count) > 0,
        np.searchsorted(working, day, side="right") + count - 1,
        np.searchsorted(working, day, side="left") + count,
    )
    if not len(working):
        return np.asarray(day, dtype=np.int64) + 0 * place, np.asarray(count) == 0
    end = working[np.clip(place, 0, len(working) - 1)]
    inside = (place >= 0) & (place < len(working)) & _described(lacking, np.minimum(day, end), np.maximum(day, end))
    still = np.asarray(count) == 0
    return np.where(still, day, end), inside | still


def _between(days: Calendar, first: Any, last: Any) -> tuple[Any, Any]:
    working, lacking = _tables(days)
    forward = np.searchsorted(working, last, side="right") - np.searchsorted(working, first, side="right")
    backward = np.searchsorted(working, last, side="left") - np.searchsorted(working, first, side="left")
    inside = _described(lacking, np.minimum(first, last), np.maximum(first, last))
    return np.where(np.asarray(first) <= last, forward, backward), inside


def _described(lacking: Array, first: Any, last: Any) -> Any:
    """Every year from one day to the other has a calendar."""
    return lacking[calendar.year(last)] == lacking[calendar.year(first) - 1]
