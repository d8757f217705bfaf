"""Awards in force against what is due now: the same, another amount, lost, not known; and rights nobody has yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.columns.lives import CHUNK, Answer, facts_around, of_recipients, sharpened, without_award
from kazna.contexts.measures.columns.store import parquet
from kazna.contexts.measures.columns.weighing import VERDICTS, add_verdicts, set_weighing, weigh
from kazna.contexts.measures.derivations.awards import ASSIGNED
from kazna.rules import Edition, Library

AWARDS = pa.schema(
    [
        *(
            ("measure", pa.string()),
            ("number", pa.string()),
            ("subject_id", pa.string()),
            ("recipient_id", pa.string()),
        ),
        *(("verdict", pa.string()), ("amount_kopecks", pa.int64()), ("due_kopecks", pa.int64())),
    ]
)
WEIGHED = """
SELECT measure, number, subject_id, recipient_id, verdict, amount AS amount_kopecks, due AS due_kopecks
FROM weighing JOIN verdict USING (seq) ORDER BY measure, subject_id, recipient_id, number
"""
LEFT = "SELECT seq, measure, subject_id, recipient_id, amount FROM weighing WHERE seq NOT IN (SELECT seq FROM verdict)"


def weighed(database: duckdb.DuckDBPyConnection, library: Library, editions: Iterable[Edition], on: date) -> pa.Table:
    """Every monthly award in force of these editions, decided anew without its own record.

    `due_kopecks`: what the rule gives today where it grants.
    """
    by_measure = {edition.id: edition for edition in editions}
    set_weighing(database, list(by_measure.values()), on)
    weigh(database, library, list(by_measure.values()), on)
    _one_by_one(database, library, by_measure, on)
    return database.sql(WEIGHED).to_arrow_table().cast(AWARDS)


def _one_by_one(
    database: duckdb.DuckDBPyConnection, library: Library, by_measure: Mapping[str, Edition], on: date
) -> None:
    left = database.execute(f"{LEFT} ORDER BY subject_id").fetchall()
    for start in range(0, len(left), CHUNK):
        chunk = left[start : start + CHUNK]
        facts = facts_around(database, {person for row in chunk for person in row[2:4]})
        book, own = Book(facts), of_recipients(facts)
        rows = []
        for seq, measure, subject, recipient, amount in chunk:
            alone = without_award(book, own.get(recipient, ()), measure, subject, recipient)
            found = sharpened(library, by_measure[measure], alone, subject, recipient, on)
            rows.append({"seq": seq, "verdict": verdict(found, amount), "due": found.amount_kopecks})
        add_verdicts(database, pa.Table.from_pylist(rows, schema=VERDICTS))


def verdict(found: Answer, amount: int) -> str:
    if found.state == "refused":
        return "lost"
    if found.state == "unknown":
        return "unknown"
    return "same" if found.amount_kopecks == amount else "changed"


def counted(awards: pa.Table) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for measure, verdict in zip(awards["measure"].to_pylist(), awards["verdict"].to_pylist(), strict=True):
        of_measure = found.setdefault(measure, {})
        of_measure[verdict] = of_measure.get(verdict, 0) + 1
    return found


def new_rights(
    database: duckdb.DuckDBPyConnection, rights: Path, editions: Iterable[Edition], on: date, out: Path
) -> dict[str, tuple[int, int]]:
    """Write rights that are granted and that nobody was ever assigned; by measure (people, kopecks in all)."""
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE fresh AS SELECT r.* FROM {parquet([rights])} r
        JOIN person s ON s.id = r.subject_id LEFT JOIN fact f ON f.kind = '{ASSIGNED}'
            AND coalesce(f.object, f.subject) = s.n AND json_extract_string(f.value, '$.measure') = r.measure
            AND (f.valid_to IS NULL OR DATE '{on}' < f.valid_to OR json_extract_string(f.value, '$.period') <> 'month')
        WHERE r.state = 'granted' AND f.seq IS NULL ORDER BY r.measure, r.subject_id
    """)
    database.execute(f"COPY fresh TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
    told = database.execute(
        "SELECT measure, count(*), sum(coalesce(amount_kopecks, 0))::BIGINT FROM fresh GROUP BY measure ORDER BY 1"
    ).fetchall()
    return {measure: (people, kopecks) for measure, people, kopecks in told}
