"""Truths, comparisons, choice and presumptions: each as what surely and what possibly holds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.thresholds import moved
from kazna.rules.compile.sql.trees import Part, Truthful
from kazna.rules.compile.sql.values import (
    Bound,
    Day,
    Number,
    Truth,
    Value,
    Word,
    bounds_compared,
    constant,
    exactly,
    largest,
    picked,
    rescaled,
    smallest,
)
from kazna.rules.language.nodes import Choice, Compare, IsKnown, Joined, Node, Not, OneOf, Presumed
from kazna.rules.language.types import Type

if TYPE_CHECKING:
    from kazna.rules.compile.sql.rules import Rules

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def truth_of(rules: Rules, node: Node) -> Truth:
    value = rules.value(node)
    assert isinstance(value, Truth)
    return value


def joined(rules: Rules, node: Joined) -> Truth:
    parts = [truth_of(rules, operand) for operand in node.operands]
    join = trees.both if node.sign == "and" else trees.either
    return _truth(join(*(part.surely for part in parts)), join(*(part.possibly for part in parts)))


def _truth(surely: Truthful, possibly: Truthful) -> Truth:
    """One object for both when they are the same, so that what is never unknown is computed once."""
    return Truth(surely, surely if trees.same(surely, possibly) else possibly)


def negated(rules: Rules, node: Not) -> Truth:
    return opposite(truth_of(rules, node.operand))


def opposite(value: Truth) -> Truth:
    if value.surely is value.possibly:
        turned = trees.negated(value.surely)
        return Truth(turned, turned)
    return Truth(trees.negated(value.possibly), trees.negated(value.surely))


def compared(rules: Rules, node: Compare) -> Truth:
    edges = moved(rules, node)
    if edges is not None:
        tests = [_days(sign, day, Day(edge, edge)) for sign, day, edge in edges]
        return _truth(trees.both(*(test.surely for test in tests)), trees.both(*(test.possibly for test in tests)))
    if node.sign == "!=":
        return opposite(_compared("=", rules.value(node.left), rules.value(node.right)))
    return _compared(node.sign, rules.value(node.left), rules.value(node.right))


def _compared(sign: str, left: Value, right: Value) -> Truth:
    if isinstance(left, Number) and isinstance(right, Number):
        return numbers_compared(sign, left, right)
    if isinstance(left, Day) and isinstance(right, Day):
        return _days(sign, left, right)
    if isinstance(left, Truth) and isinstance(right, Truth):
        return _truths_equal(left, right)
    assert isinstance(left, Word) and isinstance(right, Word)
    return _words_equal(left, right)


def numbers_compared(sign: str, left: Number, right: Number) -> Truth:
    if sign == "=":
        if left.exact and right.exact:
            found = bounds_compared("=", left.low, right.low, without_bound=False)
            if not (left.open or right.open):
                return Truth(found, found)
            return Truth(found, bounds_compared("=", left.low, right.low, without_bound=True))
        surely = trees.both(
            bounds_compared("<=", left.high, right.low, without_bound=False),
            bounds_compared(">=", left.low, right.high, without_bound=False),
        )
        possibly = trees.both(
            bounds_compared("<=", left.low, right.high, without_bound=True),
            bounds_compared("<=", right.low, left.high, without_bound=True),
        )
        return Truth(surely, possibly)
    if sign in (">", ">="):
        left, right, sign = right, left, MIRRORED[sign]
    surely = bounds_compared(sign, left.high, right.low, without_bound=False)
    if left.exact and right.exact and not (left.open or right.open):
        return Truth(surely, surely)
    return Truth(surely, bounds_compared(sign, left.low, right.high, without_bound=True))


def _days(sign: str, left: Day, right: Day) -> Truth:
    if sign == "=":
        if left.exact and right.exact:
            found = trees.compared("=", left.low, right.low)
            return Truth(found, found)
        surely = trees.both(trees.compared("<=", left.high, right.low), trees.compared(">=", left.low, right.high))
        possibly = trees.both(trees.compared("<=", left.low, right.high), trees.compared("<=", right.low, left.high))
        return Truth(surely, possibly)
    if sign in (">", ">="):
        left, right, sign = right, left, MIRRORED[sign]
    return _truth(trees.compared(sign, left.high, right.low), trees.compared(sign, left.low, right.high))


def _truths_equal(left: Truth, right: Truth) -> Truth:
    if isinstance(right.surely, bool) and right.surely is right.possibly:
        return left if right.surely else opposite(left)
    if isinstance(left.surely, bool) and left.surely is left.possibly:
        return right if left.surely else opposite(right)
    both_yes = trees.both(left.surely, right.surely)
    both_no = trees.both(trees.negated(left.possibly), trees.negated(right.possibly))
    differ = trees.either(
        trees.both(left.surely, trees.negated(right.possibly)), trees.both(right.surely, trees.negated(left.possibly))
    )
    return Truth(trees.either(both_yes, both_no), trees.negated(differ))


def _words_equal(left: Word, right: Word) -> Truth:
    if left.value is None or right.value is None:
        return Truth(False, True)
    if not isinstance(left.value, Part) and not isinstance(right.value, Part):
        found = left.value == right.value
        return Truth(found, found)
    return _nullable(trees.operator(exp.EQ, trees.tree(left.value), trees.tree(right.value)))


def _nullable(test: Part) -> Truth:
    """A test that is NULL where a word is unknown."""
    return Truth(trees.coalesce(test, trees.truth(False)), trees.coalesce(test, trees.truth(True)))


def one_of(rules: Rules, node: OneOf) -> Truth:
    operand = rules.value(node.operand)
    if isinstance(operand, Truth):
        hits = [operand.surely if option else trees.negated(operand.possibly) for option in node.options]
        surely = trees.either(*hits)
        return Truth(surely, trees.either(surely, trees.negated(operand.known)))
    if isinstance(operand, Word):
        if not isinstance(operand.value, Part):
            found = operand.value in node.options
            return Truth(found, found) if operand.value is not None else Truth(False, True)
        words = [trees.word(str(option)) for option in node.options]
        return _nullable(exp.In(this=trees.wrapped(operand.value), expressions=words))
    tests = [_compared("=", operand, _option(option, node.operand.type)) for option in node.options]
    return _truth(trees.either(*(test.surely for test in tests)), trees.either(*(test.possibly for test in tests)))


def _option(option: object, kind: Type) -> Number | Day:
    if isinstance(option, (int, Fraction)) and not isinstance(option, bool):
        value = Fraction(option)
        return exactly(Bound(value.numerator, value.denominator), kind)
    return Day(option, option)  # type: ignore[arg-type]


def known(rules: Rules, node: IsKnown) -> Truth:
    found = rules.value(node.operand).known
    found = found if node.wanted else trees.negated(found)
    return Truth(found, found)


def presumed(rules: Rules, node: Presumed) -> Value:
    """The value where it is known, else what the law presumes."""
    operand = rules.value(node.operand)
    if isinstance(operand, Truth):
        found = operand.possibly if node.default else operand.surely
        return Truth(found, found)
    if isinstance(operand, Word):
        if not isinstance(operand.value, Part):
            return Word(str(node.default) if operand.value is None else operand.value)
        return Word(trees.coalesce(operand.value, trees.word(str(node.default))))
    if isinstance(operand, Day):
        if operand.exact:
            return operand
        found_day = trees.case([(operand.known, trees.tree(operand.low))], trees.tree(node.default))
        return Day(found_day, found_day)
    assert isinstance(node.default, (int, Fraction))
    default = constant(node.default, node.type) if node.type.exact else _plain(node.default, node.type)
    if operand.exact and not operand.open:
        return rescaled(operand, node.type)
    wide = rescaled(operand, node.type)
    bound = picked(operand.known, wide.low, default.low)
    return replace(exactly(Bound(bound.top, bound.bottom), node.type), wild=operand.wild)


def _plain(value: int | Fraction, kind: Type) -> Number:
    found = Fraction(value)
    return exactly(Bound(found.numerator, found.denominator), kind)


def choice(rules: Rules, node: Choice) -> Value:
    """With the test unknown, whatever both branches allow."""
    test, yes, no = truth_of(rules, node.test), rules.value(node.then), rules.value(node.otherwise)
    if isinstance(test.surely, bool) and test.surely is test.possibly:
        taken = yes if test.surely else no
        return rescaled(taken, node.type) if isinstance(taken, Number) else taken
    never = trees.negated(test.possibly)
    if isinstance(yes, Truth) and isinstance(no, Truth):
        return _truth_chosen(test, never, yes, no)
    if isinstance(yes, Word) and isinstance(no, Word):
        return _word_chosen(test, never, yes, no)
    if isinstance(yes, Day) and isinstance(no, Day):
        low = _chosen(test, never, yes.low, no.low, trees.least)
        exact = yes.exact and no.exact and test.surely is test.possibly
        return Day(low, low if exact else _chosen(test, never, yes.high, no.high, trees.greatest))
    assert isinstance(yes, Number) and isinstance(no, Number)
    chosen = _number_chosen(test, never, rescaled(yes, node.type), rescaled(no, node.type), node.type)
    return replace(chosen, wild=yes.wild or no.wild)


def _truth_chosen(test: Truth, never: Truthful, yes: Truth, no: Truth) -> Truth:
    surely = trees.either(trees.both(test.surely, yes.surely), trees.both(never, no.surely))
    possibly = trees.either(
        trees.both(test.possibly, yes.possibly), trees.both(trees.negated(test.surely), no.possibly)
    )
    if test.surely is test.possibly:
        exact = yes.surely is yes.possibly and no.surely is no.possibly
        return Truth(surely, surely) if exact else Truth(surely, possibly)
    return Truth(trees.either(surely, trees.both(yes.surely, no.surely)), possibly)


def _word_chosen(test: Truth, never: Truthful, yes: Word, no: Word) -> Word:
    one, other = (trees.tree(word.value) if word.value is not None else exp.Null() for word in (yes, no))
    if one == other:
        return yes
    agree = trees.operator(exp.EQ, one, other)
    branches = [(test.surely, one), (never, other), (trees.coalesce(agree, trees.truth(False)), one)]
    return Word(trees.case(branches, exp.Null()))


def _chosen(test: Truth, never: Truthful, yes: Any, no: Any, unsure: Any) -> Any:
    if trees.same(yes, no):
        return yes
    one, other = trees.tree(yes), trees.tree(no)
    if test.surely is test.possibly:
        return trees.case([(test.surely, one)], other)
    return trees.case([(test.surely, one), (never, other)], trees.tree(unsure(yes, no)))


def _number_chosen(test: Truth, never: Truthful, yes: Number, no: Number, kind: Type) -> Number:
    if test.surely is test.possibly:
        low = picked(test.surely, yes.low, no.low)
        return (
            exactly(low, kind) if yes.exact and no.exact else Number(low, picked(test.surely, yes.high, no.high), kind)
        )
    ends = [
        picked(test.surely, one, picked(never, other, choose([one, other], no_bound_wins=True)))
        for one, other, choose in ((yes.low, no.low, smallest), (yes.high, no.high, largest))
    ]
    return Number(ends[0], ends[1], kind)
