"""Names at work: facts, steps, parameters, tables and the two dates of a determination."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.columns import Lookup
from kazna.rules.compile.sql.trees import Part, Truthful
from kazna.rules.compile.sql.values import (
    FIRST_DAY,
    NEVER,
    NOBODY_KNOWS,
    SQL,
    Bound,
    Day,
    Number,
    Truth,
    Value,
    Word,
    constant,
    exactly,
    within,
)
from kazna.rules.documents.parameters import Parameter, ParameterRow
from kazna.rules.documents.tables import Table
from kazna.rules.language.nodes import Builtin, Literal, ParameterRef, StepRef, TableRef, Undecided
from kazna.rules.language.types import Kind, Type

if TYPE_CHECKING:
    from kazna.rules.compile.sql.rules import Rules

MOST_BRANCHES = 24  # more rows of a parameter than that are joined as a table


def of_constant(value: Any, kind: Type) -> Value:
    """A known value of the engine, of this type."""
    if kind.kind is Kind.BOOL:
        return Truth(bool(value), bool(value))
    if kind.kind is Kind.TEXT:
        return Word(str(value))
    return Day(value, value) if kind.kind is Kind.DATE else constant(value, kind)


def literal(_: Rules, node: Literal) -> Value:
    return of_constant(node.value, node.type)


def unknown(kind: Type) -> Value:
    """A fact of this type that nobody has told."""
    if kind.kind is Kind.BOOL:
        return NOBODY_KNOWS
    if kind.kind is Kind.TEXT:
        return Word(None)
    return Day(FIRST_DAY, NEVER) if kind.kind is Kind.DATE else within(kind)


def unlimited(kind: Type) -> Value:
    """As `unknown`, when even the range cannot be relied on."""
    if not kind.is_number:
        return unknown(kind)
    return exactly(Bound(trees.cast(exp.Null(), trees.BIGINT), kind.parts if kind.exact else 1, True), kind)


def of_column(column: Part, kind: Type, *, complete: bool) -> Value:
    """A column that is NULL where the fact is unknown (`complete`: nowhere)."""
    if kind.kind is Kind.TEXT:
        return Word(column)
    if kind.kind is Kind.BOOL:
        if complete:
            return Truth(column, column)
        return Truth(trees.coalesce(column, trees.truth(False)), trees.coalesce(column, trees.truth(True)))
    if kind.kind is Kind.DATE:
        if complete:
            return Day(column, column)
        return Day(trees.coalesce(column, trees.day(FIRST_DAY)), trees.coalesce(column, trees.day(NEVER)))
    column = trees.cast(column, trees.BIGINT)
    if complete:
        return exactly(Bound(column, kind.parts), kind)
    bounds = within(kind)
    low, high = (
        Bound(trees.coalesce(column, trees.tree(bound.top)), kind.parts) for bound in (bounds.low, bounds.high)
    )
    return Number(low, high, kind)


def builtin(rules: Rules, node: Builtin) -> Day:
    today = rules.shared.today
    return Day(today, today) if node.name == "today" else rules.governing


def step(rules: Rules, node: StepRef) -> Value:
    return rules.step(node.name)


def undecided(_: Rules, node: Undecided) -> Value:
    return unlimited(node.type)


def parameter(rules: Rules, node: ParameterRef) -> Value:
    """The row in force for the key; where there is none, a number without bounds."""
    found = rules.shared.parameters.get(node.name)
    when = rules.value(node.at) if node.at is not None else rules.governing
    key = rules.value(node.key) if node.key is not None else None
    assert isinstance(when, Day)
    assert key is None or isinstance(key, Word)
    if found is None or (key is not None and key.value is None):
        return unlimited(node.type)
    if key is None or not isinstance(key.value, Part):
        rows = found.rows.get(None if key is None else str(key.value), ())
        return _by_date(rows, when, node.type)
    alive = [row for row in found.all_rows() if not isinstance(when.low, date) or not when.exact or row.holds(when.low)]
    if len(alive) <= MOST_BRANCHES:
        return _by_key(alive, key.value, when, node.type)
    return _joined(rules, found, key.value, when, node.type)


def _by_date(rows: Sequence[ParameterRow], when: Day, kind: Type) -> Value:
    if when.exact and not isinstance(when.low, Part):
        for row in rows:
            if row.holds(when.low):
                return of_constant(row.value, kind)
        return unlimited(kind)
    return _first_that_holds([(_in_force(row, when), row) for row in rows], when, kind)


def _in_force(row: ParameterRow, when: Day) -> Truthful:
    after = trees.compared("<=", row.start, when.low)
    return after if row.end is None else trees.both(after, trees.compared("<=", when.low, row.end))


def _by_key(rows: Iterable[ParameterRow], key: Part, when: Day, kind: Type) -> Value:
    branches = []
    for row in rows:
        match = trees.operator(exp.EQ, key, trees.word(str(row.key)))
        branches.append((trees.both(trees.coalesce(match, trees.truth(False)), _in_force(row, when)), row))
    return _first_that_holds(branches, when, kind)


def _first_that_holds(branches: Sequence[tuple[Truthful, ParameterRow]], when: Day, kind: Type) -> Value:
    sure = when.known
    tests = [(trees.both(sure, test), row.value) for test, row in branches]
    if kind.kind is Kind.DATE:
        low, high = (
            trees.case([(test, trees.tree(value)) for test, value in tests], trees.tree(end))
            for end in (FIRST_DAY, NEVER)
        )
        return Day(low, high)
    tops = [(test, trees.tree(_top(value, kind))) for test, value in tests]
    return exactly(Bound(trees.case(tops, trees.cast(exp.Null(), trees.BIGINT)), kind.parts, True), kind)


def _top(value: Any, kind: Type) -> int:
    top = Fraction(value) * kind.parts
    assert top.denominator == 1
    return top.numerator


def _joined(rules: Rules, found: Parameter, key: Part, when: Day, kind: Type) -> Value:
    columns = rules.columns
    sure = when.known
    asked = key if sure is True else trees.case([(sure, key)], exp.Null())
    key_column = columns.keep(asked)
    assert isinstance(key_column, exp.Column)
    rules.shared.joined.add(found.name)
    value = "day_value" if kind.kind is Kind.DATE else "value"
    if when.exact and isinstance(when.low, date):
        lookup = Lookup(found.name, key_column.name, None, when.low.isoformat(), value)
    else:
        day_column = columns.keep(trees.tree(when.low))
        assert isinstance(day_column, exp.Column)
        lookup = Lookup(found.name, key_column.name, day_column.name, None, value)
    joined = columns.look_up(lookup)
    if kind.kind is Kind.DATE:
        return of_column(joined, kind, complete=False)
    return exactly(Bound(joined, kind.parts, True), kind)


def table(rules: Rules, node: TableRef) -> Value:
    source, operand = rules.measure.tables[node.table], rules.value(node.operand)
    if isinstance(operand, Word):
        return _words(source, operand, node.type)
    assert isinstance(operand, (Number, Day))
    if isinstance(operand, Number) and operand.open:
        raise CannotCompile(
            backend=SQL,
            what=f"Ключ таблицы «{node.table}» зависит от параметра, которого на эту дату может не быть.",
            why="Неизвестно, в какие строки он попадёт.",
            what_to_do="Возьмите ключ из факта.",
        )
    return _bands(source, operand, node.operand.type, node.type)


def _ends(values: Iterable[Any]) -> tuple[Any, Any]:
    found = list(values)
    return min(found), max(found)


def _words(source: Table, operand: Word, kind: Type) -> Value:
    if isinstance(operand.value, str):
        found = source.words.get(operand.value)
        return unlimited(kind) if found is None else of_constant(found, kind)
    tests: list[tuple[Truthful, Any]] = []
    if isinstance(operand.value, Part):
        for name, value in source.words.items():
            match = trees.operator(exp.EQ, operand.value, trees.word(name))
            tests.append((trees.coalesce(match, trees.truth(False)), value))
    return _first(tests, list(source.words.values()), kind)


def _first(tests: list[tuple[Truthful, Any]], otherwise: list[Any], kind: Type) -> Value:
    """The value of the first test that holds, else whatever all of them allow."""
    if kind.kind is Kind.BOOL:
        surely, possibly = (
            trees.case([(test, trees.truth(value)) for test, value in tests], trees.truth(end))
            for end in (all(otherwise), any(otherwise))
        )
        return Truth(surely, possibly)
    low, high = _ends(otherwise)
    ends = [
        trees.case([(test, trees.tree(_coded(value, kind))) for test, value in tests], trees.tree(_coded(end, kind)))
        for end in (low, high)
    ]
    if kind.kind is Kind.DATE:
        return Day(ends[0], ends[1])
    return Number(Bound(ends[0], kind.parts), Bound(ends[1], kind.parts), kind)


def _coded(value: Any, kind: Type) -> Any:
    return value if kind.kind is Kind.DATE else _top(value, kind)


def _bands(source: Table, operand: Number | Day, key: Type, kind: Type) -> Value:
    """Every band the key may fall into; outside the table nothing is known."""
    edges = [*source.starts, source.top]
    inside: list[Truthful] = []
    if edges[0] is not None:
        inside.append(_reaches(operand, edges[0], key, upper=False))
    if source.top is not None:
        inside.append(trees.negated(_reaches(operand, source.top, key, upper=True)))
    within_table = trees.both(*inside)
    touched: list[tuple[Truthful, Any]] = []
    for place, value in enumerate(source.values):
        start, stop = edges[place], edges[place + 1]
        reached = True if start is None else _reaches(operand, start, key, upper=True)
        passed = False if stop is None else _reaches(operand, stop, key, upper=False)
        touched.append((trees.both(reached, trees.negated(passed)), value))
    return _hull_of_bands(touched, within_table, operand.exact, kind)


def _reaches(operand: Number | Day, edge: Any, key: Type, *, upper: bool) -> Truthful:
    """Whether the greatest (or the least) the key may be is at the edge or above."""
    if isinstance(operand, Day):
        return trees.compared(">=", operand.high if upper else operand.low, edge)
    bound = operand.high if upper else operand.low
    value = Fraction(edge)
    return trees.compared(
        ">=", trees.multiplied(bound.top, value.denominator), trees.multiplied(bound.bottom, value.numerator)
    )


def _hull_of_bands(touched: list[tuple[Truthful, Any]], inside: Truthful, exact: bool, kind: Type) -> Value:
    if kind.kind is Kind.BOOL:
        no = trees.either(*(test for test, value in touched if not value))
        yes = trees.either(*(test for test, value in touched if value))
        return Truth(trees.both(inside, trees.negated(no)), trees.either(trees.negated(inside), yes))
    codes = [(test, _coded(value, kind)) for test, value in touched]
    worst, best = _ends(code for _, code in codes)
    gone = (FIRST_DAY, NEVER) if kind.kind is Kind.DATE else (None, None)
    ends = []
    for choose, sentinel, outside in ((trees.least, best, gone[0]), (trees.greatest, worst, gone[1])):
        found: Any
        if exact:
            found = trees.case([(test, trees.tree(code)) for test, code in codes], trees.tree(sentinel))
        else:
            found = choose(*(trees.case([(test, trees.tree(code))], trees.tree(sentinel)) for test, code in codes))
        absent = trees.cast(exp.Null(), trees.BIGINT) if outside is None else trees.tree(outside)
        ends.append(trees.case([(inside, trees.tree(found))], absent))
    if kind.kind is Kind.DATE:
        return Day(ends[0], ends[1])
    low = Bound(ends[0], kind.parts, inside is not True)
    if exact:
        return exactly(low, kind)
    return Number(low, Bound(ends[1], kind.parts, inside is not True), kind)
