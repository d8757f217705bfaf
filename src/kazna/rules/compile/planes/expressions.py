"""What each operation computes from the values of its arguments, for all rows of a level at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np

from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.lookups import ANY_DAY, band_value, lookup_value, parameter_value
from kazna.rules.compile.planes.numbers import added, called, count_true, divided, multiplied
from kazna.rules.compile.planes.values import (
    Number,
    Truth,
    Value,
    Word,
    any_wild,
    common,
    either,
    exact,
    smallest_bound,
)  # fmt: skip
from kazna.rules.compile.planes.working_days import working_days
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
    """A condition in force from `since` to `until`: outside it holds; it fails only where it surely is in force."""
    condition, day = args
    since, until = (None if end is None else end.toordinal() for end in op.data)
    idle: Any = NO
    surely: Any = np.True_
    if since is not None:
        idle, surely = day.hi < since, day.lo >= since
    if until is not None:
        idle, surely = idle | (day.lo > until), surely & (day.hi <= until)
    wild = None if condition.wild is None else condition.wild & ~idle
    return Truth(condition.t | idle, condition.f & surely & ~idle, wild)


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
