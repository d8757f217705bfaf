"""Types of values with static ranges: what lets money, overflow and constant conditions be checked before a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import lcm

INT64 = 2**63 - 1


class Kind(Enum):
    """What a value is. Money is in kopecks; a rate is an exact number; text is one of declared words."""

    BOOL = "да/нет"
    INT = "целое число"
    RATE = "число"
    MONEY = "деньги"
    DATE = "дата"
    TEXT = "значение из списка"
    SERIES = "суммы по месяцам"
    BROKEN = "ошибка"


NUMBERS = frozenset({Kind.INT, Kind.RATE, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class Type:
    """`lo`..`hi` bound a number (money: kopecks); `parts` bounds its denominator, `exact` when it is always that.

    `values` are the declared words of a text; a series has the bounds of one month's kopecks.
    BROKEN stands for a part already reported: it fits everywhere.
    """

    kind: Kind
    lo: Fraction = Fraction(0)
    hi: Fraction = Fraction(0)
    parts: int = 1
    exact: bool = True
    values: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def is_whole(self) -> bool:
        return self.exact and self.parts == 1

    def numerator_bound(self) -> Fraction:
        """The greatest absolute numerator the value can have when written over `parts`."""
        return max(abs(self.lo), abs(self.hi)) * self.parts


BOOL = Type(Kind.BOOL)
DATE = Type(Kind.DATE)
BROKEN = Type(Kind.BROKEN)


def whole(lo: int, hi: int) -> Type:
    return Type(Kind.INT, Fraction(lo), Fraction(hi))


def money(lo: Fraction | int, hi: Fraction | int) -> Type:
    return Type(Kind.MONEY, Fraction(lo), Fraction(hi))


def rate(lo: Fraction, hi: Fraction, parts: int) -> Type:
    return Type(Kind.RATE, lo, hi, parts)


def series(lo: Fraction | int, hi: Fraction | int) -> Type:
    return Type(Kind.SERIES, Fraction(lo), Fraction(hi))


def text(values: tuple[str, ...]) -> Type:
    return Type(Kind.TEXT, values=values)


def number(lo: Fraction, hi: Fraction, parts: int, exact: bool, *, is_money: bool) -> Type:
    """Money, an int or a rate, by what the denominator says."""
    if is_money:
        return Type(Kind.MONEY, lo, hi, parts, exact)
    return Type(Kind.INT if exact and parts == 1 else Kind.RATE, lo, hi, parts, exact)


def common_parts(left: Type, right: Type) -> tuple[int, bool]:
    """The denominator of a sum or choice of both: the least common one when both are constant."""
    if left.exact and right.exact:
        return lcm(left.parts, right.parts), True
    return left.parts * right.parts, False


def hull(left: Type, right: Type) -> Type:
    """The type that holds both values of one kind."""
    if not left.is_number:
        return Type(left.kind, values=tuple(dict.fromkeys(left.values + right.values)))
    parts, exact = common_parts(left, right)
    is_money = Kind.MONEY in (left.kind, right.kind)
    return number(min(left.lo, right.lo), max(left.hi, right.hi), parts, exact, is_money=is_money)


def comparison_bound(left: Type, right: Type) -> Fraction:
    """The greatest number met when the two are compared by cross-multiplying."""
    parts, exact = common_parts(left, right)
    greatest = max(abs(left.lo), abs(left.hi), abs(right.lo), abs(right.hi))
    return (
        greatest * parts if exact else max(left.numerator_bound() * right.parts, right.numerator_bound() * left.parts)
    )
