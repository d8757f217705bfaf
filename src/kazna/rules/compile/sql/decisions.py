"""Rows of rights as bare decisions, so that a database is compared with the interpreter person by person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kazna.rules.compile import duckdb, spark
from kazna.rules.compile.agreement import Asked
from kazna.rules.compile.decision import Decision
from kazna.rules.compile.sql.loading import Types, layout_of

ROWS = "SELECT subject, state, amount, term_from, term_to, refusal, open FROM rights"


def types_of(asked: Asked) -> tuple[Types, dict[str, Types]]:
    """The types of the facts an edition reads, and of the facts of its relations."""
    edition = asked.edition
    facts: Types = {name: fact.type for name, fact in edition.facts.items()}
    relations: dict[str, Types] = {
        name: {short: fact.type for short, fact in relation.facts.items()}
        for name, relation in edition.relations.items()
    }
    return facts, relations


def decisions(rows: Iterable[Any], count: int) -> list[Decision]:
    """By subject; a subject without a row breaks the promise that nobody is lost, so it raises KeyError."""
    found = {row[0]: Decision(row[1], row[2], row[3], row[4], row[5] or 0, row[6] or 0) for row in rows}
    return [found[subject] for subject in range(count)]


def by_duckdb(asked: Asked) -> list[Decision]:
    facts, relations = types_of(asked)
    connection = duckdb.connect(duckdb.Settings(threads=1))
    try:
        duckdb.load_frame(connection, asked.frame, facts, relations)
        duckdb.run_editions(
            connection,
            [asked.edition],
            layout=layout_of(asked.frame, facts, relations),
            today=asked.on,
            parameters=asked.parameters,
            relations=asked.edition.relations,
            refused=True,
        )
        return decisions(connection.execute(ROWS).fetchall(), asked.frame.rows)
    finally:
        connection.close()


def by_spark(asked: Asked, session: Any) -> list[Decision]:
    """`session`: a Spark session of the caller."""
    facts, relations = types_of(asked)
    spark.load_frame(session, asked.frame, facts, relations)
    rights = spark.run_editions(
        session,
        [asked.edition],
        layout=layout_of(asked.frame, facts, relations),
        today=asked.on,
        parameters=asked.parameters,
        relations=asked.edition.relations,
        refused=True,
    )
    columns = ("subject", "state", "amount", "term_from", "term_to", "refusal", "open")
    return decisions(rights.select(*columns).collect(), asked.frame.rows)
