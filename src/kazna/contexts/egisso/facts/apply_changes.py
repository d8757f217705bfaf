"""Changes of facts: the event is kept as told, the fact's present state follows from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.egisso.control.check import BECOMES
from kazna.contexts.egisso.facts.rows import provision_of, with_amount
from kazna.contexts.egisso.messages.shape import Plain

PRESENT = """
    SELECT id, coalesce(present, card), state, last_day::text, person_id
    FROM egisso_assignment WHERE id = ANY(%s) FOR UPDATE
"""
UPDATE = """
    UPDATE egisso_assignment a SET state = r.state, last_day = r.last_day, form = r.form,
        amount_kopecks = r.amount_kopecks, body = r.body, snils = r.snils, measure_id = r.measure_id,
        category_id = r.category_id, decided_on = r.decided_on, first_day = r.first_day, present = r.present
    FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, state text, last_day date, form text, amount_kopecks bigint,
        body text, snils text, measure_id uuid, category_id uuid, decided_on date, first_day date, present jsonb)
    WHERE a.id = r.id
"""


@dataclass(slots=True)
class Present:
    """A fact as it is now: the card with its changes laid over."""

    ident: UUID
    card: Plain
    state: str
    last_day: str | None
    person_id: UUID | None
    changed: bool = False

    @property
    def money(self) -> int:
        return provision_of(self.card)[1]

    def row(self) -> dict[str, Any]:
        card = self.card
        form, money = provision_of(card)
        return {
            "id": str(self.ident), "state": self.state, "last_day": self.last_day, "form": form,
            "amount_kopecks": money, "body": card["body"], "snils": card["receiver"]["snils"],
            "measure_id": card["measure_id"], "category_id": card["category_id"], "decided_on": card["decided_on"],
            "first_day": card["first_day"], "present": card,
        }  # fmt: skip


@dataclass(slots=True)
class Desk:
    """Facts that a package changes, loaded once and written once."""

    present: dict[UUID, Present] = field(default_factory=dict)

    def load(self, ids: set[UUID]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PRESENT, [list(ids - self.present.keys())])
            for ident, card, state, last_day, person_id in cursor.fetchall():
                self.present[ident] = Present(ident, json.loads(card), state, last_day, person_id)

    def apply(self, ident: UUID, action: str, change: Plain) -> None:
        """Lay one change over the fact."""
        fact = self.present[ident]
        fact.changed = True
        if action == "fact.correct":
            fact.card = {**change["fact"]}
            fact.last_day = change["fact"].get("last_day")
        if action == "fact.edit":
            fact.card = {**fact.card, **{name: change[name] for name in ("receiver", "grounds") if name in change}}
        if "amount" in change and action in ("fact.recalculate", "fact.end"):
            fact.card = with_amount(fact.card, change["amount"], change.get("quantity"))
        if action in ("fact.end", "fact.recalculate") and (last := last_day_of(change)):
            fact.last_day = last
        fact.state = BECOMES.get(action, fact.state)

    def save(self) -> list[Present]:
        """Write what changed, let go of it, and return it."""
        changed = [fact for fact in self.present.values() if fact.changed]
        if changed:
            with connection.cursor() as cursor:
                cursor.execute(UPDATE, [json.dumps([fact.row() for fact in changed], ensure_ascii=False)])
        self.present.clear()
        return changed


def last_day_of(change: Plain) -> str | None:
    """The day of the end; 10.36.S tells only the moment of the change."""
    return change.get("last_day") or (change["changed_at"][:10] if "changed_at" in change else None)
