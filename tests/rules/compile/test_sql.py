"""Random expressions, documents and trial people: DuckDB answers as the interpreter, unknowns included."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.rules.generated import expressions, measures, situations
from tests.rules.small_law import HEAD, ON, small_law

from kazna.rules.compile import duckdb
from kazna.rules.compile.agreement import asked, by_interpreter
from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.situations import frame_of
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.columns import kept
from kazna.rules.compile.sql.decisions import by_duckdb
from kazna.rules.compile.sql.layout import IDENTITY, PARAMETERS
from kazna.rules.compile.sql.loading import layout_of, parameter_table, tables_of
from kazna.rules.compile.sql.relations import named, nested, selected
from kazna.rules.compile.sql.rules import Rules
from kazna.rules.compile.sql.statements import BLOCK, Plan
from kazna.rules.compile.sql.values import Day, Number, Truth
from kazna.rules.edition import Edition
from kazna.rules.evaluate.spans import high, low

QUIET = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
NO_BOUND = 2**40  # the interpreter's «any number» is beyond that, whatever it was multiplied by
PLAIN = """\
conditions: [{id: a, title: Всегда, law: fz1, when: large_family or floor_income > base}]
amount: {law: fz1, value: 1 rub}
"""


@cache
def home() -> Edition:
    """A measure of the small law that takes in every shared definition."""
    found = small_law().edition(HEAD + "parameters: []\nuses: [family_size, floor_income, large_family]\n" + PLAIN)
    assert found is not None
    return found


def ends(value: Any) -> list[Any]:
    """The trees or constants of a compiled value."""
    if isinstance(value, Truth):
        return [value.surely, value.possibly]
    if isinstance(value, Number):
        return [value.low.top, value.low.bottom, value.high.top, value.high.bottom]
    return [value.low, value.high] if isinstance(value, Day) else [value.value]


def expected(kind: Any, value: Any) -> list[Any]:
    if kind is Truth:
        return [value is True, value is not False]
    if kind is Number:
        return [None if abs(end) > NO_BOUND else Fraction(end) for end in (low(value), high(value))]
    return [low(value), high(value)] if kind is Day else [value]


def read(kind: Any, found: list[Any]) -> list[Any]:
    if kind is not Number:
        return found
    return [None if top is None else Fraction(top, bottom) for top, bottom in (found[:2], found[2:])]


def answers(nodes: list[Any], people: list[Any]) -> tuple[list[Any], list[list[Any]]]:
    """The compiled values and, for each of the people, what DuckDB makes of all their ends."""
    library = small_law().library
    frame = _frame(people)
    types = {name: fact.type for name, fact in library.facts.items() if not name.startswith("member.")}
    of_people = {name: dict(relation.scope().facts) for name, relation in library.relations.items()}
    plan = Plan(
        [], dialect="duckdb", layout=layout_of(frame, types, of_people), today=ON,
        parameters=library.parameters, relations=library.relations,
    )  # fmt: skip
    measure = replace(home().measure, tables=library.tables)
    values = []
    for node in nodes:
        try:
            values.append(kept(plan.shared.columns, Rules(measure, plan.shared).value(node)))
        except CannotCompile:
            values.append(None)
    parts = [end for value in values if value is not None for end in ends(value)]
    columns = sorted(
        {column.name for part in parts if isinstance(part, trees.Part) for column in part.find_all(trees.exp.Column)}
    )
    rows = plan.rows([IDENTITY, *columns])
    outer = [
        trees.column(IDENTITY),
        *(
            named(trees.tree(part) if part is not None else trees.exp.Null(), f"v{place}")
            for place, part in enumerate(parts)
        ),
    ]
    connection = duckdb.connect(duckdb.Settings(threads=1))
    for name, table in tables_of(frame, types, of_people).items():
        duckdb.load_table(connection, BLOCK if name == "subject" else name, table)
    duckdb.load_table(connection, PARAMETERS, parameter_table(library.parameters.values()))
    for table in plan.count_tables:
        connection.execute(f"CREATE TABLE {table.name} AS {plan.counted(table)}")
    found = connection.execute(plan.dialect.sql(selected(outer, nested(rows, "answers")))).fetchall()
    connection.close()
    return values, [list(row[1:]) for row in sorted(found)]


def _frame(people: list[Any]) -> Any:
    library = small_law().library
    facts = {name: fact for name, fact in library.facts.items() if not name.startswith("member.")}
    return frame_of(people, facts, library.relations)


@pytest.mark.parametrize("kind", ["truth", "number", "money", "date"])
@QUIET
@given(data=st.data())
def test_expressions_mean_in_sql_what_they_mean(kind, data):
    cases = data.draw(st.lists(expressions(kind), min_size=6, max_size=6))
    people = data.draw(st.lists(situations(), min_size=8, max_size=8))
    values, rows = answers([node for _, node in cases], people)
    for person, row in zip(people, rows, strict=True):
        place = 0
        for (text, node), value in zip(cases, values, strict=True):
            if value is None:
                continue
            found = row[place : place + len(ends(value))]
            place += len(found)
            wanted = small_law().value(node, person)
            assert read(type(value), found) == expected(type(value), wanted), (text, person)


def same(wanted: Any, got: Any) -> bool:
    return wanted == got or (wanted.state == "refused" and wanted._replace(open=0) == got._replace(open=0))


@QUIET
@given(text=measures(), people=st.lists(situations(), min_size=12, max_size=12))
def test_random_measures_are_decided_alike(text, people):
    edition = small_law().edition(text)
    assume(edition is not None)
    frame = frame_of(people, edition.facts, edition.relations)
    question = asked(edition, frame, ON, small_law().library.parameters)
    try:
        found = by_duckdb(question)
    except CannotCompile:
        assume(False)

    for row, (wanted, got) in enumerate(zip(by_interpreter(question), found, strict=True)):
        assert same(wanted, got), (text, people[row], wanted, got)
