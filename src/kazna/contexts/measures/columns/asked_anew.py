"""Who has to be asked again on a later day: those whose facts, or whose family's facts, changed or come of a day.

A sound superset without a calculation for each person (decision 16). On the days between, an answer (state and amount)
with the same facts can flip only where a date of the facts meets the day: on the day itself for what begins and ends,
on its day of the month for dates that rules count months and years from, a day earlier or later for ends that are
inclusive. Rules that count days are asked of everybody; so is everything near the turn of a month and where the law
itself begins or ends something.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb

from kazna.contexts.measures.columns.asking import quoted
from kazna.contexts.measures.columns.store import parquet
from kazna.contexts.measures.derivations.awards import ASSIGNED
from kazna.rules import Edition, Library
from kazna.rules.language.nodes import Arithmetic, Call, FactRef, Literal, Node, ParameterRef
from kazna.rules.language.types import Kind

DAY, STEPS = timedelta(days=1), 3
COUNTING_DAYS = frozenset(
    {"days_between", "overlap_days", "day", "date", "add_working_days", "working_days_between"}
)  # fmt: skip
PLAIN_DATES = ("person.birth", "person.death", "family.birth_details", ASSIGNED)


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


def counts_days(edition: Edition) -> bool:
    """Whether an answer may change on a day that no date of the facts has in common with it."""
    return any(_counts_days(node) for root in roots(edition) for node in root.walk())


def roots(edition: Edition) -> Iterator[Node]:
    """Every expression of an edition, those of its steps and of belonging to its people too."""
    measure = edition.measure
    yield measure.governing
    for step in measure.steps:
        yield step.node
    for condition in measure.conditions:
        yield condition.node
    for formula in (measure.amount, measure.term_from, measure.term_to):
        if formula is not None:
            yield formula.node
    for relation in edition.relations.values():
        for part in relation.parts:
            if part.when is not None:
                yield part.when


def _counts_days(node: Node) -> bool:
    match node:
        case Call(function=name, arguments=arguments) if name == "add_days":
            days = _whole(arguments[1])
            return days is None or abs(days) > 1
        case Call(function=name):
            return name in COUNTING_DAYS
        case Literal(value=date() as day) if day < date.max:
            return day.day > 1 and not _is_month_end(day)
        case ParameterRef(at=at):
            return not (at is None or isinstance(at, FactRef))
        case _:
            return False


def _whole(node: Node) -> int | None:
    match node:
        case Literal(value=int() as number):
            return number
        case Arithmetic(sign="-", left=left, right=right):
            one, other = _whole(left), _whole(right)
            return None if one is None or other is None else one - other
        case _:
            return None


def _is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def dated_kinds(library: Library) -> tuple[str, ...]:
    """Kinds of facts whose dates rules read as dates, to count months and years from."""
    every = [*library.facts.values(), *(f for r in library.relations.values() for f in r.facts.values())]
    found = {fact.plain["kind"] for fact in every if fact.type.kind is Kind.DATE}
    return tuple(sorted(found | set(PLAIN_DATES)))


def mark_asked_anew(
    database: duckdb.DuckDBPyConnection,
    library: Library,
    before: date,
    on: date,
    touched: Path,
    people_before: Path,
    shelf_lives: Mapping[str, int],
) -> int:
    """Make the table `asked_anew` (n) of people of `own` who have to be asked again; their number.

    `touched`: ids told of since; `people_before`: ids of those asked then.
    """
    near = [before + DAY * n for n in range(0, (on - before).days + 2)]
    crossed = f"BETWEEN DATE '{near[0]}' AND DATE '{near[-1]}'"
    counted = f"IN ({', '.join(map(str, sorted(_days_of_month(near))))})"
    dated = ", ".join(quoted(kind) for kind in dated_kinds(library))
    stale = " OR ".join(
        f"(kind = {quoted(kind)} AND known_on + {days} {crossed})" for kind, days in shelf_lives.items()
    )
    database.execute(f"""
        CREATE OR REPLACE TEMP TABLE hit AS
        SELECT n FROM person JOIN {parquet([touched])} USING (id)
        UNION SELECT n FROM own JOIN person USING (n) WHERE id NOT IN (SELECT id FROM {parquet([people_before])})
        UNION SELECT unnest([subject, object]) FROM fact WHERE valid_from {crossed} OR valid_to {crossed}
            OR ({stale or "false"})
        UNION SELECT unnest([subject, object]) FROM fact WHERE kind IN ({dated})
            AND (day(valid_from) {counted} OR day(valid_to) {counted})
        UNION SELECT unnest([subject, object]) FROM (
            SELECT subject, object, unnest(regexp_extract_all(value, '\\d{{4}}-\\d{{2}}-\\d{{2}}')) AS told FROM fact
            WHERE kind IN ({dated})
        ) WHERE day(TRY_CAST(told AS DATE)) {counted};
        CREATE OR REPLACE TEMP TABLE bond AS
        SELECT one, other FROM tie
        UNION SELECT subject, object FROM fact WHERE kind = '{ASSIGNED}' AND object IS NOT NULL
        UNION SELECT object, subject FROM fact WHERE kind = '{ASSIGNED}' AND object IS NOT NULL;
    """)
    for _ in range(STEPS):
        database.execute(
            "INSERT INTO hit SELECT DISTINCT b.other FROM hit h JOIN bond b ON b.one = h.n"
            " WHERE b.other NOT IN (SELECT n FROM hit WHERE n IS NOT NULL)"
        )
    database.execute("CREATE OR REPLACE TABLE asked_anew AS SELECT n FROM own WHERE n IN (SELECT n FROM hit)")
    return int(database.execute("SELECT count(*) FROM asked_anew").fetchall()[0][0])


def _days_of_month(days: Iterable[date]) -> set[int]:
    """Days of the month of dates that meet these days when months are added; a longer month's end falls on the end."""
    found: set[int] = set()
    for day in days:
        found.add(day.day)
        if _is_month_end(day):
            found.update(range(day.day, 32))
    return found
