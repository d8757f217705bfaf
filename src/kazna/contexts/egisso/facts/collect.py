"""Bring the platform's own decisions into the register of facts: new ones, changed sums, stops."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.contracts import Assignment as Award
from kazna.contexts.egisso.control.known import KnownMeasure
from kazna.contexts.egisso.facts.apply_changes import Desk
from kazna.contexts.egisso.facts.own import FactRefused, OwnFact, card_of, passport_of
from kazna.contexts.egisso.facts.rows import CHANGE_COLUMNS, COLUMNS, assignment_row
from kazna.contexts.egisso.measures.own import own_measures
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.integration.public import PersonRef
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.kernel.money import decimal_roubles
from kazna.plumbing.bulk import copy_rows

CHUNK = 2000
LINE = "10.06.S"
SPACE = UUID("6b3f0b0e-53a5-5c0b-9a55-0a6d7d1f2c10")  # own namespace of change and package ids
KNOWN = "SELECT id, amount_kopecks, state FROM egisso_assignment WHERE id = ANY(%s)"
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
            people = registers.person_references(
                {p for award in chunk if not award.is_stop for p in (award.recipient_id, award.subject_id)}
            )
            not_sent += _grants([award for award in chunk if not award.is_stop], cards, people, known, on)
            _stops([award for award in chunk if award.is_stop], on)
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
    rows, changes, not_sent = [], [], []
    for award in awards:
        if award.award_id in present:
            changes += _changed_sum(award, *present[award.award_id])
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
    record_own_changes(changes, on)
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


def _changed_sum(award: Award, kopecks: int, state: str) -> Iterator[tuple[str, str, Plain]]:
    if state == "active" and kopecks != award.amount_kopecks:
        amount = decimal_roubles(award.amount_kopecks)
        ident = str(uuid5(SPACE, f"{award.award_id} {award.amount_kopecks}"))
        card = {"id": ident, "fact_id": str(award.award_id), "amount": amount}
        yield "fact.recalculate", "recalculation", card


def _stops(awards: list[Award], on: date) -> None:
    """An award that was stopped ends its fact; one stopped before it began was given in error."""
    present, changes = _present([award.award_id for award in awards]), []
    for award in awards:
        if award.award_id not in present or present[award.award_id][1] != "active":
            continue
        ident = str(uuid5(SPACE, f"{award.award_id} stop"))
        card: Plain = {"id": ident, "fact_id": str(award.award_id)}
        if award.last_day is None or award.last_day < award.first_day:
            changes.append(("fact.invalidate", "errors", card))
        else:
            changes.append(("fact.end", "right_ended", {**card, "last_day": award.last_day.isoformat()}))
    record_own_changes(changes, on)


def record_own_changes(changes: list[tuple[str, str, Plain]], on: date) -> None:
    """Keep (action, ground, card) as events and lay them over the facts."""
    if not changes:
        return
    desk = Desk()
    desk.load({UUID(card["fact_id"]) for _, _, card in changes})
    for action, _, card in changes:
        desk.apply(UUID(card["fact_id"]), action, card)
    copy_rows(
        "egisso_change",
        CHANGE_COLUMNS,
        [[UUID(card["id"]), UUID(card["fact_id"]), action, ground, LINE, card, None, on, place]
         for place, (action, ground, card) in enumerate(changes)],
    )  # fmt: skip
    desk.save()


def _present(ids: list[UUID]) -> dict[UUID, tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [ids])
        return {ident: (kopecks, state) for ident, kopecks, state in cursor.fetchall()}
