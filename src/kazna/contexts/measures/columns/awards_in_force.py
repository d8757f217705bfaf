"""Awards in force against what is due now: the same, another amount, lost, not known; and rights nobody has yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.columns.lives import CHUNK, Answer, facts_around, of_recipients, sharpened, without_award
from kazna.contexts.measures.columns.store import parquet
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
IN_FORCE = f"""
SELECT json_extract_string(f.value, '$.measure') AS measure, f.thing AS number, coalesce(o.id, s.id) AS subject_id,
    s.id AS recipient_id, json_extract_string(f.value, '$.amount_kopecks')::BIGINT AS amount_kopecks
FROM fact f JOIN person s ON s.n = f.subject LEFT JOIN person o ON o.n = f.object
WHERE f.kind = '{ASSIGNED}' AND json_extract_string(f.value, '$.period') = 'month' AND f.valid_from <= DATE '{{on}}'
    AND (f.valid_to IS NULL OR DATE '{{on}}' < f.valid_to) AND (coalesce(f.object, f.subject) IN (SELECT n FROM own))
ORDER BY 1, 3, 4, 2
"""


def weighed(database: duckdb.DuckDBPyConnection, library: Library, editions: Iterable[Edition], on: date) -> pa.Table:
    """Every monthly award in force of these editions, decided anew without its own record.

    `due_kopecks`: what the rule gives today where it grants.
    """
    by_measure = {edition.id: edition for edition in editions}
    held = [row for row in database.execute(IN_FORCE.format(on=on)).fetchall() if row[0] in by_measure]
    rows = []
    for start in range(0, len(held), CHUNK):
        chunk = held[start : start + CHUNK]
        facts = facts_around(database, {person for row in chunk for person in row[2:4]})
        book, own = Book(facts), of_recipients(facts)
        for measure, number, subject, recipient, amount in chunk:
            alone = without_award(book, own.get(recipient, ()), measure, subject, recipient)
            found = sharpened(library, by_measure[measure], alone, subject, recipient, on)
            rows.append({
                "measure": measure, "number": number, "subject_id": subject, "recipient_id": recipient,
                "verdict": verdict(found, amount), "amount_kopecks": amount, "due_kopecks": found.amount_kopecks,
            })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=AWARDS)


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
