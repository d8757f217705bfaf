"""Whether an expression gives the same answer on every day of an interval, whatever the unknown facts are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kazna.rules.documents.measure import Condition
from kazna.rules.evaluate.code import Code
from kazna.rules.evaluate.days import reads_day
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.evaluate.spans import high, is_unknown, low
from kazna.rules.language import nodes
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.nodes import Node
from kazna.rules.program import Program, in_force

TIMELESS = (nodes.Literal, nodes.FactRef, nodes.Builtin, nodes.StepRef, nodes.Not, nodes.Joined, nodes.Compare)
COMPUTED = (nodes.OneOf, nodes.IsKnown, nodes.Presumed, nodes.Arithmetic, nodes.Choice)


class Stability:
    """Compares one day (`now`) with an interval of days (`later`) in the same situation.

    Sound, not complete: True is a proof, False only says that there is none. A part is stable when it does
    not read the day, when it is known and equal on both sides, or when all its own parts are stable.
    """

    def __init__(self, program: Program, now: Environment, later: Environment) -> None:
        self.program, self.now, self.later = program, now, later
        now.governing = program.governing.value(now)
        later.governing = program.governing.value(later)
        self._nodes = {step.name: step.node for step in program.measure.steps}
        self._codes: dict[int, Code] = {}
        self._steps: dict[str, bool] = {}

    def of_answer(self) -> bool:
        """The conditions in force, and the amount and term as far as they are not yet settled."""
        governing = self.program.measure.governing
        if not (self._always_known(governing) or self.holds(governing)):
            return False
        return all(self._condition(condition) for condition in self.program.measure.conditions) and all(
            self._always_known(formula) or self.holds(formula) for formula in self._results()
        )

    def holds(self, node: Node) -> bool:
        if not reads_day(self.program.compiler, node) or self._is_equal(node):
            return True
        if isinstance(node, nodes.Builtin):
            return node.name != "today" and self.holds(self.program.measure.governing)
        if isinstance(node, nodes.StepRef):
            if node.name not in self._steps:
                self._steps[node.name] = self.holds(self._nodes[node.name])
            return self._steps[node.name]
        if isinstance(node, nodes.ParameterRef):
            return self._parameter(node)
        if isinstance(node, nodes.Aggregate):
            return all(self._of_person(person, node) for person in self._candidates(node.relation))
        return all(self.holds(part) for part in node.children())

    def _condition(self, condition: Condition) -> bool:
        before, after = in_force(condition, self.now.governing), in_force(condition, self.later.governing)
        if before is None and not self.holds(self.program.measure.governing):
            return False
        return before == after and (before is False or self.holds(condition.node))

    def _results(self) -> Iterator[Node]:
        measure = self.program.measure
        for formula in (measure.amount, measure.term_from, measure.term_to):
            if formula is not None:
                yield formula.node

    def _is_equal(self, node: Node) -> bool:
        """Known and the same now and on every later day."""
        before = self._value(node, self.now)
        return not is_unknown(before) and before == self._value(node, self.later)

    def _value(self, node: Node, environment: Environment) -> Any:
        if id(node) not in self._codes:
            self._codes[id(node)] = self.program.compiler.compile(node)
        return self._codes[id(node)].value(environment)

    def _parameter(self, node: nodes.ParameterRef) -> bool:
        day = node.at or self.program.measure.governing
        if node.key is not None and not self.holds(node.key):
            return False
        return self.holds(day) or not (self._may_have_row(node, self.now) or self._may_have_row(node, self.later))

    def _may_have_row(self, node: nodes.ParameterRef, environment: Environment) -> bool:
        days = self._value(node.at or self.program.measure.governing, environment)
        key = self._value(node.key, environment) if node.key is not None else None
        parameter = environment.parameters.get(node.name)
        if parameter is None or (node.key is not None and key is None):
            return parameter is not None
        return any(
            row.start <= high(days) and low(days) <= (row.end or date.max) for row in parameter.rows.get(key, ())
        )

    def _candidates(self, relation: str) -> Iterator[Person]:
        """Every candidate, looked at in both environments; nobody while the relation is unknown as a whole."""
        before, after = self.now.person, self.later.person
        for person in self.now.people.get(relation) or ():
            self.now.person = self.later.person = person
            yield person
        self.now.person, self.later.person = before, after

    def _of_person(self, person: Person, node: nodes.Aggregate) -> bool:
        parts = self.program.compiler.relations[node.relation].parts
        belongs = [part.when for part in parts if part.when is not None and part.tie == person.tie]
        return all(self.holds(part) for part in [*belongs, *node.children()])

    def _always_known(self, node: Node) -> bool:
        """Known on any day at all: it moves with the day, but never keeps the answer open."""
        if isinstance(node, nodes.FactRef):
            return node.name in self.now.facts
        if isinstance(node, nodes.StepRef):
            return self._always_known(self._nodes[node.name])
        if isinstance(node, nodes.Builtin) and node.name != "today":
            return self._always_known(self.program.measure.governing)
        is_call = isinstance(node, nodes.Call) and node.function not in WORKING_DAYS
        return (is_call or isinstance(node, TIMELESS + COMPUTED)) and all(map(self._always_known, node.children()))
