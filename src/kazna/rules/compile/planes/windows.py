"""Amounts by month: a window is a difference of two running sums, with bounds for months nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kazna.rules.compile.frame import Array, Column
from kazna.rules.compile.planes import calendar
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.values import Number, either, scaled


def window(op: Op, args: Sequence[Number], column: Column | None) -> Number:
    """`op.data`: fact, relation, function, months, least and greatest amount of a month. `args`: day, amount wanted."""
    _, _, function, months, low, high = op.data
    day, wanted = args[0], args[1] if len(args) > 1 else None
    end = calendar.month_number(day.lo)
    settled = np.True_ if day.full else end == calendar.month_number(day.hi)
    if column is None:
        lo, hi = _unknown_months(months, low, high, function, wanted, np.False_)
    else:
        lo, hi = _of_column(column, end, op, wanted)
    wild = None if wanted is None else wanted.wild
    if not np.all(settled):
        if wild is not None:
            wild = either(wild & settled, None)
        lo = np.where(settled, lo, int(op.type.lo))
        hi = np.where(settled, hi, int(op.type.hi))
    return Number(lo, lo if hi is lo else hi, 1, 1, wild)


def _of_column(column: Column, end: Any, op: Op, wanted: Number | None) -> tuple[Any, Any]:
    _, _, function, months, low, high = op.data
    width = column.values.shape[1]
    stop = np.clip(end - column.first_month, 0, width)
    start = np.clip(end - months - column.first_month, 0, width)
    outside = months - (stop - start)
    least, most = _bounds(column, low, high)
    if function == "window_months":
        least, most = _counted(least, most, wanted)
    lo = _between(least, start, stop)
    hi = lo if most is least else _between(most, start, stop)
    if not np.any(outside):
        return lo, hi
    more = _unknown_months(outside, low, high, function, wanted, column.rest_zero)
    return lo + more[0], hi + more[1]


def _bounds(column: Column, low: int, high: int) -> tuple[Array, Array]:
    if column.known is None:
        return column.values, column.values
    return np.where(column.known, column.values, low), np.where(column.known, column.values, high)


def _counted(least: Array, most: Array, wanted: Number | None) -> tuple[Array, Array]:
    """Months with enough for certain, and months with enough perhaps."""
    if wanted is None:
        surely = least > 0
        return surely, surely if most is least else most > 0
    surely = scaled(least, _by_row(wanted.dhi)) >= _by_row(wanted.hi)
    if most is least and wanted.full:
        return surely, surely
    return surely, scaled(most, _by_row(wanted.dlo)) >= _by_row(wanted.lo)


def _by_row(value: Any) -> Any:
    return value[:, None] if isinstance(value, np.ndarray) and value.ndim else value


def _between(amounts: Array, start: Any, stop: Any) -> Array:
    """The sum of the months start..stop of each row."""
    if np.ndim(start) == 0:
        return np.asarray(amounts[:, int(start) : int(stop)].sum(axis=1, dtype=np.int64))
    running = np.zeros((len(amounts), amounts.shape[1] + 1), dtype=np.int64)
    np.cumsum(amounts, axis=1, out=running[:, 1:])
    rows = np.arange(len(amounts))
    return np.asarray(running[rows, stop] - running[rows, start])


def _unknown_months(
    count: Any, low: int, high: int, function: str, wanted: Number | None, zero: Any
) -> tuple[Any, Any]:
    """Bounds of months outside the column: zero where the register is complete, else anything."""
    lows, highs = np.where(zero, 0, low), np.where(zero, 0, high)
    if function == "window_sum":
        return count * lows, count * highs
    if wanted is None:
        return count * (lows > 0), count * (highs > 0)
    return count * (scaled(lows, wanted.dhi) >= wanted.hi), count * (scaled(highs, wanted.dlo) >= wanted.lo)
