"""Counting over candidates straight on their sorted columns: each group is one stretch of the column."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from kazna.rules.compile.frame import NO_TIE, Array
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.lookups import ANY_DAY, numerator
from kazna.rules.compile.planes.values import Number, Truth, Value, any_wild, common, either, scaled
from kazna.rules.evaluate.spans import LIMIT

LARGEST, SMALLEST = np.iinfo(np.int64).max, np.iinfo(np.int64).min


class Stretches:
    """Groups laid out one after another: group g is `offsets[g]`..`offsets[g + 1]`."""

    __slots__ = ("_filled", "_starts", "offsets", "size")

    def __init__(self, offsets: Array) -> None:
        self.offsets, self.size = offsets, len(offsets) - 1
        self._filled = offsets[1:] > offsets[:-1]
        self._starts = offsets[:-1][self._filled]

    @property
    def widest(self) -> int:
        return int(np.max(np.diff(self.offsets), initial=0))

    def total(self, values: Array) -> Array:
        """Sum of each group."""
        running = np.zeros(len(values) + 1, dtype=object if values.dtype == object else np.int64)
        np.cumsum(values, out=running[1:])
        ends = running[self.offsets]
        return np.asarray(ends[1:] - ends[:-1])

    def some(self, flags: Array) -> Array:
        return self.total(flags) > 0

    def best(self, choose: Any, values: Array, empty: int) -> Array:
        """Least or greatest of each group; `empty` for a group with nobody."""
        found = np.full(self.size, empty, dtype=np.int64)
        if len(self._starts):
            found[self._filled] = choose.reduceat(values, self._starts)
        return found


def belongs(op: Op, args: list[Truth], tie: Array, ties: tuple[str, ...]) -> Truth:
    """By the tie of each candidate the condition of its parts; without a tie always."""
    _, declared, always = op.data
    t = tie == NO_TIE
    f = np.ones(len(tie), dtype=np.bool_)
    f[t] = False
    wild: Any = None
    for name, condition in zip(declared, args, strict=True):
        if name not in ties:
            continue
        mine = tie == ties.index(name)
        f = f & ~mine
        if name in always:
            t = t | mine
            continue
        t = t | (mine & condition.t)
        f = f | (mine & condition.f)
        if condition.wild is not None:
            wild = either(wild, mine & condition.wild)
    if not np.any(~(t | f)):
        return Truth(t, None, wild)
    return Truth(t, f, wild)


def whole(values: Any, length: int) -> Array:
    """The values with one entry for each candidate even when they are the same for all."""
    return np.broadcast_to(values, (length,)) if np.ndim(values) == 0 else values


def enough(who: Truth, stretches: Stretches, least: int) -> Array | None:
    """Where as many may belong as by law always do (None: everywhere); elsewhere somebody has not been told."""
    if least == 0:
        return None
    found = stretches.total(whole(~who.f, int(stretches.offsets[-1]))) >= least
    return None if found.all() else found


def aggregated(op: Op, args: list[Any], stretches: Stretches) -> Value:
    """The aggregate of each stretch, as far as the relation is known."""
    kind, _, _, most, *_ = op.data
    if kind in ("min", "max"):
        args = [*args[:2], _narrowed(args[2])]
    length = int(stretches.offsets[-1])
    who, where = args[0], args[1]
    sure = whole(who.t & where.t, length)
    full = who.full and where.full
    possible = sure if full else whole(~(who.f | where.f), length)
    wild = _wild(args, possible, stretches, length)
    if op.type.is_number and stretches.widest > most:
        wild = either(wild, np.diff(stretches.offsets) > most)
    if kind == "count":
        lo = stretches.total(sure)
        return Number(lo, lo if full else stretches.total(possible), 1, 1, wild)
    if kind in ("any", "none"):
        t, f = stretches.some(sure), None if full else ~stretches.some(possible)
        if kind == "any":
            return Truth(t, f, wild)
        return Truth(~t, None, wild) if f is None else Truth(f, t, wild)
    if kind == "all":
        belonging = whole(~who.f, length)
        failing = stretches.some(whole(who.t & where.f, length))
        if full:
            return Truth(~failing, None, wild)
        return Truth(~stretches.some(belonging & ~where.t), failing, wild)
    if kind == "sum":
        return _sum(args[2], sure, possible, stretches, wild)
    return _extreme(op, args[2], sure, possible, stretches, wild)


def _wild(args: list[Any], possible: Array, stretches: Stretches, length: int) -> Any:
    """Groups with a wild guard, or a wild value of somebody who may count."""
    found = any_wild(*args[:2])
    if len(args) > 2 and args[2].wild is not None:
        found = either(found, args[2].wild & possible)
    return None if found is None else stretches.some(whole(found, length))


def _sum(subject: Number, sure: Array, possible: Array, stretches: Stretches, wild: Any) -> Number:
    assert isinstance(subject.dlo, int) and isinstance(subject.dhi, int)
    if sure is possible and subject.full:
        lo = stretches.total(np.where(sure, subject.lo, 0))
        return Number(lo, lo, subject.dlo, subject.dlo, wild)
    low = np.where(sure, subject.lo, np.where(possible, np.minimum(subject.lo, 0), 0))
    high = np.where(sure, subject.hi, np.where(possible, np.maximum(subject.hi, 0), 0))
    return Number(stretches.total(low), stretches.total(high), subject.dlo, subject.dhi, wild)


def _extreme(op: Op, subject: Number, sure: Array, possible: Array, stretches: Stretches, wild: Any) -> Number:
    """The best of the sure ones bounds it from one side, the best of all possible ones from the other."""
    kind, _, _, _, empty, *_ = op.data
    assert isinstance(subject.dlo, int) and isinstance(subject.dhi, int)
    parts = op.type.parts if op.type.is_number else 1
    low = np.asarray(scaled(subject.lo, parts // subject.dlo), dtype=np.int64)
    high = np.asarray(scaled(subject.hi, parts // subject.dhi), dtype=np.int64)
    default = numerator(op.type, empty)
    choose, worst = (np.minimum, LARGEST) if kind == "min" else (np.maximum, SMALLEST)
    any_sure, any_possible = stretches.some(sure), stretches.some(possible)
    if sure is possible and subject.full:
        lo = np.where(any_sure, stretches.best(choose, np.where(sure, low, worst), worst), default)
        return Number(lo, lo, parts, parts, wild)
    near, far = (possible, sure) if kind == "min" else (sure, possible)
    lo = stretches.best(choose, np.where(near, low, worst), worst)
    hi = stretches.best(choose, np.where(far, high, worst), worst)
    lowest = stretches.best(np.minimum, np.where(possible, low, LARGEST), LARGEST)
    highest = stretches.best(np.maximum, np.where(possible, high, SMALLEST), SMALLEST)
    lo = np.where(any_sure, lo, np.where(any_possible, np.minimum(lowest, default), default))
    hi = np.where(any_sure, hi, np.where(any_possible, np.maximum(highest, default), default))
    return Number(lo, hi, parts, parts, wild)


def _narrowed(number: Number) -> Number:
    """The best is chosen in numbers of the machine: what does not fit them is wild."""
    parts = [np.asarray(one) for one in (number.lo, number.hi, number.dlo, number.dhi)]
    if all(part.dtype != object for part in parts):
        return number
    large: Any = np.False_
    for part in parts:
        large = large | (np.abs(part) >= LIMIT)
    lo, hi, dlo, dhi = (np.where(large, 1, part).astype(np.int64) for part in parts)
    wild = large if number.wild is None else large | number.wild
    if isinstance(number.dlo, int) and isinstance(number.dhi, int):
        return Number(lo, hi, number.dlo, number.dhi, wild)
    return Number(lo, hi, dlo, dhi, wild)


def of_unknown_relation(op: Op) -> Value:
    """What is certain about an aggregate over people nobody knows of."""
    kind, _, fewest, most, empty, subject, _ = op.data
    if kind == "count":
        return Number(fewest, most)
    if kind in ("any", "none", "all"):
        return Truth(np.False_, np.False_)
    if not subject.is_number:
        first, last = ANY_DAY
        return Number(min(first, numerator(op.type, empty)), max(last, numerator(op.type, empty)))
    if kind == "sum":
        return _over_parts(min(Fraction(0), subject.lo * most), max(Fraction(0), subject.hi * most))
    return _over_parts(min(subject.lo, Fraction(empty)), max(subject.hi, Fraction(empty)))


def _over_parts(low: Fraction, high: Fraction) -> Number:
    return Number(low.numerator, high.numerator, low.denominator, high.denominator)


def where_known(known: Any, value: Value, otherwise: Value) -> Value:
    """The value, or what is certain without it where the relation is unknown."""
    wild = None if value.wild is None else value.wild & known
    if isinstance(value, Truth):
        assert isinstance(otherwise, Truth)
        return Truth(np.where(known, value.t, otherwise.t), np.where(known, value.f, otherwise.f), wild)
    assert isinstance(value, Number) and isinstance(otherwise, Number)
    one, other, low_parts = common(value.lo, value.dlo, otherwise.lo, otherwise.dlo)
    lo = np.where(known, one, other)
    one, other, high_parts = common(value.hi, value.dhi, otherwise.hi, otherwise.dhi)
    return Number(lo, np.where(known, one, other), low_parts, high_parts, wild)
