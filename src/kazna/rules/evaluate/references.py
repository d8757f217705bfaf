"""Names at work: facts, steps, parameters, tables and the two dates of a determination."""

from __future__ import annotations

from typing import Any

from kazna.rules.documents.parameters import ParameterRow
from kazna.rules.documents.tables import Table
from kazna.rules.evaluate.code import Code, Compiler, nothing_missing
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import ANY_DATE, Span, high, hull, is_unknown, low, unknown_of, unlimited_of
from kazna.rules.language.nodes import Builtin, FactRef, Literal, MemberFact, ParameterRef, StepRef, TableRef, Undecided

GOVERNING_STEP = "governing_date"


def literal(_: Compiler, node: Literal) -> Code:
    constant = node.value
    return Code(lambda environment: constant, nothing_missing)


def fact(_: Compiler, node: FactRef) -> Code:
    name, unknown = node.name, unknown_of(node.type)

    def value(environment: Environment) -> Any:
        found = environment.facts.get(name)
        return unknown if found is None else found

    def missing(environment: Environment, found: set[str]) -> None:
        found.add(name)

    return Code(value, missing)


def member_fact(_: Compiler, node: MemberFact) -> Code:
    name, unknown = node.name, unknown_of(node.type)

    def value(environment: Environment) -> Any:
        person = environment.person
        found = person.facts.get(name) if person is not None else None
        return unknown if found is None else found

    def missing(environment: Environment, found: set[str]) -> None:
        if environment.person is not None:
            found.add(f"{environment.person.label}.{name}")

    return Code(value, missing)


def builtin(compiler: Compiler, node: Builtin) -> Code:
    if node.name == "today":
        return Code(lambda environment: ANY_DATE if environment.static else environment.today, nothing_missing)

    def missing(environment: Environment, found: set[str]) -> None:
        compiler.steps[GOVERNING_STEP].missing(environment, found)

    return Code(lambda environment: environment.governing, missing)


def step(compiler: Compiler, node: StepRef) -> Code:
    """A step is computed once in a determination."""
    name, code = node.name, compiler.steps[node.name]

    def value(environment: Environment) -> Any:
        if name not in environment.steps:
            environment.steps[name] = code.value(environment)
        return environment.steps[name]

    return Code(value, code.missing)


def parameter(compiler: Compiler, node: ParameterRef) -> Code:
    """The row in force for the key; without one the value is unknown, never a neighbour's."""
    name, kind = node.name, node.type
    key = compiler.compile(node.key) if node.key is not None else None
    day = compiler.compile(node.at if node.at is not None else Builtin(node.type, node.position, GOVERNING_STEP))
    unlimited = unlimited_of(kind)

    def value(environment: Environment) -> Any:
        if environment.static:
            return unknown_of(kind)
        when = day.value(environment)
        which = key.value(environment) if key is not None else None
        if key is not None and which is None:
            return unlimited
        if type(when) is Span:
            rows = _rows_over(environment, name, which, when)
            return hull(row.value for row in rows) if rows else unlimited
        row = environment.parameter_row(name, which, when)
        return unlimited if row is None else row.value

    def missing(environment: Environment, found: set[str]) -> None:
        known = True
        for part in (key, day):
            if part is not None and is_unknown(part.value(environment)):
                part.missing(environment, found)
                known = False
        if known:
            found.add(f"parameter:{name}")

    return Code(value, missing)


def _rows_over(environment: Environment, name: str, key: str | None, days: Span) -> tuple[ParameterRow, ...]:
    """The rows of an interval of days, when each day has one; none where the day is merely not known."""
    if not environment.is_interval or name not in environment.parameters:
        return ()
    return environment.parameters[name].rows_over(key, days.lo, days.hi)


def undecided(_: Compiler, node: Undecided) -> Code:
    """No edition of the definition speaks of the day: unknown, whatever the facts are."""
    name, bounds, unlimited = f"definition:{node.name}", unknown_of(node.type), unlimited_of(node.type)

    def missing(environment: Environment, found: set[str]) -> None:
        found.add(name)

    return Code(lambda environment: bounds if environment.static else unlimited, missing)


def table(compiler: Compiler, node: TableRef) -> Code:
    operand, source = compiler.compile(node.operand), compiler.tables[node.table]
    inner, unlimited = operand.value, unlimited_of(node.type)
    read = _read_words if source.scope.keyed else _read_bands

    def value(environment: Environment) -> Any:
        found = read(source, inner(environment))
        return unlimited if found is None else found

    def missing(environment: Environment, found: set[str]) -> None:
        if is_unknown(inner(environment)):
            operand.missing(environment, found)
        else:
            found.add(f"table:{node.table}")

    return Code(value, missing)


def _read_words(source: Table, word: str | None) -> Any:
    return hull(source.words.values()) if word is None else source.words.get(word)


def _read_bands(source: Table, key: Any) -> Any:
    """The value of the band; bounds over the bands an unknown key may fall into; None outside the table."""
    if type(key) is not Span:
        return source.at(key)
    if source.at(low(key)) is None or source.at(high(key)) is None:
        return None
    first, last = source.band(low(key)), source.band(high(key))
    return hull(source.values[first : last + 1])
