"""Reads of the register of facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from kazna.contexts.egisso.measures.own import own_measures

RECEIVED = """
    SELECT a.id, a.measure_id::text, m.title, coalesce(b.title, a.body), a.first_day, a.last_day, a.form,
        a.amount_kopecks, coalesce(m.card->>'periodicity', '')
    FROM egisso_assignment a
    LEFT JOIN egisso_measure m ON m.id = a.measure_id LEFT JOIN egisso_body b ON b.code = a.body
    WHERE a.person_id = %(person)s AND NOT a.is_own AND a.state IN ('active', 'ended')
        AND a.first_day <= %(on)s AND (a.last_day IS NULL OR a.last_day >= %(on)s)
    ORDER BY a.first_day DESC, a.id LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Received:
    """A measure that another body gives a person, in force on the day. Days inclusive."""

    assignment_id: UUID
    title: str
    body: str
    first_day: date
    last_day: date | None
    form: str
    amount_kopecks: int
    is_monthly: bool


def received_by(person_id: UUID, on: date) -> list[Received]:
    """The latest first, a hundred at most."""
    with connection.cursor() as cursor:
        cursor.execute(RECEIVED, {"person": person_id, "on": on})
        rows = cursor.fetchall()
    ours = own_measures() if any(row[2] is None for row in rows) else {}
    return [_received(row, ours) for row in rows]


def _received(row: tuple, ours: dict) -> Received:  # type: ignore[type-arg]
    ident, measure_id, title, body, first, last, form, kopecks, periodicity = row
    law = ours.get(measure_id)
    monthly = (periodicity or (law.periodicity if law else "")) == "02"
    return Received(ident, title or (law.title if law else ""), body, first, last, form, kopecks, monthly)
