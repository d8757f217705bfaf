"""Arithmetic and functions of a block: bounds of numbers and dates over static or row denominators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kazna.rules.compile.planes import calendar
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.lookups import ANY_DAY
from kazna.rules.compile.planes.values import Number, Truth, any_wild, common, either, greatest, least, scaled
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.language.types import Kind


def added(op: Op, args: Sequence[Number]) -> Number:
    left, right = args
    if op.kind == "-":
        right = Number(-right.hi, -right.lo, right.dhi, right.dlo) if not right.full else exact_like(right, -right.lo)
    wild = any_wild(*args)
    one, other, parts = common(left.lo, left.dlo, right.lo, right.dlo)
    lo = one + other
    if left.full and right.full:
        return Number(lo, lo, parts, parts, wild)
    one, other, top = common(left.hi, left.dhi, right.hi, right.dhi)
    return Number(lo, one + other, parts, top, wild)


def exact_like(number: Number, value: Any) -> Number:
    return Number(value, value, number.dlo, number.dlo)


def multiplied(_: Op, args: Sequence[Number]) -> Number:
    left, right = args
    wild = any_wild(left, right)
    if left.full and right.full:
        value, parts = left.lo * right.lo, scaled(left.dlo, right.dlo)
        return Number(value, value, parts, parts, wild)
    if np.all(left.lo >= 0) and np.all(right.lo >= 0):
        return Number(left.lo * right.lo, left.hi * right.hi, left.dlo * right.dlo, left.dhi * right.dhi, wild)
    lo, hi, dlo, dhi = None, None, None, None
    for a, da in ((left.lo, left.dlo), (left.hi, left.dhi)):
        for b, db in ((right.lo, right.dlo), (right.hi, right.dhi)):
            value, parts = a * b, da * db
            if lo is None:
                lo, hi, dlo, dhi = value, value, parts, parts
            elif np.asarray(value).dtype == object or all(isinstance(one, int) for one in (parts, dlo, dhi)):
                lo, dlo = least(lo, dlo, value, parts)
                hi, dhi = greatest(hi, dhi, value, parts)
            else:  # bounds over different denominators: the interpreter answers where something is unknown
                unknown = ~(left.known() & right.known())
                exact_value, exact_parts = left.lo * right.lo, left.dlo * right.dlo
                return Number(exact_value, exact_value, exact_parts, exact_parts, either(wild, unknown))
    return Number(lo, hi, dlo, dhi, wild)


def divided(_: Op, args: Sequence[Number]) -> Number:
    """The divisor is above zero by its type; rows where it is not after all are wild."""
    left, right = args
    wild = any_wild(left, right)
    small: Any = right.lo <= 0
    if np.any(small):
        wild = either(wild, small)
        lowest = np.maximum(right.lo, 1)
        right = (
            exact_like(right, lowest) if right.full else Number(lowest, np.maximum(right.hi, 1), right.dlo, right.dhi)
        )
    if left.full and right.full:
        value, parts = scaled(left.lo, right.dlo), left.dlo * right.lo
        return Number(value, value, _plain(parts), _plain(parts), wild)
    ends = []
    for value, parts, toward in ((left.lo, left.dlo, "lo"), (left.hi, left.dhi, "hi")):
        away = (right.hi, right.dhi) if toward == "lo" else (right.lo, right.dlo)
        near = (right.lo, right.dlo) if toward == "lo" else (right.hi, right.dhi)
        divisor, divisor_parts = (
            away if right.full else (np.where(value >= 0, away[0], near[0]), _either_parts(value, away[1], near[1]))
        )
        ends.append((scaled(value, divisor_parts), _plain(parts * divisor)))
    (lo, dlo), (hi, dhi) = ends
    return Number(lo, hi, dlo, dhi, wild)


def _either_parts(value: Any, one: Any, other: Any) -> Any:
    same = isinstance(one, int) and isinstance(other, int) and one == other
    return one if same else np.where(value >= 0, one, other)


def _plain(parts: Any) -> Any:
    return int(parts) if isinstance(parts, (int, np.integer)) else parts


def count_true(op: Op, args: Sequence[Truth]) -> Number:
    shape = np.broadcast_shapes(*(np.shape(arg.t) for arg in args))
    lo = np.zeros(shape, dtype=np.int64)
    for arg in args:
        lo = lo + arg.t
    if all(arg.full for arg in args):
        return Number(lo, lo, 1, 1, any_wild(*args))
    hi = np.full(shape, len(args), dtype=np.int64)
    for arg in args:
        hi = hi - arg.f
    return Number(lo, hi, 1, 1, any_wild(*args))


def _half_up(value: Any, parts: Any, step: Any) -> Any:
    whole = parts * step
    size = (2 * np.abs(value) + whole) // (2 * whole)
    return np.where(value < 0, -size, size) * step


ON_WHOLE: dict[str, Callable[..., Any]] = {
    "age": calendar.full_years,
    "add_days": calendar.add_days,
    "add_months": calendar.add_months,
    "add_years": calendar.add_years,
    "months_between": calendar.months_between,
    "full_months": calendar.full_months,
    "days_between": calendar.days_between,
    "year": calendar.year,
    "month": calendar.month,
    "day": calendar.day_of_month,
    "month_start": calendar.month_start,
    "month_end": calendar.month_end,
    "next_month": calendar.next_month,
    "date": calendar.make_date,
    "overlap_days": calendar.overlap_days,
}
ROUNDED: dict[str, Callable[[Any, Any, Any], Any]] = {
    "round_half_up": _half_up,
    "round_down": lambda value, parts, step: value // (parts * step) * step,
    "round_up": lambda value, parts, step: -(-value // (parts * step)) * step,
}


def called(op: Op, args: Sequence[Number]) -> Number:
    """Bounds of a function that never falls (or never rises) in each argument are its values at the ends."""
    name = str(op.data)
    directions = FUNCTIONS[name][1]
    full = all(arg.full for arg in args)
    wild = any_wild(*args)
    if not directions:
        value, parts = _applied(name, [(arg.lo, arg.dlo) for arg in args])
        if full:
            return Number(value, value, parts, parts, wild)
        known: Any = np.True_
        for arg in args:
            known = known & arg.known()
        low, high = ANY_DAY if op.type.kind is Kind.DATE else (int(op.type.lo), int(op.type.hi))
        return Number(np.where(known, value, low), np.where(known, value, high), 1, 1, wild)
    ways = directions + directions[-1:] * (len(args) - len(directions))
    lows = [(arg.lo, arg.dlo) if way > 0 else (arg.hi, arg.dhi) for arg, way in zip(args, ways, strict=False)]
    value, parts = _applied(name, lows)
    if full:
        return Number(value, value, parts, parts, wild)
    highs = [(arg.hi, arg.dhi) if way > 0 else (arg.lo, arg.dlo) for arg, way in zip(args, ways, strict=False)]
    top, top_parts = _applied(name, highs)
    return Number(value, top, parts, top_parts, wild)


def _applied(name: str, args: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    if name in ("min", "max", "earliest", "latest"):
        best = least if name in ("min", "earliest") else greatest
        value, parts = args[0]
        for other, other_parts in args[1:]:
            value, parts = best(value, parts, other, other_parts)
        return value, parts
    if name in ROUNDED:
        return ROUNDED[name](args[0][0], args[0][1], args[1][0]), 1
    if name == "floor":
        return args[0][0] // args[0][1], 1
    return ON_WHOLE[name](*(_in_calendar(value) for value, _ in args)), 1


FAR = 10**7  # more days, months or years than the calendar has


def _in_calendar(value: Any) -> Any:
    """A number without end reaches no further than the calendar's end."""
    if isinstance(value, np.ndarray) and value.dtype == object:
        return np.clip(value, -FAR, FAR).astype(np.int64)
    return value
