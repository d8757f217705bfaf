"""A life as the registers know it: every statement about a person, when it held and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from kazna.contexts.registers.contracts import LifeEntry
from kazna.contexts.registers.facts import COLUMNS, fact_of, kind_titles
from kazna.contexts.registers.models import Conflict

FIRST = (date.max, 2**62)
LIFE = f"""
    WITH told AS (
        SELECT {COLUMNS}, f.annulled, %(person)s AS person
        FROM registers_fact f
        WHERE f.subject_id = %(person)s AND (%(known_at)s::timestamptz IS NULL OR f.recorded_at <= %(known_at)s)
        UNION ALL
        SELECT {COLUMNS}, f.annulled, %(person)s
        FROM registers_fact f
        WHERE f.object_id = %(person)s AND f.subject_id <> %(person)s AND f.kind <> 'family.marriage'
          AND (%(known_at)s::timestamptz IS NULL OR f.recorded_at <= %(known_at)s)
    ), versions AS (
        SELECT *, lead(seq) OVER (PARTITION BY subject_id, kind, source, thing ORDER BY seq) AS next_seq,
            lead(annulled) OVER (PARTITION BY subject_id, kind, source, thing ORDER BY seq) AS next_annulled
        FROM told
    )
    SELECT * FROM versions
    WHERE NOT annulled
      AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))
      AND (%(all)s OR next_seq IS NULL)
      AND (%(on)s::date IS NULL OR (valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)))
      AND (valid_from, seq) < (%(after_day)s::date, %(after_seq)s::bigint)
    ORDER BY valid_from DESC, seq DESC
    LIMIT %(limit)s
"""
KINDS = """
    SELECT DISTINCT kind FROM registers_fact
    WHERE subject_id = %(person)s OR (object_id = %(person)s AND kind <> 'family.marriage')
"""


def life(
    person_id: UUID,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    kinds: Iterable[str] | None = None,
    with_corrected: bool = True,
    limit: int = 50,
    after: tuple[date, int] | None = None,
) -> list[LifeEntry]:
    """Statements about a person and those that name the person, the latest first, with corrected versions.

    `on` leaves those that held on the day; `known_at` those recorded by the moment, each as it stood then.
    `after` is (valid_from, seq) of the last one seen.
    """
    day, seq = after or FIRST
    asked = {
        "person": person_id, "on": on, "known_at": known_at, "kinds": None if kinds is None else list(kinds),
        "all": with_corrected, "after_day": day, "after_seq": seq, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LIFE, asked)
        rows = cursor.fetchall()
    titles = kind_titles()
    facts = [fact_of(row) for row in rows]
    conflicts = dict(
        Conflict.objects.filter(known_fact_id__in=[fact.id for fact in facts], settled_on=None).values_list(
            "known_fact_id", "id"
        )
    )
    return [
        LifeEntry(
            fact=fact,
            title=titles.get(fact.kind, fact.kind),
            state="holds" if row[15] is None else "withdrawn" if row[16] else "corrected",
            conflict_id=conflicts.get(fact.id),
        )
        for fact, row in zip(facts, rows, strict=True)
    ]


def kinds_of(person_id: UUID) -> dict[str, str]:
    """Kinds of which anything was ever told about the person: code → title, by title."""
    titles = kind_titles()
    with connection.cursor() as cursor:
        cursor.execute(KINDS, {"person": person_id})
        found = [kind for (kind,) in cursor.fetchall()]
    return dict(sorted(((kind, titles.get(kind, kind)) for kind in found), key=lambda pair: pair[1]))
