"""Facts of one territory as DuckDB tables, with people numbered in the order of their ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from kazna.contexts.measures.columns.asking import quoted
from kazna.contexts.measures.derivations.windows import window
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.columns import open_columns
from kazna.kernel.periods import next_month

FACTS = pa.schema(
    [
        *(("seq", pa.int64()), ("kind", pa.string()), ("subject_id", pa.string()), ("object_id", pa.string())),
        *(("valid_from", pa.date32()), ("valid_to", pa.date32()), ("value", pa.string()), ("known_on", pa.date32())),
        *(("source", pa.string()), ("thing", pa.string())),
    ]
)
VIEWS = """
CREATE TABLE tie AS
    SELECT subject AS one, object AS other FROM fact
    WHERE kind IN ('family.parent', 'family.marriage') AND object IS NOT NULL
    UNION SELECT object, subject FROM fact
    WHERE kind IN ('family.parent', 'family.marriage') AND object IS NOT NULL;
CREATE TABLE residence AS
    SELECT subject AS person, coalesce(json_extract_string(value, '$.region'), '') AS region,
        coalesce(json_extract_string(value, '$.address'), '') AS address, valid_from, valid_to, seq
    FROM fact WHERE kind = 'person.residence';
CREATE TABLE neighbour AS
    SELECT DISTINCT r.person, o.person AS other FROM residence r JOIN residence o USING (region, address)
    WHERE r.person <> o.person AND address <> '' AND (region, address) IN (
        SELECT (region, address) FROM residence GROUP BY region, address HAVING count(DISTINCT person) <= 40
    );
CREATE TABLE contested AS
    WITH RECURSIVE near(person, step) AS (
        SELECT DISTINCT subject, 0 FROM fact WHERE kind = 'fact.disputed' OR value LIKE '%"withheld"%'
        UNION SELECT t.other, n.step + 1 FROM near n JOIN tie t ON t.one = n.person WHERE n.step < 2
    ) SELECT DISTINCT person FROM near
    UNION SELECT b.other FROM near n JOIN neighbour b ON b.person = n.person;
CREATE TABLE parent AS
    SELECT subject AS child, object AS parent, json_extract_string(value, '$.role') AS role, seq,
        valid_to AS until
    FROM fact WHERE kind = 'family.parent' AND object IS NOT NULL;
CREATE TABLE parent_order AS
    SELECT child, parent, row_number() OVER (PARTITION BY child ORDER BY first) AS place FROM (
        SELECT child, parent, min((role IS DISTINCT FROM 'mother', seq)) AS first FROM parent GROUP BY child, parent
    );
CREATE TABLE mother AS
    SELECT subject AS child, arg_max({'v': object}, seq).v AS mother FROM fact
    WHERE kind = 'family.parent' AND json_extract_string(value, '$.role') = 'mother' GROUP BY subject;
CREATE TABLE father AS
    SELECT subject AS child, arg_max({'v': object}, seq).v AS father FROM fact
    WHERE kind = 'family.parent' AND json_extract_string(value, '$.role') = 'father' GROUP BY subject;
CREATE TABLE birth AS
    SELECT subject AS person, arg_max(json_extract_string(value, '$.date')::DATE, seq) AS day FROM fact
    WHERE kind = 'person.birth' GROUP BY subject;
CREATE TABLE death AS
    SELECT subject AS person, arg_max(json_extract_string(value, '$.date')::DATE, seq) AS day FROM fact
    WHERE kind = 'person.death' GROUP BY subject;
CREATE TABLE carer AS
    SELECT DISTINCT p.child, p.parent FROM parent p LEFT JOIN mother m ON m.child = p.child
    WHERE m.mother = p.parent OR (SELECT count(*) FROM parent_order o WHERE o.child = p.child) = 1;
