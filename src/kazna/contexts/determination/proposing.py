"""Lines of a proposal out of the Parquet of a determination: ordered, sampled, negative sums named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kazna.contexts.determination.contracts import NegativeAmount
from kazna.contexts.measures import public as measures
from kazna.kernel.columns import open_columns

SAMPLED = 3  # lines of each measure and kind that people look at
NEW, AWARDS = "new.parquet", "awards.parquet"
LINES = """
CREATE TABLE line AS
    SELECT 'new' AS kind, measure, territory, subject_id, recipient_id, '' AS number, NULL::BIGINT AS amount,
        amount_kopecks AS due FROM fresh WHERE measure IN (SELECT measure FROM let_out)
    UNION ALL
    SELECT verdict, measure, territory, subject_id, recipient_id, number, amount_kopecks,
        CASE WHEN verdict = 'changed' THEN due_kopecks END
    FROM held WHERE verdict <> 'same' AND measure IN (SELECT measure FROM let_out);
"""
# People of a territory stand together, so that what is decided in one transaction reads few families.
ORDERED = """
SELECT row_number() OVER (ORDER BY kind <> 'new', territory, subject_id, measure, number) - 1 AS place, kind, measure,
    territory, subject_id, recipient_id, number, amount, due,
    row_number() OVER (PARTITION BY kind, measure ORDER BY hash(subject_id || ?), subject_id) <= ? AS sample
FROM line ORDER BY place
"""
NEGATIVE = "SELECT measure, count(*), min(due) FROM line WHERE due < 0 GROUP BY measure ORDER BY measure LIMIT 1"
Known = Collection[tuple[str, str]]


def read_lines(parts: Mapping[str, Path], let_out: Collection[str]) -> duckdb.DuckDBPyConnection:
    """A database with the table `line` of what the determination would change. Raises NegativeAmount."""
    database = open_columns()
    database.register("let_out", pa.table({"measure": pa.array(sorted(let_out), pa.string())}))
    database.execute(f"CREATE VIEW fresh AS {_of_parts(parts, NEW)}")
    database.execute(f"CREATE VIEW held AS {_of_parts(parts, AWARDS)}")
    database.execute(LINES)
    negative = database.execute(NEGATIVE).fetchone()
    if negative:
        measure, people, kopecks = negative
        raise NegativeAmount(measure=measure, people=people, kopecks=kopecks)
    return database


def _of_parts(parts: Mapping[str, Path], name: str) -> str:
    return " UNION ALL BY NAME ".join(
        f"SELECT *, '{code}' AS territory FROM {measures.parquet([folder / name])}" for code, folder in parts.items()
    )


def without(database: duckdb.DuckDBPyConnection, known: Known) -> None:
    """Drop new rights whose matter is under way, or was declined: nobody is asked twice."""
    pairs = pa.table({"measure": [m for m, _ in known], "subject": [s for _, s in known]},
                     schema=pa.schema([("measure", pa.string()), ("subject", pa.string())]))  # fmt: skip
    database.register("known", pairs)
    database.execute(
        "DELETE FROM line USING known WHERE kind = 'new' AND line.measure = known.measure"
        " AND line.subject_id = known.subject"
    )
    database.unregister("known")


def new_pairs(database: duckdb.DuckDBPyConnection, at_once: int) -> Iterator[list[tuple[str, str]]]:
    """(measure, subject) of new rights, so many at a time; a copy, for the lines change meanwhile."""
    database.execute("CREATE TEMP TABLE pair AS SELECT measure, subject_id FROM line WHERE kind = 'new'")
    told = database.execute("SELECT * FROM pair")
    while chunk := told.fetchmany(at_once):
        yield chunk


def ordered(database: duckdb.DuckDBPyConnection, seed: str) -> Iterator[tuple[Any, ...]]:
    """The lines in their places, with whether each is in the sample: the same seed, the same sample."""
    told = database.execute(ORDERED, [seed, SAMPLED])
    while chunk := told.fetchmany(10_000):
        yield from chunk


def counted(database: duckdb.DuckDBPyConnection) -> int:
    return int(database.execute("SELECT count(*) FROM line").fetchall()[0][0])
