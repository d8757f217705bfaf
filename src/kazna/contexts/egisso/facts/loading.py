"""How bodies load their facts: counts by week, what is missing. Aggregates only, no person leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

WEEKS = """
    SELECT body, date_trunc('week', recorded_on)::date, count(*),
        count(*) FILTER (WHERE recorded_on - decided_on <= %(due)s), max(recorded_on - decided_on),
        count(DISTINCT measure_id), count(DISTINCT snils)
    FROM egisso_assignment WHERE recorded_on >= %(since)s AND recorded_on < %(until)s
    GROUP BY 1, 2 ORDER BY 1, 2
"""
HOLDINGS = """
    WITH used AS (SELECT DISTINCT measure_id FROM egisso_assignment WHERE state IN ('active', 'ended')),
    measures AS (
        SELECT m.provider AS body, count(*) AS known,
            count(*) FILTER (WHERE m.id NOT IN (SELECT measure_id FROM used)
                AND (m.previous_id IS NULL OR m.previous_id NOT IN (SELECT measure_id FROM used))) AS unused
        FROM egisso_measure m
        WHERE m.removed_on IS NULL AND m.first_day <= %(on)s AND (m.last_day IS NULL OR m.last_day >= %(on)s)
        GROUP BY 1
    ), entitled AS (
        SELECT r.provider AS body, count(DISTINCT r.key) AS known, count(DISTINCT r.key) FILTER (WHERE EXISTS (
            SELECT 1 FROM egisso_assignment a WHERE a.snils = r.key AND a.state = 'active'
                AND (a.last_day IS NULL OR a.last_day >= %(on)s)
                AND (coalesce(r.card->>'msz', '') = '' OR a.msz = r.card->>'msz'))) AS served
        FROM egisso_record r
        WHERE r.kind = 'right' AND r.removed_on IS NULL
            AND (coalesce(r.card->>'to', '') = '' OR r.card->>'to' >= %(on)s::text)
        GROUP BY 1
    ), latest AS (SELECT body, max(recorded_on) AS day FROM egisso_assignment GROUP BY 1)
    SELECT b.code, coalesce(m.known, 0), coalesce(m.unused, 0), coalesce(e.known, 0), coalesce(e.served, 0), l.day
    FROM egisso_body b LEFT JOIN measures m ON m.body = b.code LEFT JOIN entitled e ON e.body = b.code
        LEFT JOIN latest l ON l.body = b.code
    WHERE b.closed_on IS NULL OR b.closed_on > %(on)s ORDER BY b.code
"""
UNUSED = """
    SELECT m.id, m.title FROM egisso_measure m
    WHERE m.provider = %(body)s AND m.removed_on IS NULL AND m.first_day <= %(on)s
        AND (m.last_day IS NULL OR m.last_day >= %(on)s)
        AND NOT EXISTS (SELECT 1 FROM egisso_assignment a WHERE a.measure_id IN (m.id, m.previous_id))
    ORDER BY m.title, m.id LIMIT 200
"""

BY_KIND = """
    SELECT coalesce(nullif(b.territory, ''), a.territory), a.msz, a.form, count(DISTINCT a.snils), count(*),
        sum(a.amount_kopecks)::bigint
    FROM egisso_assignment a LEFT JOIN egisso_body b ON b.code = a.body
    WHERE a.recorded_on >= %(since)s AND a.recorded_on < %(until)s AND a.state IN ('active', 'ended')
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class LoadedWeek:
    """Facts that a body loaded in a week (`week` is its Monday). `on_time`: within the days given to it."""

    body: str
    week: date
    facts: int
    on_time: int
    slowest_days: int
    measures: int
    people: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What a body has: measures in force and those without any fact, people of its lists and those with a fact."""

    body: str
    measures: int
    unused: int
    entitled: int
    served: int
    last_loaded_on: date | None


def loaded_by_week(*, since: date, until: date, due_days: int) -> Iterator[LoadedWeek]:
    """Half-open period; the platform's own facts count for their bodies too. One query."""
    yield from (LoadedWeek(*row) for row in _rows(WEEKS, {"since": since, "until": until, "due": due_days}))


def holdings(*, on: date) -> Iterator[Holding]:
    """Every participant not closed on the day. One query."""
    yield from (Holding(*row) for row in _rows(HOLDINGS, {"on": on}))


def assignments_by_kind(*, since: date, until: date) -> list[dict[str, Any]]:
    """region, msz, form → people, facts, amount_kopecks of facts recorded in [since, until). One query."""
    names = ("region", "msz", "form", "people", "facts", "amount_kopecks")
    return [dict(zip(names, row, strict=True)) for row in _rows(BY_KIND, {"since": since, "until": until})]


def measures_without_facts(*, body: str, on: date) -> list[tuple[str, str]]:
    """Ids and titles, 200 at most."""
    return [(str(row[0]), row[1]) for row in _rows(UNUSED, {"body": body, "on": on})]


def _rows(statement: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()
