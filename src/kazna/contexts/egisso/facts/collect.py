"""Bring the platform's own decisions into the register of facts: what was granted, then what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.contracts import Assignment as Award
from kazna.contexts.egisso.control.known import KnownMeasure
from kazna.contexts.egisso.facts.changed import LINE, record_own
from kazna.contexts.egisso.facts.doubles import find_doubles
from kazna.contexts.egisso.facts.own import FactRefused, OwnFact, card_of, passport_of
from kazna.contexts.egisso.facts.rows import COLUMNS, assignment_row
from kazna.contexts.egisso.measures.own import own_measures
from kazna.contexts.integration.public import PersonRef
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers

CHUNK = 2000
KNOWN = "SELECT id FROM egisso_assignment WHERE id = ANY(%s)"
INSERT = """
    INSERT INTO egisso_assignment (id, line, provider, body, snils, person_id, territory, measure_id, category_id, msz,
        decided_on, first_day, last_day, form, amount_kopecks, state, card, package_id, recorded_on, is_own)
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, line text, provider text, body text, snils text,
        person_id uuid, territory text, measure_id uuid, category_id uuid, msz text, decided_on date, first_day date,
        last_day date, form text, amount_kopecks bigint, state text, card jsonb, package_id uuid, recorded_on date,
        is_own bool)
    ON CONFLICT (id) DO NOTHING
"""


def collect_own(*, on: date) -> list[dict[str, str]]:
    """Record decisions that the register of facts does not hold yet; return those that cannot be sent, with reasons.

    A decision is recorded once, so it may be called before every export.
    """
    cards = {card.measure: card.editions[0].document for card in measures.measures_list()}
    known, not_sent = own_measures(), []
    awards = cases.assignments()
    while chunk := list(islice(awards, CHUNK)):
        with transaction.atomic():
            people = registers.person_references({p for award in chunk for p in (award.recipient_id, award.subject_id)})
            not_sent += _grants(chunk, cards, people, known, on)
    record_own(cases.assignment_changes(), known, on)
    return not_sent


def _grants(
    awards: list[Award],
    documents: Mapping[str, Mapping[str, Any]],
    people: Mapping[UUID, PersonRef],
    known: Mapping[str, KnownMeasure],
    on: date,
) -> list[dict[str, str]]:
    present = _present([award.award_id for award in awards])
    where = registers.cards({award.recipient_id for award in awards})
    rows: list[dict[str, Any]] = []
    not_sent: list[dict[str, str]] = []
    for award in awards:
        if award.award_id in present:
            continue
        try:
            card = card_of(own_fact(award, documents[award.measure], people))
        except FactRefused as refusal:
            not_sent.append({"award": str(award.award_id), "reason": str(refusal)})
            continue
        home = where.get(award.recipient_id)
        person = (award.recipient_id, (home.territory if home else "") or "")
        measure = known.get(card["measure_id"].lower())
        row = assignment_row(award.award_id, card, line=LINE, provider=card["body"], person=person, measure=measure,
                             package_id=None, on=on, is_own=True)  # fmt: skip
        rows.append(dict(zip(COLUMNS, row, strict=True)))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [json.dumps(rows, ensure_ascii=False, default=str)])
    find_doubles([row["id"] for row in rows], on=on)
    return not_sent


def own_fact(award: Award, document: Mapping[str, Any], people: Mapping[UUID, PersonRef]) -> OwnFact:
    passport = passport_of(document)
    return OwnFact(
        award_id=award.award_id,
        recipient=people[award.recipient_id],
        grounds=() if award.subject_id == award.recipient_id else (people[award.subject_id],),
        body=passport.get("body", ""),
        measure_id=passport["lmsz_id"],
        category_id=passport["category_id"],
        decided_on=award.decided_on,
        first_day=award.first_day,
        last_day=award.last_day,
        amount_kopecks=award.amount_kopecks,
        form="cash" if award.form == "certificate" else award.form,  # the capital is money, its use is bound
        uses_need=bool(passport.get("uses_need")),
    )


def _present(ids: list[UUID]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [ids])
        return {row[0] for row in cursor.fetchall()}
