"""Small pieces of SQL trees, simplified on the way: what is constant never reaches the database.

A truth is two-valued: a tree that is never NULL, or a Python bool. A number is a tree or a Python int.
Trees are shared, never changed: a part may stand in many places; who wants to change one copies it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlglot import exp

Part = exp.Expression
Truthful = Part | bool
Whole = Part | int
DayPart = Part | date

BIGINT = exp.DataType.build("bigint")
INT = exp.DataType.build("int")
DATE = exp.DataType.build("date")
SIMPLE = (
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Cast, exp.Paren, exp.Anonymous),
    *(exp.Coalesce, exp.Least, exp.Greatest, exp.Year, exp.Month, exp.Day, exp.LastDay),
)


def same(left: object, right: object) -> bool:
    return left is right or (type(left) is type(right) and left == right)


def wrapped(part: Part) -> Part:
    """The part so that it can stand beside any operator."""
    return part if isinstance(part, SIMPLE) else exp.Paren(this=part)


def column(name: str) -> exp.Column:
    return exp.Column(this=exp.Identifier(this=name, quoted=True))


def cast(part: Part, kind: exp.DataType) -> Part:
    return exp.Cast(this=part, to=kind)


def number(value: Whole) -> Part:
    """A tree; a bare constant is 64-bit, so that arithmetic on it cannot pass 32 bits unnoticed."""
    if not isinstance(value, int):
        return value
    literal = exp.Literal.number(abs(value))
    return cast(literal if value >= 0 else exp.Neg(this=literal), BIGINT)


def day(value: DayPart) -> Part:
    return cast(exp.Literal.string(value.isoformat()), DATE) if isinstance(value, date) else value


def word(value: Part | str) -> Part:
    return exp.Literal.string(value) if isinstance(value, str) else value


def truth(value: Truthful) -> Part:
    return exp.Boolean(this=value) if isinstance(value, bool) else value


def _chain(kind: Any, parts: Sequence[Part]) -> Part:
    """Balanced, so that depth grows with the logarithm."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    found: Part = kind(this=wrapped(_chain(kind, parts[:half])), expression=wrapped(_chain(kind, parts[half:])))
    return found


def _joined(kind: Any, decisive: bool, parts: Iterable[Truthful]) -> Truthful:
    kept: dict[str, Part] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is decisive:
                return decisive
            continue
        kept.setdefault(part.sql(copy=False), part)
    return _chain(kind, list(kept.values())) if kept else not decisive


def both(*parts: Truthful) -> Truthful:
    return _joined(exp.And, False, parts)


def either(*parts: Truthful) -> Truthful:
    return _joined(exp.Or, True, parts)


def negated(part: Truthful) -> Truthful:
    if isinstance(part, bool):
        return not part
    if isinstance(part, exp.Not):
        inner: Part = part.this
        return inner.this if isinstance(inner, exp.Paren) else inner
    return exp.Not(this=wrapped(part))


def is_null(part: Part) -> Part:
    return exp.Is(this=wrapped(part), expression=exp.Null())


def coalesce(part: Part, *others: Part) -> Part:
    return exp.Coalesce(this=part, expressions=list(others))


def case(branches: Iterable[tuple[Truthful, Part]], otherwise: Part) -> Part:
    """CASE over two-valued tests, so that ELSE is never taken for an unknown."""
    kept = []
    for test, value in branches:
        if test is False:
            continue
        if test is True:
            otherwise = value
            break
        kept.append((truth(test), value))
    if not kept or all(value == otherwise for _, value in kept):
        return otherwise
    return exp.Case(ifs=[exp.If(this=test, true=value) for test, value in kept], default=otherwise)


def flag(test: Truthful) -> Whole:
    """1 when the test holds, else 0."""
    return int(test) if isinstance(test, bool) else case([(test, number(1))], number(0))


def operator(kind: Any, left: Part, right: Part) -> Part:
    found: Part = kind(this=wrapped(left), expression=wrapped(right))
    return found


def added(left: Whole, right: Whole) -> Whole:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    if same(left, 0):
        return right
    return left if same(right, 0) else operator(exp.Add, number(left), number(right))


def subtracted(left: Whole, right: Whole) -> Whole:
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    return left if same(right, 0) else operator(exp.Sub, number(left), number(right))


def multiplied(left: Whole, right: Whole) -> Whole:
    """Never simplified by a zero: the other factor may be NULL, which is a number without bounds."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if same(left, 1):
        return right
    return left if same(right, 1) else operator(exp.Mul, number(left), number(right))


def minus(value: Whole) -> Whole:
    return -value if isinstance(value, int) else exp.Neg(this=wrapped(value))


def divided(value: Whole, by: Whole) -> Whole:
    """Whole division of a number that is not negative."""
    if isinstance(value, int) and isinstance(by, int):
        return value // by
    return value if same(by, 1) else operator(exp.IntDiv, number(value), number(by))


COMPARISONS: dict[str, tuple[Any, Callable[[Any, Any], bool]]] = {
    "<": (exp.LT, lambda left, right: left < right),
    "<=": (exp.LTE, lambda left, right: left <= right),
    ">": (exp.GT, lambda left, right: left > right),
    ">=": (exp.GTE, lambda left, right: left >= right),
    "=": (exp.EQ, lambda left, right: left == right),
}


def compared(sign: str, left: Any, right: Any) -> Truthful:
    """Numbers, days or words; two constants are compared here."""
    kind, known = COMPARISONS[sign]
    if not isinstance(left, Part) and not isinstance(right, Part):
        return known(left, right)
    if isinstance(left, Part) and isinstance(right, Part) and left == right:
        return sign in ("<=", ">=", "=")
    return operator(kind, tree(left), tree(right))


def tree(value: Any) -> Part:
    """Any constant or tree as a tree."""
    if isinstance(value, Part):
        return value
    if isinstance(value, bool):
        return truth(value)
    if isinstance(value, int):
        return number(value)
    return day(value) if isinstance(value, date) else word(value)


def extreme(kind: Any, values: Sequence[Any], known: Callable[..., Any]) -> Any:
    """LEAST or GREATEST of values without NULL (or with NULL left out); the same value counts once."""
    constants = [value for value in values if not isinstance(value, Part)]
    parts = {value.sql(copy=False): value for value in values if isinstance(value, Part)}
    found = [*parts.values(), *([tree(known(constants))] if constants else [])]
    if not parts:
        return known(constants)
    if len(found) == 1:
        return found[0]
    return kind(this=found[0], expressions=found[1:], ignore_nulls=True)


def least(*values: Any) -> Any:
    return extreme(exp.Least, values, min)


def greatest(*values: Any) -> Any:
    return extreme(exp.Greatest, values, max)


def total(parts: Sequence[Part]) -> Part:
    """A balanced sum."""
    return _chain(exp.Add, parts)
