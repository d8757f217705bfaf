"""Families of a territory on two days as columns: what they were like before, what they got, how they lived after.

One row per family as it was on the first day; afterwards its people are followed wherever they live. A family whose
income is not known for every adult and month on either day is counted but not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from kazna.contexts.studio.scenarios.profile import ADULT_YEARS, Window, profile_sql
from kazna.kernel.periods import add_months, month_start

Columns = NDArray[np.float64]
MONTHS = 6
BEFORE, EARLIER = Window(2, MONTHS, whole=True), Window(2 + MONTHS, MONTHS, whole=True)
LAG_MONTHS = BEFORE.newest + MONTHS - 1  # the oldest month counted of a day

# What families are matched by and what is asked of them afterwards; roubles a head a month, shares from 0 to 1.
TRAITS = (
    "income_before", "income_earlier", "support_before", "work_before", "other_before", "size", "kids", "adults_age",
    "youngest", "single_parent",
)  # fmt: skip
OUTCOMES = ("income", "work", "poverty", "gap", "other")

LIFE = f"""
CREATE TABLE life_$name AS
WITH working AS (
    SELECT DISTINCT subject AS person FROM fact WHERE kind = 'employment' AND valid_from <= $on
        AND (valid_to IS NULL OR valid_to > $on)
), given AS (
    SELECT p.unit, f.subject AS person, json_extract_string(f.value, '$.measure') AS measure,
        CASE WHEN json_extract_string(f.value, '$.period') = 'month'
            THEN coalesce(TRY_CAST(json_extract_string(f.value, '$.amount_kopecks') AS BIGINT), 0) ELSE 0 END AS kopecks
    FROM fact f JOIN home_$name p ON p.person = f.subject WHERE f.kind = 'measure.assigned' AND f.valid_from <= $on
        AND (f.valid_to IS NULL OR f.valid_to > $on)
), support AS (
    SELECT unit, sum(kopecks) AS kopecks, count(DISTINCT measure) FILTER (measure <> $measure) AS other
    FROM given GROUP BY unit
)
SELECT p.person, p.unit, p.age, p.size, p.kids, p.family = 'single_parent' AS alone, p.head_kopecks / 100.0 AS income,
    coalesce(s.kopecks, 0) / 100.0 / p.size AS support, coalesce(s.other, 0) AS other,
    CASE WHEN p.age >= {ADULT_YEARS} THEN (w.person IS NOT NULL)::INT END AS works
FROM home_$name p LEFT JOIN support s USING (unit) LEFT JOIN working w USING (person)
"""
FAMILY = f"""
WITH got AS (
    SELECT b.unit, min(f.valid_from) AS since FROM fact f JOIN home_before b ON b.person = f.subject
    WHERE f.kind = 'measure.assigned' AND json_extract_string(f.value, '$.measure') = $measure
        AND f.valid_from <= $until GROUP BY b.unit
), asked AS (
    SELECT b.unit, any_value(g.since) AS since, avg(b.income) AS income_before, avg(e.head_kopecks) / 100.0
        AS income_earlier, avg(b.support) AS support_before, coalesce(avg(b.works), 0) AS work_before,
        avg(b.other) AS other_before, any_value(b.size) AS size, any_value(b.kids) AS kids,
        coalesce(avg(b.age) FILTER (b.age >= {ADULT_YEARS}), 0) AS adults_age,
        coalesce(min(b.age) FILTER (b.age < {ADULT_YEARS}), {ADULT_YEARS}) AS youngest,
        any_value(b.alone)::INT AS single_parent,
        avg(a.income) AS income_after, coalesce(avg(a.works) FILTER (b.age >= {ADULT_YEARS}), 0) AS work_after,
        avg((b.income + b.support < $line_before)::INT) AS poverty_before,
        avg((a.income + a.support < $line_after)::INT) AS poverty_after,
        avg(greatest(0, $line_before - b.income - b.support)) AS gap_before,
        avg(greatest(0, $line_after - a.income - a.support)) AS gap_after, avg(a.other) AS other_after,
        count(*) = count(a.income) AND count(*) = count(b.income) AND count(*) = count(e.head_kopecks) AS known
    FROM life_before b LEFT JOIN life_after a USING (person) LEFT JOIN home_earlier e USING (person)
    LEFT JOIN got g ON g.unit = b.unit GROUP BY b.unit
)
SELECT coalesce(since > $since AND since <= $latest, false) AS got, since IS NULL AS never, * FROM asked ORDER BY unit
"""


@dataclass(frozen=True, slots=True)
class Families:
    """Rows of families whose lives are known. `got`: they got the measure between the days; the others never had it.

    `traits`: families × TRAITS; `before`, `after`: families × OUTCOMES. `unknown`: families left out, by `got`.
    """

    territory: str
    got: NDArray[np.bool_]
    traits: Columns
    before: Columns
    after: Columns
    unknown: tuple[int, int]


def latest_start(until: date) -> date:
    """Who got the measure later has not lived with it for all the months counted on `until`."""
    return add_months(month_start(until), -LAG_MONTHS)


def families(
    database: duckdb.DuckDBPyConnection, territory: str, measure: str, days: tuple[date, date], lines: tuple[int, int]
) -> Families:
    """`days`: before and after. `lines`: the minimum per head on each, roubles."""
    since, until = days
    for name, on, window in (("before", since, BEFORE), ("after", until, BEFORE), ("earlier", since, EARLIER)):
        database.execute(profile_sql(on, f"home_{name}", window))
    for name, on in (("before", since), ("after", until)):
        _run(database, LIFE.replace("$name", name), {"on": on, "measure": measure})
    asked = {
        "measure": measure, "since": since, "until": until, "latest": latest_start(until),
        "line_before": lines[0], "line_after": lines[1],
    }  # fmt: skip
    found = _run(database, FAMILY, asked).fetchnumpy()
    got, never = (np.asarray(found[name], dtype=bool) for name in ("got", "never"))
    known = np.asarray(found["known"], dtype=bool)
    kept = known & (got | never)

    def columns(names: list[str]) -> Columns:
        return np.column_stack([np.ma.filled(found[name], 0).astype(float)[kept] for name in names])

    return Families(
        territory, got[kept], columns(list(TRAITS)), columns([f"{one}_before" for one in OUTCOMES]),
        columns([f"{one}_after" for one in OUTCOMES]), (int((got & ~known).sum()), int((never & ~known).sum())),
    )  # fmt: skip


def _run(database: duckdb.DuckDBPyConnection, sql: str, told: dict[str, object]) -> duckdb.DuckDBPyConnection:
    return database.execute(sql, {name: value for name, value in told.items() if f"${name}" in sql})
