"""What an expression is in SQL: bounds that a fact nobody knows cannot pass, as trees or constants.

The interpreter's spans, one to one. The bound of a number is an exact fraction; where `open`, a NULL numerator stands
for «no bound at all» (a parameter without a row): it spreads through arithmetic by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.trees import DayPart, Part, Truthful, Whole
from kazna.rules.language.types import INT64, Type, whole

SQL = "SQL"
FIRST_DAY, NEVER = date.min, date.max


@dataclass(frozen=True, slots=True)
class Truth:
    """Two-valued: what surely holds and what possibly holds."""

    surely: Truthful
    possibly: Truthful

    @property
    def known(self) -> Truthful:
        if trees.same(self.surely, self.possibly):
            return True
        return trees.either(self.surely, trees.negated(self.possibly))


@dataclass(frozen=True, slots=True)
class Bound:
    """`top` / `bottom`, the bottom always above zero. `open`: `top` may be NULL, which is no bound."""

    top: Whole
    bottom: Whole = 1
    open: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """`low` is `high` (the same object) when the number is known exactly, or has no bounds at all.

    `wild`: the ends may lie outside the type, as those of max(x, y) do where y has no bounds.
    """

    low: Bound
    high: Bound
    type: Type
    wild: bool = False

    @property
    def exact(self) -> bool:
        return self.low is self.high

    @property
    def open(self) -> bool:
        return self.low.open or self.high.open

    @property
    def positive(self) -> bool:
        """No end is below zero."""
        return self.type.lo >= 0 and not self.wild

    @property
    def constant(self) -> Fraction | None:
        """The value, when it is known while compiling."""
        top, bottom = self.low.top, self.low.bottom
        if self.exact and isinstance(top, int) and isinstance(bottom, int):
            return Fraction(top, bottom)
        return None

    @property
    def known(self) -> Truthful:
        if not self.exact:
            return equal(self.low, self.high)
        return trees.negated(trees.is_null(trees.tree(self.low.top))) if self.open else True


@dataclass(frozen=True, slots=True)
class Day:
    """Never NULL: an unknown day lies between the first and the last there is."""

    low: DayPart
    high: DayPart

    @property
    def exact(self) -> bool:
        return trees.same(self.low, self.high)

    @property
    def known(self) -> Truthful:
        return True if self.exact else trees.compared("=", self.low, self.high)


@dataclass(frozen=True, slots=True)
class Word:
    """A tree that is NULL when the word is unknown; a constant; or None, never known."""

    value: Part | str | None

    @property
    def known(self) -> Truthful:
        if isinstance(self.value, Part):
            return trees.negated(trees.is_null(self.value))
        return self.value is not None


Value = Truth | Number | Day | Word
NOBODY_KNOWS = Truth(False, True)


def exactly(bound: Bound, kind: Type) -> Number:
    return Number(bound, bound, kind)


def constant(value: int | Fraction, kind: Type) -> Number:
    """Written over the parts of its type."""
    top = Fraction(value) * kind.parts
    if top.denominator != 1:
        raise overflow(f"Число {value} не пишется через 1/{kind.parts}.")
    return exactly(Bound(top.numerator, kind.parts), kind)


def within(kind: Type) -> Number:
    """What is certain about a number of the type before anybody tells it."""
    low, high = constant(kind.lo, kind).low, constant(kind.hi, kind).low
    return Number(low, high if kind.lo != kind.hi else low, kind)


def whole_number(low: Whole, high: Whole, kind: Type) -> Number:
    bound = Bound(low)
    return Number(bound, bound if trees.same(low, high) else Bound(high), kind)


def flags(*truths: Truth) -> Number:
    """How many hold."""
    low: Whole = 0
    high: Whole = 0
    for one in truths:
        low, high = trees.added(low, trees.flag(one.surely)), trees.added(high, trees.flag(one.possibly))
    return whole_number(low, high, whole(0, len(truths)))


def overflow(what: str) -> CannotCompile:
    return CannotCompile(
        backend=SQL,
        what=what,
        why="Промежуточное число может не поместиться в 64 бита.",
        what_to_do="Сузьте range фактов или округлите раньше.",
    )


def check_size(kind: Type, factor: int) -> None:
    """Raises CannotCompile when a numerator of the type times the factor may pass 64 bits."""
    if kind.numerator_bound() * factor > INT64:
        raise overflow("Слишком большое число в сравнении или сложении.")


def over(bound: Bound, kind: Type, parts: int) -> Whole:
    """The numerator over a constant denominator, a multiple of the bound's own."""
    assert isinstance(bound.bottom, int)
    factor = parts // bound.bottom
    check_size(kind, factor)
    return trees.multiplied(bound.top, factor)


