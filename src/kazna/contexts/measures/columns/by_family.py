"""To which kinds of families rights belong: counts for a report, no people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from kazna.contexts.measures.columns.store import parquet

ADULT_YEARS = 18
FAMILIES = ("large", "two_children", "one_child", "single_parent", "couple", "alone")
COUNTS = ("people", "with_rights", "fresh", "kopecks")
# A family is a person or a couple with the children under 18 whom they raise, the mother's where parents live apart.
SQL = f"""
WITH living AS (
    SELECT o.n AS person, b.day > DATE '{{on}}' - INTERVAL {ADULT_YEARS} YEAR AS is_minor FROM own o
    LEFT JOIN birth b ON b.person = o.n
    WHERE NOT EXISTS (SELECT 1 FROM death d WHERE d.person = o.n AND d.day <= DATE '{{on}}')
), spouse AS (
    SELECT subject AS person, min(object) AS other FROM fact WHERE kind = 'family.marriage' AND object IS NOT NULL
        AND valid_from <= DATE '{{on}}' AND (valid_to IS NULL OR valid_to > DATE '{{on}}') GROUP BY subject
), headed AS (
    SELECT l.person, coalesce(l.is_minor, false) AS is_minor,
        CASE WHEN l.is_minor THEN coalesce(m.mother, f.father, l.person) ELSE l.person END AS head
    FROM living l LEFT JOIN mother m ON m.child = l.person LEFT JOIN father f ON f.child = l.person
), united AS (
    SELECT h.*, least(h.head, coalesce(s.other, h.head)) AS unit FROM headed h LEFT JOIN spouse s ON s.person = h.head
), sized AS (
    SELECT unit, count(*) FILTER (is_minor) AS kids, count(*) FILTER (NOT is_minor) AS adults FROM united GROUP BY unit
), lived AS (
    SELECT p.id, CASE WHEN s.kids = 0 THEN CASE WHEN s.adults > 1 THEN 'couple' ELSE 'alone' END
        WHEN s.adults <= 1 THEN 'single_parent' WHEN s.kids >= 3 THEN 'large'
        WHEN s.kids = 2 THEN 'two_children' ELSE 'one_child' END AS family
    FROM united u JOIN sized s USING (unit) JOIN person p ON p.n = u.person
)
SELECT l.family, count(*), count(*) FILTER (l.id IN (SELECT subject_id FROM {{rights}} WHERE state = 'granted')),
    count(*) FILTER (l.id IN (SELECT subject_id FROM {{new}})),
    (SELECT coalesce(sum(n.amount_kopecks), 0)::BIGINT FROM {{new}} n JOIN lived o ON o.id = n.subject_id
        WHERE o.family = l.family)
FROM lived l GROUP BY l.family
"""


def by_family(database: duckdb.DuckDBPyConnection, out: Path, on: date) -> dict[str, dict[str, int]]:
    """Kind of family → people of it, how many of them have a right, how many a new one, and kopecks a payment of those.

    `out`: the folder with rights and new rights of these people.
    """
    files = {"rights": parquet([out / "rights.parquet"]), "new": parquet([out / "new.parquet"])}
    rows = {family: counts for family, *counts in database.execute(SQL.format(on=on, **files)).fetchall()}
    return {family: dict(zip(COUNTS, rows[family], strict=True)) for family in FAMILIES if family in rows}
