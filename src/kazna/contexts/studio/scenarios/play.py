"""Play a draft over the people of a territory: who gains, who loses, what it costs. Nothing is awarded by it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.contracts import NegativeSum, NotReady
from kazna.contexts.studio.scenarios.guarding import guarded, shown
from kazna.contexts.studio.scenarios.territory import Territory, opened, ready_folder
from kazna.rules import Edition, Library
from kazna.rules.library import NoEdition

TIMES_A_YEAR = {"month": 12, "year": 1, "once": 1}
YEARS_AHEAD = 3
READY, DECIDED = 55, 95  # hundredths of a first scenario
MOST_OVERLAPS, MOST_PLACES = 10, 40
Advance = Callable[[int, int], None]
BEFORE = "CREATE TABLE before AS SELECT subject_id, recipient_id, state, amount_kopecks FROM given"
AFTER = BEFORE.replace("TABLE before", "TABLE after")
CHANGE = """
CREATE TABLE change AS
SELECT s.n AS subject, r.n AS recipient, coalesce(a.state, 'refused') AS state,
    coalesce(b.amount_kopecks, 0) * $was AS was_kopecks,
    CASE WHEN a.state = 'granted' THEN coalesce(a.amount_kopecks, 0) ELSE 0 END * $now AS now_kopecks,
    coalesce(b.state, 'refused') = 'granted' AS had, coalesce(a.state, 'refused') = 'granted' AS has
FROM after a FULL JOIN (SELECT * FROM before WHERE state = 'granted') b USING (subject_id)
JOIN person s ON s.id = subject_id JOIN person r ON r.id = coalesce(a.recipient_id, b.recipient_id)
"""
BY = """
SELECT {key} AS key, count(DISTINCT c.subject) FILTER (c.has) AS people,
    count(*) FILTER (c.has AND c.now_kopecks > c.was_kopecks OR c.has AND NOT c.had) AS gain,
    count(*) FILTER (c.had AND (NOT c.has OR c.now_kopecks < c.was_kopecks)) AS lose,
    sum(c.now_kopecks - c.was_kopecks)::BIGINT AS kopecks
FROM change c LEFT JOIN profile p ON p.person = c.recipient WHERE c.has OR c.had GROUP BY 1 ORDER BY 1
"""
POVERTY = """
WITH gained AS (
    SELECT p.unit, sum(c.now_kopecks - c.was_kopecks) / 12.0 AS monthly
    FROM change c JOIN profile p ON p.person = c.recipient GROUP BY p.unit
)
SELECT count(*) FILTER (p.head_kopecks IS NOT NULL), count(*) FILTER (p.head_kopecks < $line),
    count(*) FILTER (p.head_kopecks + coalesce(g.monthly, 0) / p.size < $line),
    count(*) FILTER (p.head_kopecks < $line AND p.age < 18),
    count(*) FILTER (p.head_kopecks + coalesce(g.monthly, 0) / p.size < $line AND p.age < 18)
FROM profile p LEFT JOIN gained g USING (unit)
"""
OVERLAP = """
SELECT json_extract_string(f.value, '$.measure') AS key, count(DISTINCT c.subject) AS people FROM change c
JOIN fact f ON f.kind = 'measure.assigned' AND f.subject = c.recipient AND coalesce(f.object, c.subject) = c.subject
    AND f.valid_from <= $on AND (f.valid_to IS NULL OR f.valid_to > $on)
