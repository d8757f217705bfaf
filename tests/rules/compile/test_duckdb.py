"""Every example of the law on DuckDB; many measures in one run; what DuckDB refuses, and that it says where."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from tests.rules.small_law import HEAD, ON, small_law

from kazna.kernel.places import LAW
from kazna.rules import Edition, Library, Situation, load_library
from kazna.rules.compile import duckdb
from kazna.rules.compile.agreement import asked, by_interpreter
from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.publication import refusals
from kazna.rules.compile.situations import frame_of
from kazna.rules.compile.sql.decisions import ROWS, by_duckdb, decisions
from kazna.rules.compile.sql.dialects import DIALECTS
from kazna.rules.compile.sql.loading import layout_of
from kazna.rules.compile.sql.trees import exp
from kazna.rules.examples import read_examples


@cache
def law() -> Library:
    return load_library(LAW)


@cache
def refused_in_sql(edition: Edition) -> bool:
    return bool(refusals(edition, "duckdb"))


def alike(wanted: list, got: list) -> bool:
    return all(
        one == other or (one.state == "refused" and one._replace(open=0) == other._replace(open=0))
        for one, other in zip(wanted, got, strict=True)
    )


@cache
def days() -> dict:
    """Each day of the examples, with the editions that have examples on it. Read when tests are collected, so quick."""
    found: dict = defaultdict(lambda: defaultdict(list))
    for edition in (edition for editions in law().measures.values() for edition in editions):
        for example in read_examples(law(), edition)[0]:
            found[example.on][edition].append(example.situation)
    return found


@pytest.mark.parametrize("day", sorted(days()), ids=str)
def test_duckdb_decides_the_examples_as_the_interpreter(day):
    """All editions of the day over everybody in its examples, in one run."""
    editions = {edition: them for edition, them in days()[day].items() if not refused_in_sql(edition)}
    if not editions:
        pytest.skip("DuckDB refuses every edition with an example on this day")
    people = [situation for situations in editions.values() for situation in situations]
    facts = {name: fact for edition in editions for name, fact in edition.facts.items()}
    relations = {name: relation for edition in editions for name, relation in edition.relations.items()}
    types = {name: fact.type for name, fact in facts.items()}
    of_people = {name: dict(relation.scope().facts) for name, relation in relations.items()}
    frame = frame_of(people, facts, relations)
    connection = duckdb.connect(duckdb.Settings(threads=1))
    duckdb.load_frame(connection, frame, types, of_people)

    duckdb.run_editions(
        connection, list(editions), layout=layout_of(frame, types, of_people), today=day,
        parameters=law().parameters, relations=relations, refused=True, block=50,
    )  # fmt: skip

    for edition in editions:
        got = connection.execute(f"{ROWS} WHERE measure = ?", [edition.id]).fetchall()
        assert alike(by_interpreter(asked(edition, frame, day, law().parameters)), decisions(got, frame.rows)), (
            edition.id
        )


def measure(condition: str, amount: str = "1 rub") -> Edition:
    found = small_law().edition(
        HEAD + f"parameters: []\nuses: []\nconditions: [{{id: a, title: А, law: fz1, when: {condition}}}]\n"
        f"amount: {{law: fz1, value: {amount}}}\n"
    )
    assert found is not None
    return found


def test_nobody_is_lost_and_refusals_are_kept_only_when_asked():
    edition = measure("applicant.citizen")
    people = [Situation({"application.date": ON, "applicant.citizen": known}) for known in (True, False, None)]
    frame = frame_of(people, edition.facts, edition.relations)

    found = by_duckdb(asked(edition, frame, ON, small_law().library.parameters))

    assert [decision.state for decision in found] == ["granted", "refused", "unknown"]


@pytest.mark.parametrize("backend", ["duckdb", "spark"])
def test_working_days_are_refused_with_the_place(backend):
    (refusal,) = refusals(measure('"add_working_days(application.date, 5) > today"'), backend)

    assert str(refusal).startswith("small.yaml:")
    assert f"{backend} не исполнит правило. Функция add_working_days" in str(refusal)


@pytest.mark.parametrize("backend", ["duckdb", "spark"])
def test_a_sum_of_quotients_is_refused(backend):
    (refusal,) = refusals(measure("sum(member.income / (member.grants + 1)) > 3 rub"), backend)

    assert "переменным делителем" in str(refusal)


@pytest.mark.parametrize("backend", ["duckdb", "spark", "planes", "python"])
def test_what_is_refused_of_the_law_is_little_and_named(backend):
    editions = [edition for rows in law().measures.values() for edition in rows]
    said = {edition.id: str(refusal) for edition in editions for refusal in refusals(edition, backend)}

    assert all(text.startswith("law/") and f"{backend} не исполнит правило." in text for text in said.values()), said
    assert len(said) * 10 < len(editions), said


def test_an_unknown_node_never_leaves_the_compiler():
    strange = exp.Div(this=exp.column("a"), expression=exp.column("b"))

    with pytest.raises(CannotCompile, match="Div"):
        DIALECTS["duckdb"].sql(strange)
