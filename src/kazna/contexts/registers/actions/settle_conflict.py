"""An officer chooses which of two contradicting statements holds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.registers.cards import redraw_cards
from kazna.contexts.registers.contracts import ConflictNotOpen, NotACandidate
from kazna.contexts.registers.disputes import DISPUTED
from kazna.contexts.registers.entries import Entry
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.models import Conflict
from kazna.contexts.registers.save_book import Changes
from kazna.contexts.registers.successions import follow_ends
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish_many


@transaction.atomic
def settle_conflict(*, conflict_id: UUID, fact_id: UUID, reason: str, by: str, on: date) -> None:
    """Choose the known fact or the claim. A chosen claim replaces the fact and publishes FactsChanged.

    The document that brought the claim stays in quarantine until it is tried again (`take_in_again`).
    Raises ConflictNotOpen, NotACandidate.
    """
    conflict = Conflict.objects.select_for_update().filter(id=conflict_id, settled_on=None).first()
    if conflict is None:
        raise ConflictNotOpen()
    if fact_id not in (conflict.known_fact_id, conflict.claim_fact_id):
        raise NotACandidate()
    conflict.settled_on, conflict.settled_by, conflict.reason = on, by, reason
    conflict.chosen_fact_id = fact_id
    conflict.save(update_fields=["settled_on", "settled_by", "reason", "chosen_fact_id"])
    _make_true(conflict, on)


def _make_true(conflict: Conflict, on: date) -> None:
    """The statement not chosen is withdrawn; the dispute ends with the last open conflict about the kind."""
    claim = _entry(conflict.claim)
    people = {claim.subject_id, *([claim.object_id] if claim.object_id else [])}
    book, changes = load_book(Mentions(person_ids=people)), Changes()
    book.begin()
    if conflict.chosen_fact_id == conflict.claim_fact_id:
        for entry in book.live(conflict.person_id, conflict.kind):
            if entry.fact_id == conflict.known_fact_id:
                book.annul(entry)
        book.put(claim)
    elif (recorded := book.facts[claim.subject_id].get(claim.key)) and _says(recorded, claim):
        book.annul(recorded)
    follow_ends(book)
    redraw_cards(book)
    others = Conflict.objects.filter(person_id=conflict.person_id, kind=conflict.kind, settled_on=None)
    if not others.exists():
        for entry in book.live(conflict.person_id, DISPUTED):
            if entry.thing == conflict.kind:
                book.annul(entry)
    cause = Cause(conflict.document_id, timezone.now())
    changes.take_page(book, on=on, cause=cause, seed=f"conflict/{conflict.id}")
    publish_many(changes.save())


def _says(recorded: Entry, claim: Entry) -> bool:
    """The claim had been recorded as a fact; its end may have moved since."""
    told, claimed = ({**one.value, "stated_to": None} for one in (recorded, claim))
    return not recorded.annulled and recorded.valid_from == claim.valid_from and told == claimed


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        kind=told["kind"],
        subject_id=UUID(told["subject_id"]),
        object_id=UUID(told["object_id"]) if told["object_id"] else None,
        thing=told["thing"],
        valid_from=date.fromisoformat(told["valid_from"]),
        valid_to=date.fromisoformat(told["valid_to"]) if told["valid_to"] else None,
        value=told["value"],
        source=told["source"],
    )
