"""Unknown numbers and dates as bounds: what is certain about a value nobody has told yet.

A truth or a word is unknown as None; a number or date is unknown as a Span whose ends it cannot pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from kazna.rules.language.types import Kind, Type

LIMIT = 2**62  # no number of a rule is greater: larger ones are refused when the document is read


class Span:
    """Somewhere from `lo` to `hi`, both ends possible."""

    __slots__ = ("hi", "lo")

    def __init__(self, lo: Any, hi: Any) -> None:
        self.lo, self.hi = lo, hi

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.lo, self.hi) == (other.lo, other.hi)

    def __hash__(self) -> int:
        return hash((self.lo, self.hi))

    def __repr__(self) -> str:
        return f"Span({self.lo}, {self.hi})"


ANY_DATE = Span(date.min, date.max)
ANY_NUMBER = Span(-LIMIT, LIMIT)


def is_unknown(value: Any) -> bool:
    return value is None or type(value) is Span


def low(value: Any) -> Any:
    return value.lo if type(value) is Span else value


def high(value: Any) -> Any:
    return value.hi if type(value) is Span else value


def span(lo: Any, hi: Any) -> Any:
    """The bounds, or the value itself when they meet."""
    return lo if lo == hi else Span(lo, hi)


def plain(value: Fraction) -> int | Fraction:
    """An int where the fraction is whole: ints are much faster."""
    return value.numerator if value.denominator == 1 else value


def unknown_of(kind: Type) -> Any:
    """What is certain about a fact of this type before anybody tells it."""
    if kind.is_number:
        return Span(plain(kind.lo), plain(kind.hi))
    return ANY_DATE if kind.kind is Kind.DATE else None


def unlimited_of(kind: Type) -> Any:
    """As `unknown_of`, when even the range cannot be relied on (a parameter without a row)."""
    if kind.is_number:
        return ANY_NUMBER
    return ANY_DATE if kind.kind is Kind.DATE else None


def hull(values: Iterable[Any]) -> Any:
    """What is certain when one of the values holds and nobody knows which."""
    found = list(values)
    if any(value is None for value in found):
        return None
    if isinstance(found[0], (bool, str)):
        return found[0] if all(value == found[0] for value in found) else None
    return span(min(map(low, found)), max(map(high, found)))
