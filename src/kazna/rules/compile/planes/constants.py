"""What is the same for everybody in a partition: the day, facts of the territory, parameters on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kazna.rules.documents.measure import Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.evaluate.compiling import BUILDERS, new_compiler
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.references import GOVERNING_STEP
from kazna.rules.language import nodes


class Constants:
    """Decides what is constant in one measure and asks the interpreter for its value."""

    def __init__(
        self,
        measure: Measure,
        relations: Mapping[str, RelationDefinition],
        parameters: Parameters,
        today: date,
        facts: Mapping[str, Any],
    ) -> None:
        self._measure, self._facts = measure, facts
        self._steps = {step.name: step.node for step in measure.steps}
        self._known: dict[int, bool] = {}
        self._compiler = new_compiler(measure.tables, relations, measure.calendar)
        self._environment = Environment(facts=facts, people={}, today=today, parameters=parameters)
        if self.is_constant(measure.governing):
            code = self._compiler.steps[GOVERNING_STEP] = self._compiler.compile(measure.governing)
            self._environment.governing = code.value(self._environment)

    def is_constant(self, node: nodes.Node) -> bool:
        found = self._known.get(id(node))
        if found is None:
            found = self._known[id(node)] = self._look(node)
        return found

    def _look(self, node: nodes.Node) -> bool:
        if isinstance(node, nodes.FactRef):
            return node.name in self._facts
        if isinstance(node, nodes.StepRef):
            return self.is_constant(self._steps[node.name])
        if isinstance(node, nodes.Builtin):
            return node.name == "today" or self.is_constant(self._measure.governing)
        if isinstance(node, (nodes.MemberFact, nodes.Aggregate)) or type(node) not in BUILDERS:
            return False
        if isinstance(node, nodes.ParameterRef) and node.at is None and not self.is_constant(self._measure.governing):
            return False
        return all(self.is_constant(child) for child in node.children())

    def value(self, node: nodes.Node) -> Any:
        """The value of a constant expression, as the interpreter has it (a Span or None when unknown)."""
        return self._compile(node).value(self._environment)

    def _compile(self, node: nodes.Node) -> Any:
        for part in node.walk():
            if isinstance(part, nodes.StepRef) and part.name not in self._compiler.steps:
                self._compiler.steps[part.name] = self._compile(self._steps[part.name])
        return self._compiler.compile(node)