WHERE c.has GROUP BY 1 ORDER BY people DESC, key LIMIT 10
"""
BY_AGE = """
WITH paid AS (
    SELECT p.age, count(*) AS n, sum(c.now_kopecks)::BIGINT AS kopecks FROM change c
    JOIN profile p ON p.person = c.subject WHERE c.has GROUP BY p.age
)
SELECT p.age, count(*) AS living, any_value(q.n), any_value(q.kopecks) FROM profile p LEFT JOIN paid q ON q.age = p.age
WHERE p.age IS NOT NULL GROUP BY p.age ORDER BY p.age
"""


def silent(done: int, total: int) -> None:
    """Nobody is watching."""


def rights_found(territory: Territory, law: Path, measure: str, on: date) -> list[tuple[str, str, str]]:
    """(measure, subject, recipient) of those who have the right or may have it, in order."""
    library = measures.law_in_force()
    database, part = opened(territory, law, on)
    try:
        rights, _ = measures.rights_in(database, library, library.edition(measure, on), part)
        _must_not_be_negative(rights)
        pairs = zip(rights["subject_id"].to_pylist(), rights["recipient_id"].to_pylist(), strict=True)
        return sorted((measure, subject, recipient) for subject, recipient in pairs)
    finally:
        database.close()


def play(
    *, territory: Territory, library: Library, edition: Edition, on: date, law: Path, advance: Advance = silent
) -> dict[str, Any]:
    """Counts and sums fit to be shown (kopecks a year), as plain JSON. `library` holds the draft and its figures.

    `advance`: told (done, total) in hundredths of the work.
    """
    began = time.monotonic()
    advance(0, 100)
    database, part = opened(territory, law, on)
    ready = time.monotonic()
    advance(READY, 100)
    try:
        refused = _decide(database, library, edition, part, ready_folder(territory, on))
        decided = time.monotonic()
        advance(DECIDED, 100)
        told = _told(database, library, edition, territory, on)
    finally:
        database.close()
    told["seconds"] = {
        "ready": round(ready - began, 3), "rights": round(decided - ready, 3),
        "counts": round(time.monotonic() - decided, 3),
    }  # fmt: skip
    told["refused"] = refused if told["granted"] is not None else None
    return told


def _decide(
    database: duckdb.DuckDBPyConnection, library: Library, edition: Edition, part: measures.Part, ready: Path
) -> int:
    """Tables `before` (the law in force) and `after` (the draft), and their `change`; how many are refused after."""
    was = _now_in_force(edition, part.on)
    law = measures.law_in_force()
    given = measures.rights_in(database, law, was, part, ready)[0] if was else None
    after, refused = measures.rights_in(database, library, edition, part, ready)
    _must_not_be_negative(after)
    for name, table in (("before", given), ("after", after)):
        database.register("given", table if table is not None else after.slice(0, 0))
        database.execute(BEFORE if name == "before" else AFTER)
        database.unregister("given")
    times = {"$was": _times(was or edition), "$now": _times(edition)}
    database.execute(CHANGE.replace("$was", str(times["$was"])).replace("$now", str(times["$now"])))
    return refused


def _must_not_be_negative(rights: pa.Table) -> None:
    """Raises NegativeSum."""
    below = rights.filter(pc.less(rights["amount_kopecks"], 0))["amount_kopecks"]
    if len(below):
        raise NegativeSum(people=len(below), roubles=f"{pc.min(below).as_py() / 100:.2f}".replace(".", ","))


def _now_in_force(edition: Edition, on: date) -> Edition | None:
    try:
        return measures.law_in_force().edition(edition.id, on)
    except NoEdition:
        return None


def _times(edition: Edition) -> int:
    period = str(edition.document.get("period"))
    if period not in TIMES_A_YEAR:
        raise NotReady(why=f"Стоимость меры с периодичностью «{period}» за год не считается.")
    return TIMES_A_YEAR[period]


def _told(
    database: duckdb.DuckDBPyConnection, library: Library, edition: Edition, territory: Territory, on: date
) -> dict[str, Any]:
    granted, unknown, gain, lose, cost, change = database.execute(
        "SELECT count(*) FILTER (has), count(*) FILTER (state = 'unknown'),"
        " count(*) FILTER (has AND (NOT had OR now_kopecks > was_kopecks)),"
        " count(*) FILTER (had AND (NOT has OR now_kopecks < was_kopecks)),"
        " coalesce(sum(now_kopecks), 0)::BIGINT, coalesce(sum(now_kopecks - was_kopecks), 0)::BIGINT FROM change"
    ).fetchall()[0]
    may_say = shown(granted) is not None
    return {
        "territory": territory.code, "on": on.isoformat(), "taken_at": territory.taken_at.isoformat(),
        "people": territory.people, "granted": shown(granted), "unknown": shown(unknown),
        "gain": shown(gain), "lose": shown(lose),
        "cost_kopecks": cost if may_say else None, "change_kopecks": change if may_say else None,
        "years": _years(database, on) if may_say else [],
        "by_decile": _by(database, "p.decile"), "by_family": _by(database, "p.family"),
        "by_place": _places(_by(database, "coalesce(p.oktmo, '')")),
        "overlap": _overlap(database, on), "poverty": _poverty(database, library, territory.code, on),
    }  # fmt: skip


def _by(database: duckdb.DuckDBPyConnection, key: str) -> list[dict[str, Any]]:
    rows = database.execute(BY.format(key=key)).fetchall()
    names = ("key", "people", "gain", "lose", "kopecks")
    told = [{**dict(zip(names, row, strict=True)), "touched": max(row[1:4])} for row in rows]
    return [_without_small_parts(row) for row in guarded(told, count="touched")]


def _without_small_parts(row: dict[str, Any]) -> dict[str, Any]:
    """Those who gain and who lose inside a cell are small groups too."""
    parts = {name: shown(row[name]) if row[name] is not None else None for name in ("people", "gain", "lose")}
    return {**{key: value for key, value in row.items() if key != "touched"}, **parts}


def _places(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: -(row["people"] or 0))[:MOST_PLACES]


def _overlap(database: duckdb.DuckDBPyConnection, on: date) -> list[dict[str, Any]]:
    rows = database.execute(OVERLAP.replace("$on", f"DATE '{on}'")).fetchall()
    return [{"measure": key, "people": shown(people)} for key, people in rows]


def _poverty(database: duckdb.DuckDBPyConnection, library: Library, region: str, on: date) -> dict[str, Any] | None:
    """People below the region's minimum per head before and after; None where the law has no minimum for the day."""
    line = library.parameters["pm_per_capita"].row(region, on) if "pm_per_capita" in library.parameters else None
    if line is None:
        return None
    sql = POVERTY.replace("$line", str(int(line.value)))
    known, before, after, kids_before, kids_after = database.execute(sql).fetchall()[0]
    moved, kids_moved = before - after, kids_before - kids_after
    hides = shown(abs(moved)) is None or shown(before) is None or shown(known) is None
    hides_kids = hides or shown(abs(kids_moved)) is None or shown(kids_before) is None
    return {
        "line_kopecks": int(line.value), "known": shown(known), "before": shown(before),
        "after": None if hides else after, "children_before": shown(kids_before),
        "children_after": None if hides_kids else kids_after,
    }  # fmt: skip


def _years(database: duckdb.DuckDBPyConnection, on: date) -> list[dict[str, Any]]:
    """This year and the next three by moving cohorts: as many at each age are paid as now; as many are born as now.

    An age nobody has now is paid as the nearest younger one. Deaths and moves are left out; figures stay as they are.
    """
    rows = database.execute(BY_AGE).fetchall()
    living = {age: n for age, n, _, _ in rows}
    known = {age: ((paid or 0) / n, (kopecks or 0) / n) for age, n, paid, kopecks in rows}
    oldest, rate = max(known, default=0), (0.0, 0.0)
    share = {age: (rate := known.get(age, rate)) for age in range(oldest + YEARS_AHEAD + 1)}
    found = []
    for ahead in range(YEARS_AHEAD + 1):
        cohorts = {age: living.get(age - ahead, 0) if age >= ahead else living.get(0, 0) for age in share}
        people = sum(number * share[age][0] for age, number in cohorts.items())
        kopecks = sum(number * share[age][1] for age, number in cohorts.items())
        found.append({"year": on.year + ahead, "people": shown(round(people)), "kopecks": round(kopecks)})
    return [{**row, "kopecks": row["kopecks"] if row["people"] is not None else None} for row in found]
