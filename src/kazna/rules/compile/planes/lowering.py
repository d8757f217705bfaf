"""From typed nodes to operations of the graph: steps inlined, constants folded, equal parts shared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from kazna.rules.compile.base import CannotCompile, unknown_node
from kazna.rules.compile.planes.constants import Constants
from kazna.rules.compile.planes.graph import ONCE, ROWS, Graph, Level, Op
from kazna.rules.compile.planes.lookups import lower_parameter, lower_table
from kazna.rules.compile.planes.thresholds import SWAPPED, moved
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.language import nodes
from kazna.rules.language.functions import WORKING_DAYS
from kazna.rules.language.types import BOOL, DATE, INT64, Kind, Type, number, text

BACKEND = "Массовый прогон"


def constant_type(kind: Type, value: Any) -> Type:
    """The type of exactly this value."""
    if kind.is_number:
        exact = Fraction(value)
        return number(exact, exact, exact.denominator, True, is_money=kind.kind is Kind.MONEY)
    return text((value,)) if kind.kind is Kind.TEXT else kind


class Lowering:
    """Lowers the expressions of one measure into a graph shared by all."""

    def __init__(
        self,
        graph: Graph,
        measure: Measure,
        relations: Mapping[str, RelationDefinition],
        parameters: Parameters,
        today: date,
        facts: Mapping[str, Any],
    ) -> None:
        self.graph, self.measure, self.relations, self.parameters = graph, measure, relations, parameters
        self.constants = Constants(measure, relations, parameters, today, facts)
        self._steps = {step.name: step.node for step in measure.steps}
        self._done: dict[int, Op] = {}

    def lower(self, node: nodes.Node) -> Op:
        found = self._done.get(id(node))
        if found is None:
            found = self._done[id(node)] = self._lower(node)
        return found

    def governing(self) -> Op:
        return self.lower(self.measure.governing)

    def _lower(self, node: nodes.Node) -> Op:
        if self.constants.is_constant(node):
            return self._constant(node)
        rule = RULES.get(type(node))
        if rule is None:
            raise unknown_node(BACKEND, node)
        found: Op = rule(self, node)
        return found

    def _constant(self, node: nodes.Node) -> Op:
        value = self.constants.value(node)
        if not is_unknown(value):
            return self.constant(node.type, value)
        return self.graph.add("unlimited", (), node.type.kind, node.type, ONCE)

    def constant(self, kind: Type, value: Any) -> Op:
        return self.graph.add("constant", (), value, constant_type(kind, value), ONCE)

    def truth(self, value: bool) -> Op:
        return self.constant(BOOL, value)

    def day(self, node: nodes.ParameterRef) -> Op:
        return self.lower(node.at) if node.at is not None else self.governing()

    def step(self, name: str) -> nodes.Node:
        return self._steps[name]


def _fact(lowering: Lowering, node: nodes.FactRef) -> Op:
    _check_range(node)
    return lowering.graph.add("fact", (), node.name, node.type, ROWS)


def _member_fact(lowering: Lowering, node: nodes.MemberFact) -> Op:
    _check_range(node)
    return lowering.graph.add("candidate", (), node.name, node.type, Level(node.relation))


def _check_range(node: nodes.Node) -> None:
    if node.type.is_number and node.type.lo == node.type.hi:
        raise CannotCompile(
            backend=BACKEND, what="У факта одно возможное значение.", why="Его нельзя отличить от известного.",
            what_to_do="Расширьте range факта.",
        )  # fmt: skip


def _not(lowering: Lowering, node: nodes.Not) -> Op:
    return negated(lowering, lowering.lower(node.operand))


def negated(lowering: Lowering, op: Op) -> Op:
    if op.kind == "not":
        return op.args[0]
    if op.kind == "constant":
        return lowering.truth(not op.data)
    return lowering.graph.on_args("not", (op,), None, BOOL)


def _joined(lowering: Lowering, node: nodes.Joined) -> Op:
    return joined(lowering, node.sign, [lowering.lower(operand) for operand in node.operands])


def joined(lowering: Lowering, sign: str, operands: list[Op]) -> Op:
    """Flat, without repetitions and without parts that decide nothing."""
    decisive, parts = sign == "or", dict[int, Op]()
    for operand in operands:
        inner = operand.args if operand.kind == sign else (operand,)
        for op in inner:
            if op.kind == "constant" and op.data is decisive:
                return lowering.truth(decisive)
            if op.kind != "constant":
                parts[op.index] = op
    if not parts:
        return lowering.truth(not decisive)
    ordered = tuple(parts[index] for index in sorted(parts))
    return ordered[0] if len(ordered) == 1 else lowering.graph.on_args(sign, ordered, None, BOOL)


def _compare(lowering: Lowering, node: nodes.Compare) -> Op:
    return compared(lowering, node.sign, lowering.lower(node.left), lowering.lower(node.right))


def compared(lowering: Lowering, sign: str, left: Op, right: Op) -> Op:
    if sign == "!=":
        return negated(lowering, compared(lowering, "=", left, right))
    if left.kind == "constant":
        left, right, sign = right, left, SWAPPED[sign]
    if left.kind == "call" and right.kind == "constant" and str(left.data) in FUNCTIONS:
        found = moved(sign, left, right.data)
        if found is not None:
            parts = [compared(lowering, part.sign, part.operand, lowering.constant(DATE, part.value)) for part in found]
            return joined(lowering, "and", parts)
    if left.type.kind is Kind.TEXT:
        return lowering.graph.on_args("same_word", (left, right), None, BOOL)
    if left.type.kind is Kind.BOOL:
        return lowering.graph.on_args("same_truth", (left, right), None, BOOL)
    if sign in (">", ">=") and right.kind != "constant":
        left, right, sign = right, left, SWAPPED[sign]
    return lowering.graph.on_args("compare", (left, right), sign, BOOL)


def _one_of(lowering: Lowering, node: nodes.OneOf) -> Op:
    operand = lowering.lower(node.operand)
    if operand.type.kind is Kind.TEXT:
        options = tuple(sorted({str(option) for option in node.options}))
        return lowering.graph.on_args("word_in", (operand,), options, BOOL)
    if operand.type.kind is Kind.BOOL:
        flags = tuple(sorted({bool(option) for option in node.options}))
        return lowering.graph.on_args("truth_in", (operand,), flags, BOOL)
    parts = [lowering.constant(operand.type, option) for option in dict.fromkeys(node.options)]
    if operand.type.is_number or operand.type.kind is Kind.DATE:
        return joined(lowering, "or", [compared(lowering, "=", operand, part) for part in parts])
    raise unknown_node(BACKEND, node)


def _is_known(lowering: Lowering, node: nodes.IsKnown) -> Op:
    known = lowering.graph.on_args("is_known", (lowering.lower(node.operand),), None, BOOL)
    return known if node.wanted else negated(lowering, known)


def _presumed(lowering: Lowering, node: nodes.Presumed) -> Op:
    operand, default = lowering.lower(node.operand), lowering.constant(node.type, node.default)
    return lowering.graph.on_args("presumed", (operand, default), None, node.type)


def _choice(lowering: Lowering, node: nodes.Choice) -> Op:
    test, then, otherwise = (lowering.lower(part) for part in node.children())
    if test.kind == "constant":
        return then if test.data else otherwise
    if then is otherwise:
        return then
    return lowering.graph.on_args("choice", (test, then, otherwise), None, _joint(then.type, otherwise.type, node.type))


def _joint(one: Type, other: Type, kind: Type) -> Type:
    """For words: the codes of both branches; folding may have narrowed what the author's types say."""
    return text(tuple(dict.fromkeys(one.values + other.values))) if kind.kind is Kind.TEXT else kind


