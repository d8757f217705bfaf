"""Turn typed nodes into SQL trees: one compiler, with the differences of the databases named apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kazna.rules.compile.base import CannotCompile, compiling, unknown_node
from kazna.rules.compile.sql import logic, names, numbers, people, trees, windows
from kazna.rules.compile.sql.columns import Columns, kept
from kazna.rules.compile.sql.dates import Calendar
from kazna.rules.compile.sql.dialects import Dialect
from kazna.rules.compile.sql.layout import Layout, fact_column
from kazna.rules.compile.sql.values import (
    SQL,
    Day,
    Number,
    Truth,
    Value,
    flags,
    largest,
    rescaled,
    smallest,
)
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.language import nodes
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.types import Kind, Type


@dataclass(slots=True)
class Shared:
    """What the measures of one run compute together. `joined`: parameters read as a table."""

    dialect: Dialect
    layout: Layout
    today: date
    parameters: Mapping[str, Parameter]
    relations: Mapping[str, RelationDefinition]
    columns: Columns = field(default_factory=lambda: Columns("c"))
    people: dict[str, people.People] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    calendar: Calendar = field(init=False)

    def __post_init__(self) -> None:
        self.calendar = Calendar(self.dialect)


class Rules:
    """The expressions of one measure. `inside`: the relation whose candidate an aggregate looks at."""

    def __init__(self, measure: Measure, shared: Shared) -> None:
        self.measure, self.shared = measure, shared
        self.inside: people.People | None = None
        self._nodes = {step.name: step for step in measure.steps}
        self._steps: dict[str, Value] = {}
        self._governing: Day | None = None

    @property
    def columns(self) -> Columns:
        return self.shared.columns if self.inside is None else self.inside.columns

    @property
    def governing(self) -> Day:
        if self._governing is None:
            value = kept(self.shared.columns, self._outside(self.measure.governing))
            assert isinstance(value, Day)
            self._governing = value
        return self._governing if self.inside is None else self._brought(self._governing)

    def step(self, name: str) -> Value:
        """Compiled once, its bounds kept as columns."""
        if name not in self._steps:
            step = self._nodes[name]
            with compiling(step.place):
                self._steps[name] = kept(self.shared.columns, self._outside(step.node))
        return self._steps[name]

    def value(self, node: nodes.Node) -> Value:
        if self.inside is not None and not isinstance(node, nodes.Literal) and _looks_outside(node):
            outer: Value = self._brought(kept(self.shared.columns, self._outside(node)))
            return outer
        build = BUILDERS.get(type(node))
        if build is None:
            raise unknown_node(SQL, node)
        found: Value = build(self, node)
        if type(node) in KEPT:
            found = kept(self.columns, found)
        return found

    def _outside(self, node: nodes.Node) -> Value:
        """Of the subject, whoever is being looked at."""
        inside, self.inside = self.inside, None
        try:
            return self.value(node)
        finally:
            self.inside = inside

    def _brought(self, value: Any) -> Any:
        """A value of the subject beside its candidates."""
        assert self.inside is not None
        self.inside.bring(value)
        return value


def _looks_outside(node: nodes.Node) -> bool:
    """Whether nothing in the expression depends on the candidate."""
    return not any(isinstance(part, nodes.MemberFact) for part in node.walk())


def _fact(rules: Rules, node: nodes.FactRef) -> Value:
    layout = rules.shared.layout
    if node.name in layout.constants:
        return names.of_constant(layout.constants[node.name], node.type)
    if node.name not in layout.facts:
        return names.unknown(node.type)
    column = rules.shared.columns.base(fact_column(node.name))
    return names.of_column(column, node.type, complete=node.name in layout.complete)


def _member_fact(rules: Rules, node: nodes.MemberFact) -> Value:
    layout, full = rules.shared.layout, f"{node.relation}.{node.name}"
    if full not in layout.facts:
        return names.unknown(node.type)
    assert rules.inside is not None
    return names.of_column(rules.inside.fact(node.name), node.type, complete=full in layout.complete)


def _arithmetic(rules: Rules, node: nodes.Arithmetic) -> Value:
    left, right = rules.value(node.left), rules.value(node.right)
    assert isinstance(left, Number) and isinstance(right, Number)
    return numbers.arithmetic(node.sign, left, right, node.type)


def _called(rules: Rules, node: nodes.Call) -> Value:
    if node.function in WORKING_DAYS:
        raise CannotCompile(
            backend=SQL,
            what=f"Функция {node.function} считает по календарю рабочих дней.",
            why="В базе данных календаря нет.",
            what_to_do="Исполняйте меру интерпретатором или считайте в календарных днях.",
        )
    arguments = [rules.value(argument) for argument in node.arguments]
    if node.function == "count_true":
        return flags(*(one for one in arguments if isinstance(one, Truth)))
    if node.function in numbers.ROUNDINGS:
        return _rounded(node, arguments)
    if node.function in ("min", "max", "earliest", "latest"):
        return _extreme(node.function in ("min", "earliest"), arguments, node.type)
    return rules.shared.calendar.called(node.function, arguments, node.type)  # type: ignore[arg-type]


def _rounded(node: nodes.Call, arguments: list[Value]) -> Value:
    value = arguments[0]
    step = 1
    if len(arguments) == 2:
        last = node.arguments[1]
        assert isinstance(last, nodes.Literal) and isinstance(last.value, int)
        step = last.value
    assert isinstance(value, Number)
    return numbers.rounded(node.function, value, step, node.type)


def _extreme(least: bool, arguments: list[Value], kind: Type) -> Value:
    if kind.kind is Kind.DATE:
        days = [one for one in arguments if isinstance(one, Day)]
        choose = trees.least if least else trees.greatest
        low = choose(*(one.low for one in days))
        exact = all(one.exact for one in days)
        return Day(low, low if exact else choose(*(one.high for one in days)))
    found = [rescaled(one, kind) for one in arguments if isinstance(one, Number)]
    lows, highs = [one.low for one in found], [one.high for one in found]
    pick = smallest if least else largest
    low_end = pick(lows, no_bound_wins=least)
    if all(one.exact and not one.open for one in found):
        return Number(low_end, low_end, kind, any(one.wild for one in found))
    wild = any(one.open or one.wild for one in found)
    return Number(low_end, pick(highs, no_bound_wins=not least), kind, wild)


BUILDERS: dict[type[nodes.Node], Callable[[Rules, Any], Value]] = {
    nodes.Literal: names.literal,
    nodes.FactRef: _fact,
    nodes.MemberFact: _member_fact,
    nodes.Builtin: names.builtin,
    nodes.StepRef: names.step,
    nodes.ParameterRef: names.parameter,
    nodes.TableRef: names.table,
    nodes.Undecided: names.undecided,
    nodes.Not: logic.negated,
    nodes.Joined: logic.joined,
    nodes.Compare: logic.compared,
    nodes.OneOf: logic.one_of,
    nodes.IsKnown: logic.known,
    nodes.Presumed: logic.presumed,
    nodes.Choice: logic.choice,
    nodes.Arithmetic: _arithmetic,
    nodes.Call: _called,
    nodes.Window: windows.window,
    nodes.Aggregate: people.aggregate,
}

KEPT = frozenset(
    {nodes.Arithmetic, nodes.Choice, nodes.Presumed, nodes.TableRef, nodes.ParameterRef, nodes.Call, nodes.Window}
)  # what is long enough to be computed once, however often it is read
