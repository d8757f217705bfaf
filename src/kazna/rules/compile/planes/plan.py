"""Measures lowered into one graph: what a run over blocks needs, made once for a release, a day and a territory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.compile.base import CannotCompile, compiling
from kazna.rules.compile.decision import MOST_CONDITIONS
from kazna.rules.compile.planes.graph import Graph, Op
from kazna.rules.compile.planes.lowering import BACKEND, Lowering
from kazna.rules.documents.measure import Condition, Formula
from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.language.types import BOOL
from kazna.rules.program import in_force


@dataclass(frozen=True, slots=True)
class Plane:
    """A condition in a measure: `bit` is its place there. `op` already honours its dates."""

    bit: int
    op: Op


@dataclass(frozen=True, slots=True)
class MeasurePlan:
    """An edition as operations. `result_bit`: where the bits of the amount and the term begin in an open mask."""

    edition: Edition
    planes: tuple[Plane, ...]
    governing: Op
    amount: Op | None
    term_from: Op | None
    term_to: Op | None
    result_bit: int


@dataclass(frozen=True, slots=True)
class Plan:
    graph: Graph
    measures: tuple[MeasurePlan, ...]


def make_plan(
    editions: Iterable[Edition], parameters: Parameters, today: date, facts: Mapping[str, Any] | None = None
) -> Plan:
    """Lower every edition. `facts`: what is known and the same for everybody (the region of a partition).

    Raises CannotCompile with the place of what planes cannot compute.
    """
    graph = Graph()
    return Plan(graph, tuple(_measure(graph, edition, parameters, today, facts or {}) for edition in editions))


def _measure(
    graph: Graph, edition: Edition, parameters: Parameters, today: date, facts: Mapping[str, Any]
) -> MeasurePlan:
    measure = edition.measure
    with compiling(measure.place):
        if len(measure.conditions) > MOST_CONDITIONS:
            raise CannotCompile(backend=BACKEND, what=f"Условий больше {MOST_CONDITIONS}.", what_to_do="Объедините их.")
        lowering = Lowering(graph, measure, edition.relations, parameters, today, facts)
        governing = lowering.governing()
    planes = []
    for bit, condition in enumerate(measure.conditions):
        with compiling(condition.place):
            op = _dated(lowering, condition, governing)
        if op is not None and not (op.kind == "constant" and op.data is True):
            planes.append(Plane(bit, op))
    return MeasurePlan(
        edition,
        tuple(planes),
        governing,
        _formula(lowering, measure.amount),
        _formula(lowering, measure.term_from),
        _formula(lowering, measure.term_to),
        len(measure.conditions),
    )


def _formula(lowering: Lowering, formula: Formula | None) -> Op | None:
    if formula is None:
        return None
    with compiling(formula.place):
        return lowering.lower(formula.node)


def _dated(lowering: Lowering, condition: Condition, governing: Op) -> Op | None:
    """The condition; with dates it is fulfilled by those it does not apply to. None: it applies to nobody."""
    if condition.since is None and condition.until is None:
        return lowering.lower(condition.node)
    if lowering.constants.is_constant(lowering.measure.governing):
        day = lowering.constants.value(lowering.measure.governing)
        if not is_unknown(day):
            return None if in_force(condition, day) is False else lowering.lower(condition.node)
    op = lowering.lower(condition.node)
    return lowering.graph.on_args("dated", (op, governing), (condition.since, condition.until), BOOL)