def _arithmetic(lowering: Lowering, node: nodes.Arithmetic) -> Op:
    return lowering.graph.on_args(node.sign, (lowering.lower(node.left), lowering.lower(node.right)), None, node.type)


def _call(lowering: Lowering, node: nodes.Call) -> Op:
    arguments = tuple(lowering.lower(argument) for argument in node.arguments)
    if node.function == "count_true":
        return lowering.graph.on_args("count_true", arguments, None, node.type)
    if node.function in WORKING_DAYS:
        return lowering.graph.on_args("working_days", arguments, (node.function, lowering.measure.calendar), node.type)
    if node.function not in CALLABLE:
        raise CannotCompile(backend=BACKEND, what=f"Функции «{node.function}» здесь нет.",
                            what_to_do="Исполняйте меру точным интерпретатором.")  # fmt: skip
    if node.function in ("min", "max"):
        _check_extremes(node)
    return lowering.graph.on_args("call", arguments, node.function, node.type)


CALLABLE = frozenset({
    "age", "add_days", "add_months", "add_years", "months_between", "full_months", "days_between", "year", "month",
    "day", "month_start", "month_end", "next_month", "date", "earliest", "latest", "min", "max", "round_half_up",
    "round_down", "round_up", "floor", "overlap_days",
})  # fmt: skip


