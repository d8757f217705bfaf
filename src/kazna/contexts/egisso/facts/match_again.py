"""People whose facts came before their card: matched when the card appears, their facts join the spine."""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.egisso import state
from kazna.contexts.egisso.facts.record import SOURCE, spine_fact
from kazna.contexts.egisso.measures.own import law_measures
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause

CHUNK = 2000
UNMATCHED = """
    SELECT id, snils, coalesce(present, card), last_day, amount_kopecks FROM egisso_assignment
    WHERE person_id IS NULL AND NOT is_own AND state IN ('active', 'ended') AND id > %s ORDER BY id LIMIT %s
"""
MATCHED = """
    UPDATE egisso_assignment a SET person_id = m.person_id, territory = m.territory
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS m(id, person_id, territory) WHERE a.id = m.id
"""


def match_again(*, on: date, now: datetime) -> int:
    """Match what was left unmatched, by СНИЛС and birth date; return how many facts found their person.

    Set-based by chunks, each in a transaction; run again it changes nothing.
    """
    known, law, found, after = state.known_in_tables(on), law_measures(), 0, UUID(int=0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(UNMATCHED, [after, CHUNK])
            rows = cursor.fetchall()
        if not rows:
            return found
        after = rows[-1][0]
        ids = registers.ids_by_snils({row[1] for row in rows})
        cards = registers.cards(ids.values())
        with transaction.atomic():
            matched, told = [], []
            for ident, snils, card, last_day, kopecks in rows:
                person_id = ids.get(snils)
                plain = _plain(card)
                if person_id is None or not _same_birth(cards[person_id], plain):
                    continue
                matched.append((ident, person_id, cards[person_id].territory or ""))
                last = last_day.isoformat() if last_day else None
                told.append((spine_fact(ident, person_id, plain, last, kopecks, known, law), False))
            if matched:
                registers.report_bulk(told, source=SOURCE, on=on, cause=Cause(None, now), seed=f"again {matched[0][0]}",
                                      corrects=False)  # fmt: skip
                with connection.cursor() as cursor:
                    cursor.execute(MATCHED, [list(column) for column in zip(*matched, strict=True)])
        found += len(matched)


def _same_birth(card, told) -> bool:  # type: ignore[no-untyped-def]
    born = told.get("receiver", {}).get("birth_date")
    return not (card.birth_date and born and card.birth_date.isoformat() != born)


def _plain(card):  # type: ignore[no-untyped-def]
    return card if isinstance(card, dict) else json.loads(card)
