"""Critical values of an unknown number or date: the ends of the stretches on which the rule cannot tell them apart.

The rule itself is asked: every comparison and band that the fact reaches monotonically is bisected for the
place where it turns. Trying the values found is then as good as trying all values. Where that cannot be proved
(two unknown facts in one comparison, a parameter of an unknown day), no values are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kazna.rules.axis import ORDERED, axis_of, first_true
from kazna.rules.cases import with_values
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.evaluate.spans import high, low
from kazna.rules.language import nodes
from kazna.rules.language.nodes import Node
from kazna.rules.program import Program, in_force

MOST_VALUES = 24
Places = Callable[[Environment], tuple[Any, Any]]


class NotTame(Exception):
    """The fact reaches the answer in a way whose turning points cannot be found cheaply."""


def critical_values(
    program: Program, environment: Environment, name: str, definition: FactDefinition
) -> tuple[Any, ...]:
    """Values that stand for all values of the missing fact `name`; empty when there is no such proof."""
    if definition.type.kind not in ORDERED:
        return ()
    turns = _Turns(program, environment, name)
    try:
        turns.collect()
        return turns.values(definition)
    except NotTame:
        return ()


@dataclass(slots=True)
class _Turns:
    """`atoms`: pairs of sides whose order decides something, each rising or falling with the fact."""

    program: Program
    environment: Environment
    name: str
    atoms: list[tuple[Node, Node | None, Sequence[Any], int]] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)

    def collect(self) -> None:
        """Every comparison that reads the fact; raises NotTame."""
        measure = self.program.measure
        if self._reads(measure.governing):
            raise NotTame
        for condition in measure.conditions:
            if in_force(condition, self.environment.governing) is not False:
                self.direction(condition.node)
        for formula in (measure.amount, measure.term_from, measure.term_to):
            if formula is not None:
                self.direction(formula.node)

    def direction(self, node: Node) -> int:
        """+1: never falls when the fact grows, -1: never rises, 0: constant between two turns; else NotTame."""
        if not self._reads(node):
            return 0
        if isinstance(node, (nodes.FactRef, nodes.MemberFact)):
            return 1
        if isinstance(node, nodes.StepRef):
            if node.name not in self.steps:
                self.steps[node.name] = self.direction(self._step(node.name))
            return self.steps[node.name]
        if isinstance(node, nodes.Compare):
            return self._turn(
                node.left, node.right, (), self._together(self.direction(node.left), -self.direction(node.right))
            )
        if isinstance(node, nodes.OneOf):
            return self._turn(node.operand, None, node.options, self.direction(node.operand))
        if isinstance(node, (nodes.Not, nodes.Joined)) or (
            isinstance(node, nodes.Call) and node.function == "count_true"
        ):
            return self._together(*(self.direction(part) for part in node.children()))
        if isinstance(node, nodes.Presumed) and isinstance(node.operand, (nodes.FactRef, nodes.MemberFact)):
            return 1
        if isinstance(node, nodes.IsKnown) and isinstance(node.operand, (nodes.FactRef, nodes.MemberFact)):
            return 0
        if isinstance(node, nodes.Choice):
            self._constant(node.test)
            return self._together(self.direction(node.then), self.direction(node.otherwise))
        if isinstance(node, nodes.Arithmetic):
            return self._arithmetic(node)
        if isinstance(node, nodes.Call) and node.function in FUNCTIONS:
            return self._call(node)
        if isinstance(node, nodes.TableRef):
            return self._table(node)
        if isinstance(node, nodes.Aggregate):
            return self._aggregate(node)
        raise NotTame

    def _arithmetic(self, node: nodes.Arithmetic) -> int:
        left, right = self.direction(node.left), self.direction(node.right)
        if node.sign == "+":
            return self._together(left, right)
        if node.sign == "-":
            return self._together(left, -right)
        if left and right:
            raise NotTame
        if node.sign == "/" and right:
            raise NotTame
        other = node.right if left else node.left
        if other.type.lo < 0 < other.type.hi or (node.sign == "/" and other.type.lo <= 0):
            raise NotTame
        return (left or right) * (1 if other.type.lo >= 0 else -1)

    def _call(self, node: nodes.Call) -> int:
        ways = FUNCTIONS[node.function][1]
        found = [self.direction(part) for part in node.arguments]
        if any(found) and not ways:
            raise NotTame
        ways = ways + ways[-1:] * (len(found) - len(ways))
        return self._together(*(one * way for one, way in zip(found, ways, strict=False)))

    def _table(self, node: nodes.TableRef) -> int:
        table = self.program.compiler.tables[node.table]
        edges = [edge for edge in (*table.starts, table.top) if edge is not None]
        return self._turn(node.operand, None, edges, self.direction(node.operand))

    def _aggregate(self, node: nodes.Aggregate) -> int:
        """Only a fact of one member of this very relation: a shared one would turn for each member elsewhere."""
        if self._person() is None or not self.name.startswith(node.relation + "["):
            raise NotTame
        for part in self.program.compiler.relations[node.relation].parts:
            if part.when is not None:
                self._constant(part.when)
        if node.where is not None:
            self._constant(node.where)
        return self.direction(node.subject) if node.subject is not None else 0

    def _constant(self, node: Node) -> None:
        if self.direction(node):
            raise NotTame

    @staticmethod
    def _together(*directions: int) -> int:
        found = {one for one in directions if one}
        if len(found) > 1:
            raise NotTame
        return found.pop() if found else 0

    def _turn(self, left: Node, right: Node | None, edges: Sequence[Any], direction: int) -> int:
        if direction:
            self.atoms.append((left, right, edges, direction))
        return 0

    def values(self, definition: FactDefinition) -> tuple[Any, ...]:
        """Both ends of every stretch, least first."""
        axis = axis_of(definition.type)
        starts = {axis.low, axis.high + 1}
        for left, right, edges, direction in self.atoms:
            for sides in self._pairs(left, right, edges):
                starts |= set(self._bisected(sides, direction, axis.write, axis.low, axis.high))
        ends = {place for start in starts for place in (start - 1, start) if axis.low <= place <= axis.high}
        if len(ends) > MOST_VALUES:
            raise NotTame
        return tuple(axis.write(place) for place in sorted(ends))

    def _pairs(self, left: Node, right: Node | None, edges: Sequence[Any]) -> Iterator[Places]:
        first = self.program.compiler.compile(left).value
        if right is not None:
            second = self.program.compiler.compile(right).value
            yield lambda environment: (first(environment), second(environment))
        for edge in edges:
            yield lambda environment, edge=edge: (first(environment), edge)  # type: ignore[misc]

    def _bisected(
        self, sides: Places, direction: int, write: Callable[[int], Any], least: int, most: int
    ) -> Iterator[int]:
        """Where the left side stops being on one side of the right one, and where it arrives on the other."""

        def order(place: int) -> int | None:
            left, right = sides(self._with(write(place)))
            if high(left) < low(right):
                return -direction
            if low(left) > high(right):
                return direction
            return 0 if low(left) == high(left) == low(right) == high(right) else None

        leaves = first_true(lambda place: order(place) != -1, least, most)
        arrives = first_true(lambda place: order(place) == 1, leaves, most)
        middle = {place for place in (leaves, arrives - 1) if leaves <= place < arrives}
        if any(order(place) is None for place in middle):
            raise NotTame
        yield from (leaves, arrives)

    def _with(self, value: Any) -> Environment:
        environment = with_values(self.environment, {self.name: value})
        environment.governing = self.environment.governing
        relation = self.name.partition("[")[0]
        environment.person = next(
            (person for person in environment.people.get(relation) or () if self.name.startswith(person.label + ".")),
            None,
        )
        return environment

    def _person(self) -> Person | None:
        relation = self.name.partition("[")[0]
        people = self.environment.people.get(relation) or ()
        return next((person for person in people if self.name.startswith(person.label + ".")), None)

    def _step(self, name: str) -> Node:
        return next(step.node for step in self.program.measure.steps if step.name == name)

    def _reads(self, root: Node) -> bool:
        """Whether the fact is read, through steps and conditions of belonging too."""
        return any(self._is_read(node) for node in root.walk())

    def _is_read(self, node: Node) -> bool:
        if isinstance(node, nodes.FactRef):
            return node.name == self.name
        if isinstance(node, nodes.MemberFact):
            person = self._person()
            mine = person is not None and f"{person.label}.{node.name}" == self.name
            return mine and self.name.startswith(node.relation + "[")
        if isinstance(node, nodes.StepRef):
            return self._reads(self._step(node.name))
        if isinstance(node, nodes.Aggregate):
            parts = self.program.compiler.relations[node.relation].parts
            return any(part.when is not None and self._reads(part.when) for part in parts)
        return False
