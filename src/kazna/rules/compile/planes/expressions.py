"""What each operation computes from the values of its arguments, for all rows of a level at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np

from kazna.rules.compile.planes import calendar
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.lookups import ANY_DAY, band_value, lookup_value, parameter_value
from kazna.rules.compile.planes.values import (
    Number,
    Truth,
    Value,
    Word,
    any_wild,
    common,
    either,
    exact,
    greatest,
    least,
    scaled,
    smallest_bound,
)  # fmt: skip
from kazna.rules.compile.planes.working_days import working_days
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.language.types import Kind

Compute = Callable[[Op, Sequence[Any]], Value]
NO = np.False_


def constant(op: Op, _: Sequence[Value]) -> Value:
    value: Any = op.data
    if op.type.kind is Kind.BOOL:
        return Truth(np.bool_(value))
    if isinstance(value, date):
        return exact(value.toordinal())
    if isinstance(value, str):
        return Word(np.int32(0))
    number = Fraction(value)
    return exact(number.numerator, number.denominator)


def unlimited(op: Op, _: Sequence[Value]) -> Value:
    """A constant that nobody knows: a parameter without a row on this day."""
    if op.type.kind is Kind.BOOL:
        return Truth(NO, NO)
    if op.type.kind is Kind.TEXT:
        return Word(np.int32(0), NO)
    if op.type.kind is Kind.DATE:
        return Number(*ANY_DAY)
    return Number(0, 0, 1, 1, np.True_)


def dated(op: Op, args: Sequence[Any]) -> Truth:
    """A condition in force from `since` to `until`: elsewhere it holds; on an unknown day it is never known to fail."""
    condition, day = args
    since, until = (None if end is None else end.toordinal() for end in op.data)
    before: Any = NO if since is None else day.hi < since
    after: Any = NO if until is None else day.lo > until
    known = day.known()
    idle = known & (before | after)
    wild = None if condition.wild is None else condition.wild & ~idle
    return Truth(condition.t | idle, condition.f & known & ~idle, wild)


def negated(_: Op, args: Sequence[Truth]) -> Truth:
    (truth,) = args
    return Truth(np.logical_not(truth.t), None, truth.wild) if truth.full else Truth(truth.f, truth.t, truth.wild)


def joined(op: Op, args: Sequence[Truth]) -> Truth:
    """A part that decides also settles rows where another part is wild."""
    decisive = op.kind == "or"
    one_is, other_is = ("t", "f") if decisive else ("f", "t")
    full = all(arg.full for arg in args)
    wild = any_wild(*args)
    if full and wild is None:
        t = args[0].t
        for arg in args[1:]:
            t = t | arg.t if decisive else t & arg.t
        return Truth(t)
    deciding, idle = getattr(args[0], one_is), getattr(args[0], other_is)
    for arg in args[1:]:
        deciding, idle = deciding | getattr(arg, one_is), idle & getattr(arg, other_is)
    if wild is not None:
        settled: Any = NO
        for arg in args:
            sure = getattr(arg, one_is)
            settled = settled | (sure if arg.wild is None else sure & ~arg.wild)
        wild = wild & ~settled
        deciding = settled
    return Truth(deciding, idle, wild) if decisive else Truth(idle, deciding, wild)


def compared(op: Op, args: Sequence[Number]) -> Truth:
    left, right = args
    wild = any_wild(left, right)
    sign = str(op.data)
    if op.args[1].kind == "constant" and left.is_static and left.dlo == left.dhi:
        return _with_constant(sign, left, op.args[1].data, wild)
    if sign in (">", ">="):
        left, right, sign = right, left, "<" if sign == ">" else "<="
    top, bottom, _ = common(left.hi, left.dhi, right.lo, right.dlo)
    if left.full and right.full:
        return Truth(SIGNS[sign](top, bottom), None, wild)
    low, high, _ = common(left.lo, left.dlo, right.hi, right.dhi)
    if sign == "<":
        return Truth(top < bottom, low >= high, wild)
    if sign == "<=":
        return Truth(top <= bottom, low > high, wild)
    return Truth(left.known() & right.known() & (top == bottom), (top < bottom) | (low > high), wild)


SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip


def _with_constant(sign: str, left: Number, bound: Any, wild: Any) -> Truth:
    """The constant is moved to the scale of the column and rounded the way that keeps the comparison."""
    edge = bound.toordinal() if isinstance(bound, date) else Fraction(bound) * left.dlo
    below, above = floor(edge), ceil(edge)
    lo, hi = left.lo, left.hi
    if sign in ("<", ">="):
        surely, never = hi < above, lo >= above
    elif sign in ("<=", ">"):
        surely, never = hi <= below, lo > below
    elif left.full:
        return Truth(lo == below if below == above else np.zeros(np.shape(lo), dtype=np.bool_), None, wild)
    else:
        return Truth((lo == hi) & (lo == below) & (below == above), (hi < above) | (lo > below), wild)
    if left.full:
        return Truth(surely if sign in ("<", "<=") else never, None, wild)
    return Truth(surely, never, wild) if sign in ("<", "<=") else Truth(never, surely, wild)


def recoded(word: Word, words: tuple[str, ...], union: tuple[str, ...]) -> Any:
    """The codes in a longer list of words."""
    if union[: len(words)] == words:
        return word.codes
    return np.array([union.index(one) for one in words], dtype=np.int32)[word.codes]


def _both_known(one: Word, other: Word) -> Any:
    return one.known if other.known is None else other.known if one.known is None else one.known & other.known


def same_word(op: Op, args: Sequence[Word]) -> Truth:
    one, other = args
    union = tuple(dict.fromkeys(op.args[0].type.values + op.args[1].type.values))
    codes = [recoded(arg, part.type.values, union) for arg, part in zip(args, op.args, strict=True)]
    same, known = codes[0] == codes[1], _both_known(one, other)
    wild = any_wild(one, other)
    return Truth(same, None, wild) if known is None else Truth(same & known, ~same & known, wild)


def word_in(op: Op, args: Sequence[Word]) -> Truth:
    (word,) = args
    options: Any = op.data
    among = np.array([one in options for one in op.args[0].type.values], dtype=np.bool_)[word.codes]
    return (
        Truth(among, None, word.wild)
        if word.known is None
        else Truth(among & word.known, ~among & word.known, word.wild)
    )


def same_truth(_: Op, args: Sequence[Truth]) -> Truth:
    one, other = args
    if one.full and other.full:
        return Truth(one.t == other.t, None, any_wild(one, other))
    return Truth((one.t & other.t) | (one.f & other.f), (one.t & other.f) | (one.f & other.t), any_wild(one, other))


def truth_in(op: Op, args: Sequence[Truth]) -> Truth:
    (truth,) = args
    flags: Any = op.data
    t = (truth.t if True in flags else NO) | (truth.f if False in flags else NO)
    return Truth(t, ~t & (truth.t | truth.f), truth.wild)


def is_known(_: Op, args: Sequence[Value]) -> Truth:
    (value,) = args
    return Truth(_known(value), None, value.wild)


def _known(value: Value) -> Any:
    if isinstance(value, Number):
        return value.known()
    if isinstance(value, Word):
        return np.True_ if value.known is None else value.known
    return np.True_ if value.full else value.t | value.f


def presumed(op: Op, args: Sequence[Any]) -> Value:
    value, default = args
    if value.full:
        return _widened(op, 0, value)
    known = _known(value)
    if isinstance(value, Truth):
        return Truth(np.where(known, value.t, default.t), None, value.wild)
    if isinstance(value, Word):
        codes = [recoded(arg, part.type.values, op.type.values) for arg, part in zip(args, op.args, strict=True)]
        return Word(np.where(known, codes[0], codes[1]), None, value.wild)
    number, parts = _chosen(known, value.lo, value.dlo, default.lo, default.dlo)
    return Number(number, number, parts, parts, value.wild)


def _widened(op: Op, place: int, value: Value) -> Value:
    """A word in the codes of the result; other values as they are."""
    if isinstance(value, Word):
        return Word(recoded(value, op.args[place].type.values, op.type.values), value.known, value.wild)
    return value


def _chosen(test: Any, yes: Any, yes_parts: Any, no: Any, no_parts: Any) -> tuple[Any, Any]:
    """One or the other number; one denominator when both are static, else each row keeps its own."""
    if isinstance(yes_parts, int) and isinstance(no_parts, int):
        one, other, parts = common(yes, yes_parts, no, no_parts)
        return np.where(test, one, other), parts
    return np.where(test, yes, no), np.where(test, yes_parts, no_parts)


def choice(op: Op, args: Sequence[Any]) -> Value:
    test, then, otherwise = args[0], _widened(op, 1, args[1]), _widened(op, 2, args[2])
    wild = _choice_wild(test, then, otherwise)
    if isinstance(then, Truth):
        assert isinstance(otherwise, Truth)
        if test.full and then.full and otherwise.full:
            return Truth(np.where(test.t, then.t, otherwise.t), None, wild)
        agree = then.t & otherwise.t, then.f & otherwise.f
        t = (test.t & then.t) | (test.f & otherwise.t) | agree[0]
        return Truth(t, (test.t & then.f) | (test.f & otherwise.f) | agree[1], wild)
    if isinstance(then, Word):
        assert isinstance(otherwise, Word)
        codes, known = np.where(test.t, then.codes, otherwise.codes), np.where(test.t, _known(then), _known(otherwise))
        if not test.full:
            agree = (then.codes == otherwise.codes) & _known(then) & _known(otherwise)
            known = known & (test.t | test.f | agree)
        return Word(codes, None if test.full and then.full and otherwise.full else known, wild)
    return _number_choice(test, then, otherwise, wild)


def _number_choice(test: Truth, then: Any, otherwise: Any, wild: Any) -> Number:
    lo, dlo = _chosen(test.t, then.lo, then.dlo, otherwise.lo, otherwise.dlo)
    if test.full and then.full and otherwise.full:
        return Number(lo, lo, dlo, dlo, wild)
    hi, dhi = _chosen(test.t, then.hi, then.dhi, otherwise.hi, otherwise.dhi)
    if not test.full:
        decided, any_of = test.t | test.f, smallest_bound(then, otherwise)
        lo, dlo = _chosen(decided, lo, dlo, any_of.lo, any_of.dlo)
        hi, dhi = _chosen(decided, hi, dhi, any_of.hi, any_of.dhi)
    return Number(lo, hi, dlo, dhi, wild)


def _choice_wild(test: Truth, then: Value, otherwise: Value) -> Any:
    """A wild branch matters only where it may be taken."""
    wild = test.wild
    if then.wild is not None:
        wild = either(wild, then.wild & ~test.f)
    if otherwise.wild is not None:
        wild = either(wild, otherwise.wild & ~test.t)
    return wild


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
            elif isinstance(parts, int) and isinstance(dlo, int) and isinstance(dhi, int):
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
    return ON_WHOLE[name](*(value for value, _ in args)), 1


COMPUTE: dict[str, Compute] = {
    "dated": dated,
    "constant": constant,
    "unlimited": unlimited,
    "not": negated,
    "and": joined,
    "or": joined,
    "compare": compared,
    "same_word": same_word,
    "same_truth": same_truth,
    "word_in": word_in,
    "truth_in": truth_in,
    "is_known": is_known,
    "presumed": presumed,
    "choice": choice,
    "+": added,
    "-": added,
    "*": multiplied,
    "/": divided,
    "count_true": count_true,
    "call": called,
    "working_days": working_days,
    "parameter": parameter_value,
    "lookup": lookup_value,
    "band": band_value,
}
