"""Typed nodes: every name resolved, every type known. What evaluators and compilers read.

Frozen and closed: a back end matches on these classes and refuses what it does not know.
`position` is the offset in the author's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kazna.rules.language.types import Type

Constant = bool | int | Fraction | date | str


@dataclass(frozen=True, slots=True)
class Node:
    type: Type
    position: int

    def children(self) -> tuple[Node, ...]:
        return ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            children = node.children()
            if children:
                waiting.extend(reversed(children))


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant; money in kopecks; `never` is the last date there is."""

    value: Constant


@dataclass(frozen=True, slots=True)
class FactRef(Node):
    name: str


@dataclass(frozen=True, slots=True)
class MemberFact(Node):
    """A fact of the member of `relation` that the surrounding aggregate looks at."""

    relation: str
    name: str


@dataclass(frozen=True, slots=True)
class Builtin(Node):
    """`today` (day of determination) or `governing_date`."""

    name: str


@dataclass(frozen=True, slots=True)
class StepRef(Node):
    name: str


@dataclass(frozen=True, slots=True)
class ParameterRef(Node):
    """A dated number of the law. `key` None: no key; `at` None: on the governing date."""

    name: str
    key: Node | None
    at: Node | None

    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in (self.key, self.at) if part is not None)


@dataclass(frozen=True, slots=True)
class Not(Node):
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Joined(Node):
    """`sign` is and/or, over two operands or more."""

    sign: str
    operands: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`sign` is one of < <= > >= = !=."""

    sign: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    operand: Node
    options: tuple[Constant, ...]

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class IsKnown(Node):
    """True when the operand is known now (or, with `wanted` False, unknown now)."""

    operand: Node
    wanted: bool

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Presumed(Node):
    """`operand otherwise default`: a presumption the law states."""

    operand: Node
    default: Constant

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`sign` is one of + - * /; a divisor is proven not to be zero."""

    sign: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Choice(Node):
    test: Node
    then: Node
    otherwise: Node

    def children(self) -> tuple[Node, ...]:
        return (self.test, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of `language.functions`."""

    function: str
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments


@dataclass(frozen=True, slots=True)
class TableRef(Node):
    """`band(operand, table)` or `lookup(operand, table)`: the table knows which it is."""

    table: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Window(Node):
    """Over the `months` full calendar months that end before the month of the day `before`.

    `function`: window_sum (money), or window_months (how many have an amount of at least `at_least`;
    above zero when that is None). `series`: the fact with an amount for each month.
    """

    function: str
    series: FactRef | MemberFact
    months: int
    before: Node
    at_least: Node | None

    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in (self.series, self.before, self.at_least) if part is not None)


@dataclass(frozen=True, slots=True)
class Undecided(Node):
    """Never known: the definition `name` says nothing about these days."""

    name: str


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`kind`: count, any, all, none, sum, min, max (dates: min is earliest, max is latest).

    `where` of any/all/none is the quantified condition. `empty` is the value of an empty group for min/max.
    """

    kind: str
    relation: str
    subject: Node | None
    where: Node | None
    empty: Constant | None

    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in (self.subject, self.where) if part is not None)
