"""Values of a block: one entry for each row (subject, candidate, or pair of them), three-valued, in whole numbers.

`wild` marks rows where a number is not bounded by its type (a parameter without a row, a group larger than the law
foresees): their other fields mean nothing and the exact interpreter answers for them.
"""

from __future__ import annotations

from math import lcm
from typing import Any

import numpy as np

from kazna.rules.compile.frame import Array

Wild = Any  # None, or a bool array, or a numpy bool for all rows


class Truth:
    """`t` known to hold, `f` known not to hold; `full`: every row is one or the other."""

    __slots__ = ("_f", "full", "t", "wild")

    def __init__(self, t: Any, f: Any = None, wild: Wild = None) -> None:
        self.t, self._f, self.full, self.wild = t, f, f is None, wild

    @property
    def f(self) -> Any:
        if self._f is None:
            self._f = np.logical_not(self.t)
        return self._f

    def take(self, rows: Array) -> Truth:
        return Truth(_at(self.t, rows), None if self.full else _at(self.f, rows), _at(self.wild, rows))


class Number:
    """Bounds `lo/dlo`..`hi/dhi` of a number or date; `hi is lo` (and so their denominators) when every row is known.

    A denominator is a positive int for all rows or an array.
    """

    __slots__ = ("dhi", "dlo", "hi", "lo", "wild")

    def __init__(self, lo: Any, hi: Any, dlo: Any = 1, dhi: Any = 1, wild: Wild = None) -> None:
        self.lo, self.hi, self.dlo, self.dhi, self.wild = lo, hi, dlo, dhi, wild

    @property
    def full(self) -> bool:
        if self.hi is not self.lo:
            return False
        return self.dhi is self.dlo or (self.is_static and self.dhi == self.dlo)

    @property
    def is_static(self) -> bool:
        """One denominator for all rows."""
        return isinstance(self.dlo, int) and isinstance(self.dhi, int)

    def known(self) -> Any:
        """Where the bounds meet."""
        if self.full:
            return np.True_
        if self.is_static and self.dlo == self.dhi:
            return self.lo == self.hi
        return self.lo * self.dhi == self.hi * self.dlo

    def take(self, rows: Array) -> Number:
        lo, dlo = _at(self.lo, rows), _at(self.dlo, rows)
        if self.full:
            return Number(lo, lo, dlo, dlo, _at(self.wild, rows))
        return Number(lo, _at(self.hi, rows), dlo, _at(self.dhi, rows), _at(self.wild, rows))


class Word:
    """`codes` in the declared words of the type; `known` None: all are."""

    __slots__ = ("codes", "known", "wild")

    def __init__(self, codes: Any, known: Any = None, wild: Wild = None) -> None:
        self.codes, self.known, self.wild = codes, known, wild

    @property
    def full(self) -> bool:
        return self.known is None

    def take(self, rows: Array) -> Word:
        return Word(_at(self.codes, rows), _at(self.known, rows), _at(self.wild, rows))


Value = Truth | Number | Word


def _at(values: Any, rows: Array) -> Any:
    return values[rows] if isinstance(values, np.ndarray) and values.ndim else values


def any_wild(*values: Value) -> Wild:
    """Rows where one of the values is wild."""
    found: Wild = None
    for value in values:
        if value.wild is not None:
            found = value.wild if found is None else found | value.wild
    return found


def either(first: Wild, second: Wild) -> Wild:
    return second if first is None else first if second is None else first | second


def exact(value: Any, parts: int = 1) -> Number:
    return Number(value, value, parts, parts)


def scaled(value: Any, factor: Any) -> Any:
    return value if isinstance(factor, int) and factor == 1 else value * factor


def common(first: Any, first_parts: Any, second: Any, second_parts: Any) -> tuple[Any, Any, Any]:
    """Both numerators over one denominator, and that denominator."""
    if first_parts is second_parts:
        return first, second, first_parts
    if isinstance(first_parts, int) and isinstance(second_parts, int):
        parts = lcm(first_parts, second_parts)
        return scaled(first, parts // first_parts), scaled(second, parts // second_parts), parts
    return scaled(first, second_parts), scaled(second, first_parts), scaled(first_parts, second_parts)


def least(first: Any, first_parts: Any, second: Any, second_parts: Any) -> tuple[Any, Any]:
    """The smaller number, over a common denominator."""
    one, other, parts = common(first, first_parts, second, second_parts)
    return np.minimum(one, other), parts


def greatest(first: Any, first_parts: Any, second: Any, second_parts: Any) -> tuple[Any, Any]:
    one, other, parts = common(first, first_parts, second, second_parts)
    return np.maximum(one, other), parts


def smallest_bound(one: Number, other: Number) -> Number:
    """Bounds of a value that is one or the other and nobody knows which."""
    lo, dlo = least(one.lo, one.dlo, other.lo, other.dlo)
    hi, dhi = greatest(one.hi, one.dhi, other.hi, other.dhi)
    return Number(lo, hi, dlo, dhi, any_wild(one, other))
