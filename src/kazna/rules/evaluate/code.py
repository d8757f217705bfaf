"""What an expression compiles to: a pair of closures, one for the value, one for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.tables import Table
from kazna.rules.evaluate.calendar import Calendar
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.language.nodes import Node

Evaluate = Callable[[Environment], Any]
Collect = Callable[[Environment, set[str]], None]


class Code(NamedTuple):
    """`missing` adds the facts that keep `value` unknown; call it only when it is."""

    value: Evaluate
    missing: Collect


class Membership(NamedTuple):
    """`parts`: tie → conditions of belonging; None among them means always."""

    relation: RelationDefinition
    parts: Mapping[str, tuple[Code | None, ...]]


@dataclass(slots=True)
class Compiler:
    """Turns nodes into Code; knows the tables, the relations, the calendar and the steps compiled so far.

    `timed`: names of the steps whose value may differ from one day of determination to the next.
    """

    tables: Mapping[str, Table]
    relations: Mapping[str, RelationDefinition]
    calendar: Calendar
    compile: Callable[[Node], Code] = field(init=False)
    steps: dict[str, Code] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    timed: set[str] = field(default_factory=set)


def nothing_missing(_: Environment, __: set[str]) -> None:
    """For values that are never unknown."""


def missing_of(*parts: Code) -> Collect:
    """Whatever keeps any of the parts unknown."""

    def missing(environment: Environment, found: set[str]) -> None:
        for value, collect in parts:
            if is_unknown(value(environment)):
                collect(environment, found)

    return missing