def _check_extremes(node: nodes.Call) -> None:
    """All arguments are compared over one denominator: it must fit."""
    types = [argument.type for argument in node.arguments]
    greatest = max(max(abs(one.lo), abs(one.hi)) for one in types)
    parts = lcm(*(one.parts for one in types))
    if not all(one.exact for one in types):
        parts = 1
        for one in types:
            parts *= one.parts
    if greatest * parts > INT64:
        raise CannotCompile(backend=BACKEND, what=f"«{node.function}» сравнивает числа длиннее 64 бит.",
                            what_to_do="Округлите раньше или сузьте range фактов.")  # fmt: skip


def _window(lowering: Lowering, node: nodes.Window) -> Op:
    series = node.series
    relation = series.relation if isinstance(series, nodes.MemberFact) else None
    args = tuple(lowering.lower(part) for part in (node.before, node.at_least) if part is not None)
    level = ROWS if relation is None else Level(relation)
    for arg in args:
        level = level.joined(arg.level)
    data = (series.name, relation, node.function, node.months, int(series.type.lo), int(series.type.hi))
    graph = lowering.graph
    return graph.add("window", tuple(graph.lifted(arg, level) for arg in args), data, node.type, level)


def _aggregate(lowering: Lowering, node: nodes.Aggregate) -> Op:
    belongs = membership(lowering, node.relation)
    where = lowering.lower(node.where) if node.where is not None else lowering.truth(True)
    subject = lowering.lower(node.subject) if node.subject is not None else None
    if subject is not None and not subject.type.exact:
        raise CannotCompile(
            backend=BACKEND, what="Подсчёт по дробям с разными знаменателями.",
            what_to_do="Складывайте числители, делите сумму.",
        )  # fmt: skip
    relation = lowering.relations[node.relation]
    args = (belongs, where) if subject is None else (belongs, where, subject)
    level = Level(node.relation)
    for arg in args:
        level = level.joined(arg.level)
    graph = lowering.graph
    subject_type = node.subject.type if node.subject is not None else None
    fewest = relation.least if node.where is None else 0
    data = (node.kind, node.relation, fewest, relation.most, node.empty, subject_type, relation.least)
    if node.kind == "all" and node.where is None:
        return graph.add("unlimited", (), Kind.BOOL, BOOL, ONCE)
    return graph.add("aggregate", tuple(graph.lifted(arg, level) for arg in args), data, node.type, ROWS)


def membership(lowering: Lowering, name: str) -> Op:
    """Whether a candidate belongs: by its tie, one of the parts with that tie holding."""
    relation = lowering.relations[name]
    ties = tuple(dict.fromkeys(part.tie for part in relation.parts))
    graph, level = lowering.graph, Level(name)
    tied = [[lowering.lower(part.when) if part.when is not None else lowering.truth(True)
             for part in relation.parts if part.tie == tie] for tie in ties]  # fmt: skip
    conditions = [joined(lowering, "or", parts) for parts in tied]
    for condition in conditions:
        level = level.joined(condition.level)
    always = tuple(tie for tie, condition in zip(ties, conditions, strict=True) if condition.kind == "constant")
    args = tuple(graph.lifted(condition, level) for condition in conditions)
    return graph.add("belongs", args, (name, ties, always), BOOL, level)


RULES: dict[type[nodes.Node], Any] = {
    nodes.FactRef: _fact,
    nodes.MemberFact: _member_fact,
    nodes.Builtin: lambda lowering, node: lowering.governing(),
    nodes.StepRef: lambda lowering, node: lowering.lower(lowering.step(node.name)),
    nodes.ParameterRef: lower_parameter,
    nodes.TableRef: lower_table,
    nodes.Not: _not,
    nodes.Joined: _joined,
    nodes.Compare: _compare,
    nodes.OneOf: _one_of,
    nodes.IsKnown: _is_known,
    nodes.Presumed: _presumed,
    nodes.Choice: _choice,
    nodes.Arithmetic: _arithmetic,
    nodes.Call: _call,
    nodes.Window: _window,
    nodes.Aggregate: _aggregate,
}