CREATE TABLE child_order AS
    WITH told AS (
        SELECT subject AS child,
               TRY_CAST(arg_max({'v': json_extract_string(value, '$.order')}, seq).v AS BIGINT) AS n
        FROM fact WHERE kind = 'family.birth_details' GROUP BY subject
    ), siblings AS (
        SELECT DISTINCT m.mother, p.child FROM mother m JOIN parent p ON p.parent = m.mother
    ), counted AS (
        SELECT s.mother, s.child, row_number() OVER (PARTITION BY s.mother ORDER BY b.day, s.child) AS n,
               bool_or(b.day IS NULL) OVER (PARTITION BY s.mother) AS unclear
        FROM siblings s LEFT JOIN birth b ON b.person = s.child
    )
    SELECT child, n FROM told WHERE n > 0
    UNION ALL
    SELECT m.child, c.n FROM mother m JOIN counted c ON c.mother = m.mother AND c.child = m.child
    WHERE NOT c.unclear AND m.child NOT IN (SELECT child FROM told WHERE n > 0);
"""


EVERYBODY = "SELECT id FROM person"


def open_store(
    source: str, case_date: date, shelf_lives: Mapping[str, int], own: str = EVERYBODY, threads: int = 0
) -> duckdb.DuckDBPyConnection:
    """`source`: SQL of a relation with the columns of FACTS, current versions only. `own`: SQL of ids of those asked
    about, the others being their families. Answers too old for a case of the day are not in the store.
    """
    database = open_columns()
    if threads:
        database.execute(f"SET threads = {threads}")
    stale = " OR ".join(
        f"(kind = {quoted(kind)} AND known_on + {days} < DATE '{case_date}')" for kind, days in shelf_lives.items()
    )
    _fill(database, f"{source} WHERE NOT ({stale})" if stale else source, own)
    return database


def store_of(facts: Iterable[Fact]) -> duckdb.DuckDBPyConnection:
    """The same for facts in memory, everybody being asked about."""
    database = open_columns()
    database.register("given", table_of(facts))
    _fill(database, "given", EVERYBODY)
    return database


def table_of(facts: Iterable[Fact]) -> pa.Table:
    rows = [
        {
            "seq": fact.seq,
            "kind": fact.kind,
            "subject_id": str(fact.subject_id),
            "object_id": str(fact.object_id) if fact.object_id else None,
            "valid_from": fact.valid_from,
            "valid_to": fact.valid_to,
            "value": json.dumps(fact.value, ensure_ascii=False),
            "known_on": fact.known_on,
            "source": fact.source,
            "thing": fact.thing,
        }
        for fact in facts
    ]
    return pa.Table.from_pylist(rows, schema=FACTS)


def parquet(paths: Iterable[Path]) -> str:
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{names}])"


def _fill(database: duckdb.DuckDBPyConnection, source: str, own: str) -> None:
    database.execute("SET preserve_insertion_order = true")
    database.execute(f"CREATE TABLE given_fact AS SELECT * FROM {source}")
    database.execute(
        "CREATE TABLE person AS SELECT id, (row_number() OVER (ORDER BY id) - 1)::INT AS n FROM ("
        "SELECT subject_id::UUID::VARCHAR AS id FROM given_fact UNION SELECT object_id::UUID::VARCHAR FROM given_fact"
        " WHERE object_id IS NOT NULL)"
    )
    database.execute(
        "CREATE TABLE fact AS SELECT g.seq, g.kind, s.n AS subject, o.n AS object, g.valid_from, g.valid_to, g.value,"
        " g.known_on, g.source, g.thing FROM given_fact g JOIN person s ON s.id = g.subject_id::UUID::VARCHAR"
        " LEFT JOIN person o ON o.id = g.object_id::UUID::VARCHAR ORDER BY g.kind, s.n, g.seq"
    )
    database.execute("DROP TABLE given_fact")
    database.execute(f"CREATE TABLE own AS SELECT n FROM person WHERE id IN ({own})")
    database.execute(VIEWS)


def set_window(database: duckdb.DuckDBPyConnection, case_date: date) -> None:
    """The twelve months counted for an application of this day."""
    months = [(number, first, next_month(first)) for number, first in enumerate(window(case_date))]
    database.execute("CREATE OR REPLACE TABLE window_month (n INT, first DATE, next DATE)")
    database.executemany("INSERT INTO window_month VALUES (?, ?, ?)", months)
