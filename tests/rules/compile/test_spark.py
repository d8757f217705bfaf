"""Spark gives the rows the interpreter gives: every fifth edition of a day over everybody in its examples."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.compile import spark
from kazna.rules.compile.agreement import asked, by_interpreter
from kazna.rules.compile.publication import refusals
from kazna.rules.compile.situations import frame_of
from kazna.rules.compile.sql.decisions import decisions
from kazna.rules.compile.sql.loading import layout_of
from kazna.rules.examples import read_examples

needs_java = pytest.mark.skipif(
    shutil.which("java") is None,
    reason="Java не найдена: проверка на Spark пропущена (поставьте default-jre-headless).",
)
COLUMNS = ("subject", "state", "amount", "term_from", "term_to", "refusal", "open")
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",  # a few hundred people: compiling takes longer than interpreting
}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    yield found
    found.stop()


@needs_java
def test_spark_decides_the_examples_as_the_interpreter(session):
    library = load_library(LAW)
    everything = [
        edition for editions in library.measures.values() for edition in editions if not refusals(edition, "spark")
    ]
    days = Counter(example.on for edition in everything for example in read_examples(library, edition)[0])
    (day, _), *_ = days.most_common(1)
    editions = [edition for edition in everything if edition.holds(day)][::5]
    situations = [
        example.situation for edition in editions for example in read_examples(library, edition)[0] if example.on == day
    ]
    facts = {name: fact for edition in editions for name, fact in edition.facts.items()}
    relations = {name: relation for edition in editions for name, relation in edition.relations.items()}
    types = {name: fact.type for name, fact in facts.items()}
    of_people = {name: dict(relation.scope().facts) for name, relation in relations.items()}
    frame = frame_of(situations, facts, relations)
    spark.load_frame(session, frame, types, of_people)

    rights = spark.run_editions(
        session, editions, layout=layout_of(frame, types, of_people), today=day,
        parameters=library.parameters, relations=relations, refused=True, chunk=6,
    )  # fmt: skip

    rows: dict[str, list[Any]] = {}
    for row in rights.select("measure", *COLUMNS).collect():
        rows.setdefault(row[0], []).append(row[1:])
    for edition in editions:
        wanted = by_interpreter(asked(edition, frame, day, library.parameters))
        got = decisions(rows[edition.id], frame.rows)
        alike = [
            one == other or (one.state == "refused" and one._replace(open=0) == other._replace(open=0))
            for one, other in zip(wanted, got, strict=True)
        ]
        assert all(alike), (edition.id, alike.index(False))
