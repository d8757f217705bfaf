"""Who has to be asked again on a later day: those whose facts, or whose family's facts, changed or come of a day.

A sound superset without a calculation for each person (decision 16). On the days between, an answer (state and amount)
with the same facts can flip only where a date of the facts meets the day: on the day itself for what begins and ends,
on its day of the month, as many months away as a rule may add, for dates that rules count months and years from, a day
earlier or later for ends that are inclusive. Rules that count days are asked of everybody; so is everything near the
turn of a month and where the law itself begins or ends something.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb

from kazna.contexts.measures.columns.asking import quoted
from kazna.contexts.measures.columns.days_of_rules import YEAR, dated_kinds
from kazna.contexts.measures.columns.store import parquet
from kazna.contexts.measures.derivations.awards import ASSIGNED
from kazna.kernel.periods import month_end
from kazna.rules import Edition, Library

DAY, STEPS = timedelta(days=1), 3


def is_quiet(library: Library, editions: Iterable[Edition], before: date, on: date) -> bool:
    """Nothing of the law begins or ends after `before` up to `on`, and no month turns near them."""
    if (before.year, before.month) != (on.year, on.month) or before > on:
        return False
    if before.day == 1 or on.day >= calendar.monthrange(on.year, on.month)[1] - 1:
        return False
    return not any(before < day <= on for day in (*_days_of_law(library), *_days_of(editions)))


def _days_of_law(library: Library) -> Iterator[date]:
    for parameter in library.parameters.values():
        for row in parameter.all_rows():
            yield from _bounds(row.start, row.end)


def _days_of(editions: Iterable[Edition]) -> Iterator[date]:
    """Days on which an edition, a condition or a shared definition begins or has ended."""
    for edition in editions:
        yield from _bounds(edition.start, edition.end)
        plain = {name: part for name, part in edition.document.items() if name != "tests"}
        for day in (*_dates_in(plain), *_dates_in(edition.measure.definitions)):
            yield from _bounds(day, day)


def _bounds(start: date | None, end: date | None) -> Iterator[date]:
    if start:
        yield start
    if end and end < date.max:
        yield end + DAY


def _dates_in(plain: object) -> Iterator[date]:
    if isinstance(plain, date):
        yield plain
    elif isinstance(plain, Mapping):
        for part in plain.values():
            yield from _dates_in(part)
    elif isinstance(plain, list | tuple):
        for part in plain:
            yield from _dates_in(part)


def mark_asked_anew(
    database: duckdb.DuckDBPyConnection,
    library: Library,
    before: date,
    on: date,
    touched: Path,
    people_before: Path,
    facts: Iterable[Path],
    shelf_lives: Mapping[str, int],
    months: Iterable[int],
) -> dict[int, int]:
    """Make tables `asked_anew_…` (n) of people of `own` who have to be asked again; how many of them.

    One for each of `months`: for rules that add that many months, or a multiple, to dates of the facts.
    `touched`: ids told of since; `people_before`: ids of those asked then; `facts`: what the store was opened on, which
    leaves out answers that are too old by now.
    """
    near = [before + DAY * n for n in range(0, (on - before).days + 2)]
    crossed = f"BETWEEN DATE '{near[0]}' AND DATE '{near[-1]}'"
    counted = f"IN ({', '.join(map(str, sorted(_days_of_month(near))))})"
    dated = ", ".join(quoted(kind) for kind in dated_kinds(library))
    aged = " OR ".join(f"(kind = {quoted(kind)} AND known_on + {days} {crossed})" for kind, days in shelf_lives.items())
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE hit AS
        SELECT n FROM person JOIN {parquet([touched])} USING (id)
        UNION SELECT n FROM own JOIN person USING (n) WHERE id NOT IN (SELECT id FROM {parquet([people_before])})
        UNION SELECT unnest([subject, object]) FROM fact WHERE valid_from {crossed} OR valid_to {crossed}
        UNION SELECT n FROM person JOIN (
            SELECT unnest([subject_id, object_id])::UUID::VARCHAR AS id FROM {parquet(facts)} WHERE {aged or "false"}
        ) USING (id);
        CREATE OR REPLACE TEMP TABLE met AS
        WITH told AS (
            SELECT subject, object, unnest([valid_from, valid_to]) AS day FROM fact WHERE kind IN ({dated})
            UNION ALL SELECT subject, object, TRY_CAST(day AS DATE) FROM (
                SELECT subject, object, unnest(regexp_extract_all(value, '\\d{{4}}-\\d{{2}}-\\d{{2}}')) AS day FROM fact
                WHERE kind IN ({dated}))
        ) SELECT DISTINCT unnest([subject, object]) AS n,
            (year(day) - {on.year}) * {YEAR} + month(day) - {on.month} AS months FROM told WHERE day(day) {counted};
        CREATE OR REPLACE TEMP TABLE bond AS
        SELECT one, other FROM tie
        UNION SELECT subject, object FROM fact WHERE kind = '{ASSIGNED}' AND object IS NOT NULL
        UNION SELECT object, subject FROM fact WHERE kind = '{ASSIGNED}' AND object IS NOT NULL;
    """)
    return {every: _with_families(database, every) for every in sorted(set(months))}


def _with_families(database: duckdb.DuckDBPyConnection, months: int) -> int:
    """Those a change or a date meets, with everybody `STEPS` ties from them."""
    database.execute(f"CREATE OR REPLACE TEMP TABLE near AS SELECT n FROM hit"
                     f" UNION SELECT n FROM met WHERE months % {months} = 0")  # fmt: skip
    for _ in range(STEPS):
        database.execute(
            "INSERT INTO near SELECT DISTINCT b.other FROM near h JOIN bond b ON b.one = h.n"
            " WHERE b.other NOT IN (SELECT n FROM near WHERE n IS NOT NULL)"
        )
    asked = f"asked_anew_{months}"
    database.execute(f"CREATE OR REPLACE TABLE {asked} AS SELECT n FROM own WHERE n IN (SELECT n FROM near)")
    return int(database.execute(f"SELECT count(*) FROM {asked}").fetchall()[0][0])


def _days_of_month(days: Iterable[date]) -> set[int]:
    """Days of the month of dates that meet these days when months are added; a longer month's end falls on the end."""
    found: set[int] = set()
    for day in days:
        found.add(day.day)
        if day == month_end(day):
            found.update(range(day.day, 32))
    return found
