"""Kleene logic, comparisons, choice and presumptions."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from kazna.rules.evaluate.code import Code, Compiler, missing_of, nothing_missing
from kazna.rules.evaluate.days import reads_day
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import Span, high, hull, is_unknown, low
from kazna.rules.language.nodes import Choice, Compare, IsKnown, Joined, Not, OneOf, Presumed


def negated(compiler: Compiler, node: Not) -> Code:
    operand = compiler.compile(node.operand)
    inner = operand.value

    def value(environment: Environment) -> bool | None:
        found = inner(environment)
        return None if found is None else not found

    return Code(value, operand.missing)


def joined(compiler: Compiler, node: Joined) -> Code:
    """A decided and/or drops the missing facts of its other parts: they can change nothing."""
    parts = tuple(compiler.compile(operand) for operand in node.operands)
    inner = tuple(part.value for part in parts)
    decisive = node.sign == "or"

    def value(environment: Environment) -> bool | None:
        result: bool | None = not decisive
        for part in inner:
            found = part(environment)
            if found is decisive:
                return bool(found)
            if found is None:
                result = None
        return result

    return Code(value, missing_of(*parts))


def _less(left: Any, right: Any) -> bool | None:
    if high(left) < low(right):
        return True
    return None if low(left) < high(right) else False


def _equal(left: Any, right: Any) -> bool | None:
    return False if high(left) < low(right) or high(right) < low(left) else None


def _negated(found: bool | None) -> bool | None:
    return None if found is None else not found


ON_KNOWN: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
ON_SPANS: dict[str, Callable[[Any, Any], bool | None]] = {
    "<": _less,
    ">=": lambda left, right: _negated(_less(left, right)),
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: _negated(_less(right, left)),
    "=": _equal,
    "!=": lambda left, right: _negated(_equal(left, right)),
}


def compared(compiler: Compiler, node: Compare) -> Code:
    """Unknown numbers are compared by their bounds: «at least 3» is settled by three known children."""
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    first, second = left.value, right.value
    known, by_bounds = ON_KNOWN[node.sign], ON_SPANS[node.sign]

    def value(environment: Environment) -> bool | None:
        one, other = first(environment), second(environment)
        if one is None or other is None:
            return None
        if type(one) is Span or type(other) is Span:
            return by_bounds(one, other)
        return known(one, other)

    return Code(value, missing_of(left, right))


def one_of(compiler: Compiler, node: OneOf) -> Code:
    operand = compiler.compile(node.operand)
    inner, options = operand.value, frozenset(node.options)

    def value(environment: Environment) -> bool | None:
        found = inner(environment)
        if found is None:
            return None
        if type(found) is Span:
            return None if any(found.lo <= option <= found.hi for option in options) else False
        return found in options

    return Code(value, operand.missing)


def known(compiler: Compiler, node: IsKnown) -> Code:
    operand = compiler.compile(node.operand)
    inner, wanted, timed = operand.value, node.wanted, reads_day(compiler, node.operand)

    def value(environment: Environment) -> bool | None:
        if environment.static:
            return None
        found = is_unknown(inner(environment))
        return None if found and timed and environment.is_interval else found is not wanted

    return Code(value, nothing_missing)


def presumed(compiler: Compiler, node: Presumed) -> Code:
    operand = compiler.compile(node.operand)
    inner, default, timed = operand.value, node.default, reads_day(compiler, node.operand)

    def value(environment: Environment) -> Any:
        found = inner(environment)
        if not is_unknown(found):
            return found
        if environment.static or (timed and environment.is_interval):
            return hull((found, default))
        operand.missing(environment, environment.presumed)
        return default

    return Code(value, nothing_missing)


def choice(compiler: Compiler, node: Choice) -> Code:
    """With the test unknown the value is still known when both branches agree."""
    test, then, otherwise = (compiler.compile(part) for part in node.children())
    ask, yes, no = test.value, then.value, otherwise.value

    def value(environment: Environment) -> Any:
        found = ask(environment)
        if found is None:
            return hull((yes(environment), no(environment)))
        return yes(environment) if found else no(environment)

    def missing(environment: Environment, found: set[str]) -> None:
        answer = ask(environment)
        if answer is None:
            test.missing(environment, found)
        for wanted, branch in ((True, then), (False, otherwise)):
            if answer in (None, wanted) and is_unknown(branch.value(environment)):
                branch.missing(environment, found)

    return Code(value, missing)
