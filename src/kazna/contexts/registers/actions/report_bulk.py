"""Record facts that change no card and end nothing else: bulk statements of another register, one INSERT a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.registers.contracts import NewFact
from kazna.contexts.registers.keys import content_id
from kazna.events.cause import Cause
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import publish

INSERT = """
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(n int, id uuid, kind text, subject_id uuid,
            object_id uuid, thing text, valid_from date, valid_to date, value jsonb, annulled bool)
    ), now AS (
        SELECT t.n, k.valid_from, k.valid_to, k.value, k.annulled
        FROM told t CROSS JOIN LATERAL (
            SELECT f.valid_from, f.valid_to, f.value, f.annulled FROM registers_fact f
            WHERE f.subject_id = t.subject_id AND f.kind = t.kind AND f.source = %(source)s AND f.thing = t.thing
            ORDER BY f.seq DESC LIMIT 1) k
    )
    INSERT INTO registers_fact
        (id, kind, subject_id, object_id, thing, valid_from, valid_to, value, source, document_id, known_on, annulled)
    SELECT t.id, t.kind, t.subject_id, t.object_id, t.thing, t.valid_from, t.valid_to, t.value, %(source)s,
        NULL, %(on)s, t.annulled
    FROM told t LEFT JOIN now USING (n)
    WHERE (now.n IS NULL AND NOT t.annulled)
        OR (now.valid_from, now.valid_to, now.value, now.annulled)
            IS DISTINCT FROM (t.valid_from, t.valid_to, t.value, t.annulled) AND now.n IS NOT NULL
    ORDER BY t.n
    ON CONFLICT (id) DO NOTHING
    RETURNING id, subject_id, kind
"""


@transaction.atomic
def report_bulk(
    facts: Sequence[tuple[NewFact, bool]],
    *,
    source: str,
    on: date,
    cause: Cause,
    seed: str,
    corrects: bool = False,
) -> int:
    """Record many (fact, is withdrawn) of a kind that redraws no card and ends no other fact; return how many are new.

    One INSERT and one FactsChanged for all. `seed` makes the ids: a page reported again changes nothing.
    """
    rows = [
        {
            "n": number, "kind": fact.kind, "subject_id": str(fact.subject_id), "thing": fact.thing,
            "object_id": str(fact.object_id) if fact.object_id else None, "valid_from": fact.valid_from.isoformat(),
            "valid_to": fact.valid_to.isoformat() if fact.valid_to else None, "value": dict(fact.value),
            "annulled": annulled, "id": str(content_id(seed, source, fact.thing, number)),
        }
        for number, (fact, annulled) in enumerate(facts)
    ]  # fmt: skip
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(INSERT, {"rows": json.dumps(rows, ensure_ascii=False, default=str), "source": source, "on": on})
        told: list[tuple[UUID, UUID, str]] = cursor.fetchall()
    if told:
        publish(
            FactsChanged(
                person_ids=tuple(dict.fromkeys(subject for _, subject, _ in told)),
                kinds=tuple(sorted({kind for _, _, kind in told})),
                fact_ids=tuple(fact_id for fact_id, _, _ in told),
                corrects=corrects,
                on=on,
                cause=cause,
            )
        )
    return len(told)
