"""Turn typed nodes into closures, once for each edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.tables import Table
from kazna.rules.evaluate import arithmetic, logic, people, references, windows
from kazna.rules.evaluate.calendar import Calendar
from kazna.rules.evaluate.code import Code, Compiler
from kazna.rules.language import nodes

BUILDERS: dict[type[nodes.Node], Callable[[Compiler, Any], Code]] = {
    nodes.Literal: references.literal,
    nodes.FactRef: references.fact,
    nodes.MemberFact: references.member_fact,
    nodes.Builtin: references.builtin,
    nodes.StepRef: references.step,
    nodes.ParameterRef: references.parameter,
    nodes.TableRef: references.table,
    nodes.Undecided: references.undecided,
    nodes.Window: windows.window,
    nodes.Not: logic.negated,
    nodes.Joined: logic.joined,
    nodes.Compare: logic.compared,
    nodes.OneOf: logic.one_of,
    nodes.IsKnown: logic.known,
    nodes.Presumed: logic.presumed,
    nodes.Choice: logic.choice,
    nodes.Arithmetic: arithmetic.arithmetic,
    nodes.Call: arithmetic.called,
    nodes.Aggregate: people.aggregate,
}


def new_compiler(
    tables: Mapping[str, Table], relations: Mapping[str, RelationDefinition], calendar: Calendar | None = None
) -> Compiler:
    """`calendar` None: no day is known to be a working one."""
    compiler = Compiler(tables, relations, calendar or Calendar())
    compiler.compile = lambda node: BUILDERS[type(node)](compiler, node)
    return compiler
