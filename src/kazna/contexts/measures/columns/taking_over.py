"""What is asked of whom: everything of everybody, or of most measures only those who have to be asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from kazna.contexts.measures.columns.asked_anew import is_quiet, mark_asked_anew
from kazna.contexts.measures.columns.asking import quoted
from kazna.contexts.measures.columns.awards_in_force import AWARDS
from kazna.contexts.measures.columns.batches import castings, castings_of
from kazna.contexts.measures.columns.days_of_rules import counts_days, months_added
from kazna.contexts.measures.columns.everybody import RIGHTS
from kazna.contexts.measures.columns.store import parquet
from kazna.rules import Edition, Library


@dataclass(frozen=True, slots=True)
class Before:
    """What was decided earlier of the same people by the same law. `touched`: Parquet of ids told of since."""

    on: date
    out: Path
    touched: Path


@dataclass(frozen=True, slots=True)
class Round:
    """Editions asked of everybody, or (`anew`) of the people of that table alone.

    `asked`: measure → how many people its answers are about, where most of those are taken over.
    """

    editions: tuple[Edition, ...]
    anew: str = ""
    asked: dict[str, int] = field(default_factory=dict)


def rounds(
    database: duckdb.DuckDBPyConnection,
    library: Library,
    editions: Sequence[Edition],
    on: date,
    facts: Sequence[Path],
    shelf_lives: Mapping[str, int],
    before: Before | None,
) -> tuple[list[Round], int | None]:
    """The rounds of a part, and how many people are asked anew: None where everybody is."""
    if before is None or not is_quiet(library, editions, before.on, on):
        return [Round(tuple(editions))], None
    always, by_months = [], defaultdict[int, list[Edition]](list)
    for edition in editions:
        of = always if counts_days(library, edition) else by_months[months_added(library, edition)]
        of.append(edition)
    people = before.out / "people.parquet"
    anew = mark_asked_anew(database, library, before.on, on, before.touched, people, facts, shelf_lives, by_months)
    planned = [Round(tuple(always))]
    for months, some in by_months.items():
        planned.append(Round(tuple(some), f"asked_anew_{months}", _asked(database, some, on)))
    return planned, max(anew.values(), default=0)


def _asked(database: duckdb.DuckDBPyConnection, editions: Sequence[Edition], on: date) -> dict[str, int]:
    plays, counted = castings(on), dict[tuple[str, ...], int]()
    for names in {tuple(castings_of(edition)) for edition in editions}:
        rows = [f"SELECT {'person' if name == 'person' else 'child'} AS subject FROM ({plays[name].rows})"
                for name in names]  # fmt: skip
        sql = " UNION ALL ".join(rows) or "SELECT NULL AS subject WHERE false"
        counted[names] = int(database.execute(f"SELECT count(DISTINCT subject) FROM ({sql})").fetchall()[0][0])
    return {edition.id: counted[tuple(castings_of(edition))] for edition in editions}


@contextmanager
def asking(database: duckdb.DuckDBPyConnection, one: Round) -> Iterator[None]:
    """While it lasts, those asked about (`own`) are those of the round; the others are in `kept`."""
    if not one.anew:
        yield
        return
    database.execute(f"""
        CREATE OR REPLACE TABLE kept AS SELECT id FROM own JOIN person USING (n)
        WHERE n NOT IN (SELECT n FROM {one.anew});
        CREATE TEMP TABLE own AS SELECT n FROM {one.anew};
    """)
    try:
        yield
    finally:
        database.execute("DROP TABLE temp.own")


def rights_before(database: duckdb.DuckDBPyConnection, before: Before | None, one: Round, measure: str) -> pa.Table:
    """Rights of those who are not asked again."""
    if before is None or not one.anew:
        return RIGHTS.empty_table()
    return _before(database, before.out / "rights.parquet", [measure]).cast(RIGHTS)


def awards_before(database: duckdb.DuckDBPyConnection, before: Before | None, one: Round) -> pa.Table:
    """Awards of those who are not asked again, as they were weighed."""
    if before is None or not one.anew:
        return AWARDS.empty_table()
    named = [edition.id for edition in one.editions]
    return _before(database, before.out / "awards.parquet", named).cast(AWARDS)


def _before(database: duckdb.DuckDBPyConnection, path: Path, named: list[str]) -> pa.Table:
    names = ", ".join(quoted(name) for name in named) or "NULL"
    return database.sql(
        f"SELECT b.* FROM {parquet([path])} b JOIN kept k ON k.id = b.subject_id WHERE b.measure IN ({names})"
    ).to_arrow_table()