def side_by_side(left: Bound, right: Bound) -> tuple[Whole, Whole]:
    """Numerators over a common denominator: compare them instead of dividing."""
    one, other = left.bottom, right.bottom
    if isinstance(one, int) and isinstance(other, int):
        common = lcm(one, other)
        return trees.multiplied(left.top, common // one), trees.multiplied(right.top, common // other)
    if trees.same(one, other):
        return left.top, right.top
    return trees.multiplied(left.top, other), trees.multiplied(right.top, one)


def bounds_compared(sign: str, left: Bound, right: Bound, *, without_bound: bool) -> Truthful:
    """`without_bound`: the answer where one of them is no bound."""
    found = trees.compared(sign, *side_by_side(left, right))
    opened = [trees.is_null(trees.tree(bound.top)) for bound in (left, right) if bound.open]
    if not opened:
        return found
    if isinstance(found, bool):
        absent = trees.either(*opened)
        return found if found is without_bound else trees.negated(absent) if found else absent
    return trees.coalesce(trees.truth(found), trees.truth(without_bound))


def equal(left: Bound, right: Bound) -> Truthful:
    if left is right and not left.open:
        return True
    if left is right:
        return trees.negated(trees.is_null(trees.tree(left.top)))
    return bounds_compared("=", left, right, without_bound=False)


def rescaled(value: Number, kind: Type) -> Number:
    """The same number over the parts of a wider type, where both have constant ones."""
    if not (kind.exact and value.type.exact) or value.type.parts == kind.parts:
        return replace(value, type=kind)
    low = Bound(over(value.low, value.type, kind.parts), kind.parts, value.low.open)
    high = low if value.exact else Bound(over(value.high, value.type, kind.parts), kind.parts, value.high.open)
    return Number(low, high, kind, value.wild)


NOTHING = trees.cast(exp.Null(), trees.BIGINT)  # no bound


def gone(bound: Bound) -> Truthful:
    """Whether there is no bound."""
    return trees.is_null(trees.tree(bound.top)) if bound.open else False


def picked(test: Truthful, yes: Bound, no: Bound) -> Bound:
    """One of two bounds by a two-valued test."""
    if isinstance(test, bool):
        return yes if test else no
    if yes is no:
        return yes
    top = trees.case([(test, trees.tree(yes.top))], trees.tree(no.top))
    bottom: Whole = yes.bottom
    if not trees.same(yes.bottom, no.bottom):
        bottom = trees.case([(test, trees.tree(yes.bottom))], trees.tree(no.bottom))
    return Bound(top, bottom, yes.open or no.open)


def smallest(bounds: Sequence[Bound], *, no_bound_wins: bool) -> Bound:
    return _extreme(bounds, trees.least, "<=", no_bound_wins)


def largest(bounds: Sequence[Bound], *, no_bound_wins: bool) -> Bound:
    return _extreme(bounds, trees.greatest, ">=", no_bound_wins)


def _extreme(bounds: Sequence[Bound], choose: Any, sign: str, no_bound_wins: bool) -> Bound:
    """`no_bound_wins`: NULL is the answer when any is NULL; else NULL is left out (as LEAST and GREATEST do)."""
    first = bounds[0]
    if all(bound is first for bound in bounds):
        return first
    if not all(trees.same(bound.bottom, first.bottom) for bound in bounds):
        return _by_comparing(bounds, sign, no_bound_wins)
    top = choose(*(bound.top for bound in bounds))
    opened = [gone(bound) for bound in bounds if bound.open]
    if opened and no_bound_wins:
        return Bound(trees.case([(trees.either(*opened), NOTHING)], trees.tree(top)), first.bottom, True)
    return Bound(top, first.bottom, len(opened) == len(bounds))


def _by_comparing(bounds: Sequence[Bound], sign: str, no_bound_wins: bool) -> Bound:
    """Fractions with denominators of their own, one against another."""
    best = bounds[0]
    for other in bounds[1:]:
        before = bounds_compared(sign, best, other, without_bound=False)
        if no_bound_wins:
            found = picked(before, best, other)
            absent = trees.either(gone(best), gone(other))
            best = Bound(trees.case([(absent, NOTHING)], trees.tree(found.top)), found.bottom, found.open)
        else:
            both_open = best.open and other.open
            found = picked(trees.either(gone(other), trees.both(trees.negated(gone(best)), before)), best, other)
            best = Bound(found.top, found.bottom, both_open)
    return best
