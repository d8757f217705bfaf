"""Evaluate one expression against the names of the example law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kazna.rules import Library
from kazna.rules.evaluate.compiling import new_compiler
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.references import GOVERNING_STEP
from kazna.rules.language.nodes import FactRef, Node
from kazna.rules.language.scope import Scope
from kazna.rules.language.tokens import Mistake
from kazna.rules.language.types import DATE
from kazna.rules.language.typing import typed
from kazna.rules.situation import Situation, prepare

ON = date(2025, 6, 10)


def scope_of(library: Library) -> Scope:
    return Scope(
        facts={name: fact.type for name, fact in library.facts.items() if not name.startswith("member.")},
        relations={name: relation.scope() for name, relation in library.relations.items()},
        parameters={name: parameter.scope() for name, parameter in library.parameters.items()},
        tables={name: table.scope for name, table in library.tables.items()},
        region_fact="applicant.region",
    )


def node_of(library: Library, text: str) -> Node:
    node, mistakes = typed(text, scope_of(library))
    assert mistakes == []
    assert node is not None
    return node


def mistakes_of(library: Library, text: str) -> list[Mistake]:
    return typed(text, scope_of(library))[1]


def look(library: Library, text: str, facts: Mapping[str, Any] | None = None, **relations: Any) -> tuple[Any, set[str]]:
    """The value of the expression and, when it is unknown, what is missing."""
    compiler = new_compiler(library.tables, library.relations, library.calendar)
    governing = FactRef(DATE, 0, "application.date")
    compiler.steps[GOVERNING_STEP] = compiler.compile(governing)
    code = compiler.compile(node_of(library, text))
    known = {"application.date": ON, **(facts or {})}
    prepared = prepare(Situation(known, relations), library.facts, library.relations)
    environment = Environment(facts=prepared.facts, people=prepared.people, today=ON, parameters=library.parameters)
    environment.governing = compiler.steps[GOVERNING_STEP].value(environment)
    missing: set[str] = set()
    value = code.value(environment)
    code.missing(environment, missing)
    return value, missing
