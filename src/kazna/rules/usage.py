"""What an expression reads: facts, people, steps, parameters — through steps and conditions of belonging too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kazna.rules.documents.measure import Measure
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.nodes import (
    Aggregate,
    Builtin,
    Call,
    FactRef,
    MemberFact,
    Node,
    ParameterRef,
    StepRef,
    TableRef,
)

NAMING = (FactRef, MemberFact, Aggregate, StepRef, ParameterRef, TableRef, Call, Builtin)


@dataclass(slots=True)
class Usage:
    """Names in reading order; `people`: relation → short names of members' facts."""

    facts: dict[str, None] = field(default_factory=dict)
    people: dict[str, dict[str, None]] = field(default_factory=dict)
    steps: dict[str, None] = field(default_factory=dict)
    parameters: dict[str, None] = field(default_factory=dict)
    tables: dict[str, None] = field(default_factory=dict)
    calendar: bool = False
    governing: bool = False
    today: bool = False


@dataclass(slots=True)
class UsageReader:
    """Follows names of one measure."""

    measure: Measure
    relations: Mapping[str, RelationDefinition]
    steps: dict[str, Node] = field(init=False)
    named: dict[int, list[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.steps = {step.name: step.node for step in self.measure.steps}

    def of(self, nodes: Iterable[Node]) -> Usage:
        usage = Usage()
        for node in nodes:
            self._add(usage, node)
        return usage

    def of_measure(self) -> Usage:
        """Everything any expression of the measure reads, idle steps included."""
        steps = [step.node for step in self.measure.steps]
        return self.of([self.measure.governing, *self._roots(), *steps])

    def of_results(self) -> Usage:
        """What the amount and the term read."""
        return self.of(self._results())

    def own_parameters(self) -> frozenset[str]:
        """Parameters that the measure's own expressions name, apart from those of shared definitions."""
        own = [step.node for step in self.measure.steps if not step.shared]
        nodes = [self.measure.governing, *self._roots(), *own]
        return frozenset(node.name for root in nodes for node in self._names(root) if isinstance(node, ParameterRef))

    def idle_steps(self) -> tuple[str, ...]:
        """Steps that decide nothing: shown to people, or forgotten."""
        used = self.of(self._roots()).steps
        return tuple(step.name for step in self.measure.steps if step.name not in used)

    def _roots(self) -> list[Node]:
        choices = [line.when for lines in self.measure.choices.values() for line in lines if line.when is not None]
        return [*(condition.node for condition in self.measure.conditions), *self._results(), *choices]

    def _results(self) -> list[Node]:
        formulas = (self.measure.amount, self.measure.term_from, self.measure.term_to)
        return [formula.node for formula in formulas if formula is not None]

    def _names(self, root: Node) -> list[Node]:
        """The nodes of an expression that name something; found once, for many conditions read the same steps."""
        key = id(root)  # the measure keeps its nodes alive
        if key not in self.named:
            self.named[key] = [node for node in root.walk() if isinstance(node, NAMING)]
        return self.named[key]

    def _add(self, usage: Usage, root: Node) -> None:
        for node in self._names(root):
            if isinstance(node, FactRef):
                usage.facts[node.name] = None
            elif isinstance(node, MemberFact):
                usage.people.setdefault(node.relation, {})[node.name] = None
            elif isinstance(node, Aggregate):
                self._add_relation(usage, node.relation)
            elif isinstance(node, StepRef) and node.name not in usage.steps:
                usage.steps[node.name] = None
                self._add(usage, self.steps[node.name])
            elif isinstance(node, ParameterRef):
                usage.parameters[node.name] = None
                self._add_governing(usage, node.at is None)
            elif isinstance(node, TableRef):
                usage.tables[node.table] = None
            elif isinstance(node, Call) and node.function in WORKING_DAYS:
                usage.calendar = True
            elif isinstance(node, Builtin):
                usage.today = usage.today or node.name == "today"
                self._add_governing(usage, node.name == "governing_date")

    def _add_governing(self, usage: Usage, needed: bool) -> None:
        if needed and not usage.governing:
            usage.governing = True
            self._add(usage, self.measure.governing)

    def _add_relation(self, usage: Usage, name: str) -> None:
        if name in usage.people:
            return
        usage.people[name] = {}
        for part in self.relations[name].parts:
            if part.when is not None:
                self._add(usage, part.when)
