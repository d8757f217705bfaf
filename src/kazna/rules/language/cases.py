"""Which conditions can hold together: every combination of answers to the comparisons they are made of.

A comparison of a value with constants splits its range into pieces; inside a piece all comparisons answer
alike, so one value of each piece stands for it. Two values compared with one another are an atom with three
answers; anything else is an atom that may be true or false. Atoms are taken to be independent, so «cannot
hold together» is a proof, and «can» is not.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, prod
from typing import Any

from kazna.rules.language.nodes import Choice, Compare, Joined, Literal, Node, Not, OneOf
from kazna.rules.language.types import Kind, Type

MOST_CASES = 20_000
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
Case = Mapping[Hashable, Any]
Test = Callable[[Case], bool]


def key_of(node: Node) -> Hashable:
    """Equal for expressions that say the same, wherever they stand in the text."""
    return (type(node).__name__, *(_key_of_part(getattr(node, name)) for name in _names_of(type(node))))


_PARTS: dict[type[Node], tuple[str, ...]] = {}


def _names_of(kind: type[Node]) -> tuple[str, ...]:
    if kind not in _PARTS:
        _PARTS[kind] = tuple(part.name for part in fields(kind) if part.name not in ("position", "type"))
    return _PARTS[kind]


def _key_of_part(part: Any) -> Hashable:
    if isinstance(part, Node):
        return key_of(part)
    if isinstance(part, tuple):
        return tuple(_key_of_part(one) for one in part)
    return (type(part).__name__, part)


@dataclass(slots=True)
class Cases:
    """The atoms of some conditions. `kinds`: atom → its type; `constants`: atom → what it is compared with."""

    kinds: dict[Hashable, Type] = field(default_factory=dict)
    constants: dict[Hashable, set[Any]] = field(default_factory=dict)
    orders: dict[Hashable, tuple[int, ...]] = field(default_factory=dict)
    nodes: dict[Hashable, Node] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        """Note the atoms of a condition."""
        if isinstance(node, (Not, Joined)) or (isinstance(node, Choice) and node.type.kind is Kind.BOOL):
            for child in node.children():
                self.add(child)
        elif isinstance(node, Literal):
            return
        elif isinstance(node, Compare):
            self._add_comparison(node)
        elif isinstance(node, OneOf):
            self._add_value(node.operand, node.options)
        else:
            self._add_value(node, ())

    def _add_comparison(self, node: Compare) -> None:
        if isinstance(node.right, Literal):
            self._add_value(node.left, (node.right.value,))
        elif isinstance(node.left, Literal):
            self._add_value(node.right, (node.left.value,))
        else:
            ordered = node.left.type.is_number or node.left.type.kind is Kind.DATE
            self.orders.setdefault(_pair(node)[0], (-1, 0, 1) if ordered else (0, 1))

    def _add_value(self, node: Node, constants: Iterable[Any]) -> None:
        atom = key_of(node)
        self.kinds[atom] = node.type
        self.nodes[atom] = node
        self.constants.setdefault(atom, set()).update(constants)

    def atoms(self) -> set[Hashable]:
        return {*self.kinds, *self.orders}

    def all(self) -> Iterator[Case] | None:
        """Every combination; None when there are too many to try."""
        domains: dict[Hashable, tuple[Any, ...]] = {
            atom: pieces(kind, self.constants[atom]) for atom, kind in self.kinds.items()
        }
        domains |= self.orders
        if prod(map(len, domains.values())) > MOST_CASES:
            return None
        return (dict(zip(domains, values, strict=True)) for values in product(*domains.values()))


def pieces(kind: Type, constants: Iterable[Any]) -> tuple[Any, ...]:
    """A value of each piece into which the constants cut the range of the type."""
    if kind.kind is Kind.BOOL:
        return (False, True)
    if kind.kind is Kind.TEXT:
        return kind.values
    if kind.kind is Kind.DATE:
        days = {day + timedelta(days=step) for day in constants for step in (-1, 0, 1) if _can_move(day, step)}
        return tuple(sorted(days or {date(2000, 1, 1)}))
    if not kind.is_number:
        return (None,)
    points = {Fraction(point) for point in constants}
    if kind.is_whole:
        near = {
            Fraction(whole + step) for point in points for whole in (floor(point), ceil(point)) for step in (-1, 0, 1)
        }
        points = near
    inside = sorted({kind.lo, kind.hi, *(point for point in points if kind.lo <= point <= kind.hi)})
    middles = [] if kind.is_whole else [(one + other) / 2 for one, other in pairwise(inside)]
    return tuple(sorted([*inside, *middles]))


def _can_move(day: date, step: int) -> bool:
    return date.min < day < date.max or (day == date.max and step <= 0) or (day == date.min and step >= 0)


def _pair(node: Compare) -> tuple[Hashable, int]:
    """One atom for `a < b` and `b > a`; the number turns its answer round."""
    left, right = key_of(node.left), key_of(node.right)
    return (("order", left, right), 1) if repr(left) <= repr(right) else (("order", right, left), -1)


def test_of(node: Node) -> Test:
    """Whether the condition holds in a case of all its atoms, as a function."""
    if isinstance(node, Literal):
        answer = node.value is True
        return lambda case: answer
    if isinstance(node, Not):
        operand = test_of(node.operand)
        return lambda case: not operand(case)
    if isinstance(node, Joined):
        parts = [test_of(operand) for operand in node.operands]
        if node.sign == "and":
            return lambda case: all(part(case) for part in parts)
        return lambda case: any(part(case) for part in parts)
    if isinstance(node, Choice) and node.type.kind is Kind.BOOL:
        asked, then, otherwise = (test_of(part) for part in node.children())
        return lambda case: then(case) if asked(case) else otherwise(case)
    if isinstance(node, OneOf):
        operand_key, options = key_of(node.operand), frozenset(node.options)
        return lambda case: case[operand_key] in options
    if isinstance(node, Compare):
        return _comparison(node)
    key = key_of(node)
    return lambda case: case[key] is True


def _comparison(node: Compare) -> Test:
    sign, compare = node.sign, COMPARE[node.sign]
    if isinstance(node.right, Literal):
        left, value = key_of(node.left), node.right.value
        return lambda case: bool(compare(case[left], value))
    if isinstance(node.left, Literal):
        right, constant = key_of(node.right), node.left.value
        return lambda case: bool(compare(constant, case[right]))
    atom, turn = _pair(node)
    if sign in ("=", "!="):
        return lambda case: (case[atom] == 0) == (sign == "=")
    return lambda case: bool(compare(case[atom] * turn, 0))
