"""Exact arithmetic on whole numbers and fractions, and on bounds when something is unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from kazna.rules.evaluate.calendar import OutsideCalendar
from kazna.rules.evaluate.code import Code, Compiler, missing_of
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.evaluate.spans import ANY_NUMBER, Span, high, is_unknown, low, plain, span, unknown_of
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.nodes import Arithmetic, Call


def divided(left: Any, right: Any) -> int | Fraction:
    return plain(Fraction(left) / right)


KNOWN: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divided,
}


def _bounds(sign: str, left: Any, right: Any) -> Any:
    if sign == "+":
        return span(low(left) + low(right), high(left) + high(right))
    if sign == "-":
        return span(low(left) - high(right), high(left) - low(right))
    if sign == "/" and low(right) <= 0:
        return ANY_NUMBER
    corners = [KNOWN[sign](a, b) for a in (low(left), high(left)) for b in (low(right), high(right))]
    return span(min(corners), max(corners))


def arithmetic(compiler: Compiler, node: Arithmetic) -> Code:
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    first, second, sign, known = left.value, right.value, node.sign, KNOWN[node.sign]

    def value(environment: Environment) -> Any:
        one, other = first(environment), second(environment)
        if type(one) is Span or type(other) is Span:
            return _bounds(sign, one, other)
        return known(one, other)

    return Code(value, missing_of(left, right))


def called(compiler: Compiler, node: Call) -> Code:
    if node.function == "count_true":
        return _count_true(compiler, node)
    if node.function in WORKING_DAYS:
        return _working_days(compiler, node)
    parts = tuple(compiler.compile(argument) for argument in node.arguments)
    inner = tuple(part.value for part in parts)
    function, directions = FUNCTIONS[node.function]
    whatever = unknown_of(node.type)

    def value(environment: Environment) -> Any:
        found = [part(environment) for part in inner]
        if not any(type(one) is Span for one in found):
            return function(*found)
        if not directions:
            return whatever
        ways = directions + directions[-1:] * (len(found) - len(directions))
        least = [low(one) if way > 0 else high(one) for one, way in zip(found, ways, strict=True)]
        most = [high(one) if way > 0 else low(one) for one, way in zip(found, ways, strict=True)]
        return span(function(*least), function(*most))

    return Code(value, missing_of(*parts))


def _working_days(compiler: Compiler, node: Call) -> Code:
    """Unknown where the calendar does not describe a year on the way; `calendar:YEAR` is missing then."""
    first, second = (compiler.compile(argument) for argument in node.arguments)
    calendar, whatever = compiler.calendar, unknown_of(node.type)
    grows = -1 if node.function == "working_days_between" else 1
    function: Callable[[Any, Any], Any] = getattr(calendar, node.function)

    def value(environment: Environment) -> Any:
        one, other = first.value(environment), second.value(environment)
        ends = (low(one), high(one))[::grows]
        try:
            return span(function(ends[0], low(other)), function(ends[1], high(other)))
        except OutsideCalendar:
            return whatever

    def missing(environment: Environment, found: set[str]) -> None:
        unknown(environment, found)
        one, other = first.value(environment), second.value(environment)
        if not is_unknown(one) and not is_unknown(other):
            try:
                function(one, other)
            except OutsideCalendar as outside:
                found.add(f"calendar:{outside.year}")

    unknown = missing_of(first, second)
    return Code(value, missing)


def _count_true(compiler: Compiler, node: Call) -> Code:
    parts = tuple(compiler.compile(argument) for argument in node.arguments)

    def value(environment: Environment) -> Any:
        found = [part.value(environment) for part in parts]
        return span(sum(one is True for one in found), sum(one is not False for one in found))

    return Code(value, missing_of(*parts))
