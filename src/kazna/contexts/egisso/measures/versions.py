"""Versions of a local measure: which follow one another, and whose assignments a version has inherited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.egisso.measures.printed import PRINTED, print_card
from kazna.contexts.egisso.models import LocalMeasure, MeasureDraft

INHERITS = "lower(coalesce(p.card->>'inherits_facts', '')) IN ('true', '1')"
LINE = """
    WITH RECURSIVE back AS (
        SELECT m.id, m.previous_id, 0 AS step FROM egisso_measure m WHERE m.id = %(id)s
        UNION SELECT m.id, m.previous_id, b.step + 1 FROM egisso_measure m JOIN back b ON m.id = b.previous_id
            WHERE b.step < 100
    ), forth AS (
        SELECT m.id, 0 AS step FROM egisso_measure m WHERE m.id = %(id)s
        UNION SELECT m.id, f.step - 1 FROM egisso_measure m JOIN forth f ON m.previous_id = f.id WHERE f.step > -100
    )
    SELECT m.id, m.title, m.first_day, m.last_day, m.removed_on FROM egisso_measure m
    JOIN (SELECT id, step FROM back UNION SELECT id, step FROM forth) v ON v.id = m.id ORDER BY v.step
"""
INHERITED = f"""
    WITH RECURSIVE line AS (
        SELECT p.id, p.previous_id, p.card FROM egisso_measure p WHERE p.id = %(id)s
        UNION SELECT m.id, m.previous_id, m.card FROM line p JOIN egisso_measure m ON m.id = p.previous_id
            WHERE {INHERITS}
    )
    SELECT count(*) FILTER (WHERE a.measure_id = %(id)s), count(*) FILTER (WHERE a.measure_id <> %(id)s),
        count(*) FILTER (WHERE a.state = 'active' AND (a.last_day IS NULL OR a.last_day >= %(on)s))
    FROM egisso_assignment a WHERE a.measure_id IN (SELECT id FROM line) AND a.state IN ('active', 'ended')
"""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a measure. Days inclusive."""

    id: UUID
    title: str
    first_day: date
    last_day: date | None
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class Uses:
    """Assignments under a version: its own, inherited from the versions before it, and those in force on the day."""

    own: int
    inherited: int
    in_force: int


@dataclass(frozen=True, slots=True)
class Different:
    """A recorded card whose text no longer is what its rule prints: name of the field, recorded, printed."""

    measure_id: UUID
    law_measure: str
    fields: list[tuple[str, str, str]]


def get(measure_id: UUID) -> LocalMeasure | None:
    return LocalMeasure.objects.filter(pk=measure_id).first()


def line_of(measure_id: UUID) -> list[Version]:
    """All versions of the measure, the latest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LINE, {"id": measure_id})
        return [Version(*row) for row in cursor.fetchall()]


def uses_of(measure_id: UUID, *, on: date) -> Uses:
    """Inheritance goes back as long as each version says it inherits. Counts only what the viewer may see."""
    with connection.cursor() as cursor:
        cursor.execute(INHERITED, {"id": measure_id, "on": on})
        return Uses(*cursor.fetchone())


def different(*, on: date) -> list[Different]:
    """Recorded measures of a rule that say something else than the rule prints on the day: reprint them."""
    rules = {row.id: row.law_measure for row in MeasureDraft.objects.exclude(law_measure="")}
    replaced = set(LocalMeasure.objects.filter(previous_id__in=rules).values_list("previous_id", flat=True))
    found = []
    for row in LocalMeasure.objects.filter(pk__in=set(rules) - replaced, removed_on__isnull=True):
        if row.last_day is not None and row.last_day < on:
            continue
        printed: dict[str, Any] = print_card(rules[row.id], on=on).card
        fields = [
            (name, _said(row.card.get(name) or ""), _said(printed.get(name)))
            for name in PRINTED
            if _said(row.card.get(name) or "") != _said(printed.get(name))
        ]
        if fields:
            found.append(Different(row.id, rules[row.id], fields))
    return found


def _said(value: Any) -> str:
    """Keys in one order: jsonb keeps its own."""
    words = value if isinstance(value, str) else json.dumps(value or "", ensure_ascii=False, sort_keys=True)
    return " ".join(words.split())
