"""Exact arithmetic on bounds: numerators over denominators, no division but the whole one inside roundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.trees import Part, Truthful, Whole
from kazna.rules.compile.sql.values import (
    NOTHING,
    SQL,
    Bound,
    Number,
    check_size,
    constant,
    exactly,
    gone,
    largest,
    over,
    picked,
    smallest,
)
from kazna.rules.language.types import Type


def arithmetic(sign: str, left: Number, right: Number, kind: Type) -> Number:
    if sign in "+-":
        found = _sum(sign, left, right, kind)
    else:
        found = _product(left, right, kind) if sign == "*" else _quotient(left, right, kind)
    return replace(found, wild=left.wild or right.wild)


def _sum(sign: str, left: Number, right: Number, kind: Type) -> Number:
    low = _added(sign, left, left.low, right, right.low if sign == "+" else right.high, kind)
    if left.exact and right.exact:
        return exactly(low, kind)
    return Number(low, _added(sign, left, left.high, right, right.high if sign == "+" else right.low, kind), kind)


def _added(sign: str, left: Number, one: Bound, right: Number, other: Bound, kind: Type) -> Bound:
    combined = trees.added if sign == "+" else trees.subtracted
    opened = one.open or other.open
    if left.type.exact and right.type.exact:
        return Bound(
            combined(over(one, left.type, kind.parts), over(other, right.type, kind.parts)), kind.parts, opened
        )
    check_size(left.type, right.type.parts)
    check_size(right.type, left.type.parts)
    tops = trees.multiplied(one.top, other.bottom), trees.multiplied(other.top, one.bottom)
    return Bound(combined(*tops), trees.multiplied(one.bottom, other.bottom), opened)


def _times(one: Bound, other: Bound) -> Bound:
    return Bound(
        trees.multiplied(one.top, other.top), trees.multiplied(one.bottom, other.bottom), one.open or other.open
    )


def _product(left: Number, right: Number, kind: Type) -> Number:
    if right.constant is not None:
        left, right = right, left
    factor = left.constant
    if factor is not None:
        return _by_constant(factor, right, kind)
    if left.exact and right.exact:
        return exactly(_exact_product(left, right), kind)
    if left.open or right.open:
        by = left if left.open else right
        if by.exact and by.positive and not (left.open and right.open):
            return _by_parameter(right if by is left else left, by.low, kind)
        bounded = right if left.open else left
        if bounded.positive and not (left.open and right.open):
            return _by_share(left if bounded is right else right, bounded, kind)
        return _open_product(left, right, kind)
    ones = [left.low] if left.exact else [left.low, left.high]
    others = [right.low] if right.exact else [right.low, right.high]
    if left.positive and right.positive:
        return Number(_times(left.low, right.low), _times(left.high, right.high), kind)
    if left.positive:
        lows, highs = [_times(one, right.low) for one in ones], [_times(one, right.high) for one in ones]
    elif right.positive:
        lows, highs = [_times(left.low, one) for one in others], [_times(left.high, one) for one in others]
    else:
        lows = highs = [_times(one, other) for one in ones for other in others]
    return Number(smallest(lows, no_bound_wins=True), largest(highs, no_bound_wins=True), kind)


def _by_constant(factor: Fraction, value: Number, kind: Type) -> Number:
    """The result stands over the parts of its type, as every number with a constant denominator does."""
    if factor == 0:
        return constant(0, kind) if kind.exact else exactly(Bound(0, 1), kind)

    def times(bound: Bound) -> Bound:
        if isinstance(bound.bottom, int):
            top = factor * kind.parts / bound.bottom
            if kind.exact and top.denominator == 1:
                return Bound(trees.multiplied(bound.top, top.numerator), kind.parts, bound.open)
        top_part = trees.multiplied(bound.top, factor.numerator)
        return Bound(top_part, trees.multiplied(bound.bottom, factor.denominator), bound.open)

    low = times(value.low)
    if value.exact:
        return exactly(low, kind)
    return Number(low, times(value.high), kind) if factor > 0 else Number(times(value.high), low, kind)


def _exact_product(left: Number, right: Number) -> Bound:
    """Zero times what has no bounds is zero."""
    product = _times(left.low, right.low)
    if not product.open:
        return product
    zeros = [
        (trees.compared("=", one.low.top, 0), trees.number(0)) for one, other in ((left, right), (right, left))
        if other.open and (one.wild or one.type.lo <= 0 <= one.type.hi)
    ]  # fmt: skip
    return Bound(trees.case(_surely(zeros), trees.tree(product.top)), product.bottom, True)


def _surely(branches: list[tuple[Truthful, Part]]) -> list[tuple[Truthful, Part]]:
    return [
        (test if isinstance(test, bool) else trees.coalesce(test, trees.truth(False)), value)
        for test, value in branches
    ]


def _by_parameter(value: Number, by: Bound, kind: Type) -> Number:
    """By a factor that is not below zero, or has no bounds: then only zero stays what it is."""
    nothing: list[tuple[Truthful, Part]] = []
    if value.wild or value.type.lo <= 0 <= value.type.hi:
        is_zero = trees.both(trees.compared("=", value.low.top, 0), trees.compared("=", value.high.top, 0))
        nothing = [(is_zero, trees.number(0))]
    ends = []
    for bound in (value.low, value.high):
        product = _times(bound, by)
        ends.append(Bound(trees.case(nothing, trees.tree(product.top)), product.bottom, True))
    return Number(ends[0], ends[1], kind)


def _by_share(value: Number, share: Number, kind: Type) -> Number:
    """A number that may have no bounds by one that has, and is not below zero: zero leaves zero of anything."""

    def end(bound: Bound, when_positive: Bound, when_negative: Bound) -> Bound:
        positive = trees.compared(">=", bound.top, 0)
        if bound.open and not isinstance(positive, bool):
            positive = trees.coalesce(positive, trees.truth(True))
        product = _times(bound, picked(positive, when_positive, when_negative))
        is_zero = trees.compared("=", share.high.top, 0) if share.type.lo <= 0 else False
        top = trees.case([(is_zero, trees.number(0))], trees.tree(product.top))
        return Bound(top, product.bottom, bound.open)

    return Number(end(value.low, share.low, share.high), end(value.high, share.high, share.low), kind)


def _open_product(left: Number, right: Number, kind: Type) -> Number:
    """Corners as the interpreter takes them, where an end may have no bound; zero times no bound is zero."""
    for one in (left, right):
        if not isinstance(one.low.bottom, int) or not isinstance(one.high.bottom, int):
            raise CannotCompile(
                backend=SQL,
                what="Частное умножается на параметр, которого на эту дату может не быть.",
                why="У такого произведения нет постоянного знаменателя.",
                what_to_do="Округлите частное до умножения.",
            )
    bottom = trees.multiplied(left.low.bottom, right.low.bottom)
    low_gone = trees.either(
        trees.both(gone(left.high), _sided("<", right.low)),
        trees.both(gone(right.low), _sided(">", left.high)),
        trees.both(gone(left.low), _sided(">", right.high)),
        trees.both(gone(right.high), _sided("<", left.low)),
    )
    high_gone = trees.either(
        trees.both(gone(left.high), _sided(">", right.high)),
        trees.both(gone(right.high), _sided(">", left.high)),
        trees.both(gone(left.low), _sided("<", right.low)),
        trees.both(gone(right.low), _sided("<", left.low)),
    )
    corners = [trees.multiplied(one, other) for one in _filled(left) for other in _filled(right)]
    low = trees.case([(low_gone, NOTHING)], trees.tree(trees.least(*corners)))
    high = trees.case([(high_gone, NOTHING)], trees.tree(trees.greatest(*corners)))
    return Number(Bound(low, bottom, True), Bound(high, bottom, True), kind)


def _sided(sign: str, bound: Bound) -> Truthful:
    """Above (or below) zero, or without a bound on that side."""
    found = trees.compared(sign, bound.top, 0)
    return trees.coalesce(trees.truth(found), trees.truth(True)) if bound.open else found


def _filled(value: Number) -> tuple[Whole, Whole]:
    """Both ends; one without a bound gives way to the other, and to zero when neither has any."""
    ends = []
    for one, other in ((value.low, value.high), (value.high, value.low)):
        top = one.top
        ends.append(trees.coalesce(trees.tree(top), trees.tree(other.top), trees.number(0)) if one.open else top)
    return ends[0], ends[1]


def _quotient(left: Number, right: Number, kind: Type) -> Number:
    """The divisor is proven to be above zero; one without bounds leaves the quotient without bounds."""
    divisor = right.constant
    if divisor is not None:
        return _by_constant(1 / divisor, left, kind) if divisor else _impossible()
    if right.open and not right.exact:
        raise CannotCompile(
            backend=SQL,
            what="Делитель зависит от параметра, которого на эту дату может не быть.",
            why="Границы такого частного не записать целыми числами.",
            what_to_do="Делите на сам параметр или на факт.",
        )
    if left.exact and right.exact:
        return exactly(_divided(left.low, right.low), kind)
    if right.exact:
        return Number(_divided(left.low, right.low), _divided(left.high, right.low), kind)
    return Number(_corner(left, left.low, right.high, right.low), _corner(left, left.high, right.low, right.high), kind)


def _impossible() -> Number:
    raise CannotCompile(backend=SQL, what="Деление на ноль.", what_to_do="Исправьте правило.")


def _corner(left: Number, one: Bound, when_positive: Bound, when_negative: Bound) -> Bound:
    if left.positive:
        return _divided(one, when_positive)
    if left.type.hi <= 0 and not left.wild:
        return _divided(one, when_negative)
    positive = trees.compared(">=", one.top, 0)
    divisor = Bound(
        trees.case([(positive, trees.tree(when_positive.top))], trees.tree(when_negative.top)), when_positive.bottom
    ) if not isinstance(positive, bool) else (when_positive if positive else when_negative)  # fmt: skip
    return _divided(one, divisor)


def _divided(one: Bound, divisor: Bound) -> Bound:
    top = trees.multiplied(one.top, divisor.bottom)
    if divisor.open:
        top = trees.case([(trees.is_null(trees.tree(divisor.top)), NOTHING)], trees.tree(top))
    return Bound(top, trees.multiplied(one.bottom, divisor.top), one.open or divisor.open)


def _floor(top: Whole, bottom: Whole, negative: bool) -> Whole:
    if not negative:
        return trees.divided(top, bottom)
    below = trees.minus(trees.divided(trees.added(trees.minus(top), trees.subtracted(bottom, 1)), bottom))
    return _by_sign(top, trees.divided(top, bottom), below)


def _ceiling(top: Whole, bottom: Whole, negative: bool) -> Whole:
    up = trees.divided(trees.added(top, trees.subtracted(bottom, 1)), bottom)
    return _by_sign(top, up, trees.minus(trees.divided(trees.minus(top), bottom))) if negative else up


def _half_up(top: Whole, bottom: Whole, negative: bool) -> Whole:
    """The nearest whole, halves away from zero."""
    twice = trees.multiplied(bottom, 2)
    up = trees.divided(trees.added(trees.multiplied(top, 2), bottom), twice)
    if not negative:
        return up
    down = trees.minus(trees.divided(trees.added(trees.multiplied(trees.minus(top), 2), bottom), twice))
    return _by_sign(top, up, down)


def _by_sign(top: Whole, positive: Whole, negative: Whole) -> Whole:
    if isinstance(top, int):
        return positive if top >= 0 else negative
    return trees.case([(trees.compared(">=", top, 0), trees.number(positive))], trees.number(negative))


ROUNDINGS: dict[str, Callable[[Whole, Whole, bool], Whole]] = {
    "round_half_up": _half_up,
    "round_down": _floor,
    "round_up": _ceiling,
    "floor": _floor,
}


def rounded(function: str, value: Number, step: int, kind: Type) -> Number:
    """A whole multiple of `step`."""
    check_size(value.type, 2)

    def end(bound: Bound) -> Bound:
        parts = trees.multiplied(bound.bottom, step)
        whole = ROUNDINGS[function](bound.top, parts, not value.positive)
        return Bound(trees.multiplied(whole, step), 1, bound.open)

    low = end(value.low)
    return Number(low, low if value.exact else end(value.high), kind, value.wild)
