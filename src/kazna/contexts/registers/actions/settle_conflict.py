"""An officer chooses which of two contradicting statements holds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.registers.cards import redraw_cards
from kazna.contexts.registers.contracts import ConflictNotOpen, NotACandidate
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
    """The chosen claim takes the place of the known fact; its document may then be tried again."""
    conflict = Conflict.objects.select_for_update().filter(id=conflict_id, settled_on=None).first()
    if conflict is None:
        raise ConflictNotOpen()
    if fact_id not in (conflict.known_fact_id, conflict.claim_fact_id):
        raise NotACandidate()
    if fact_id == conflict.claim_fact_id:
        _replace(conflict, on)
    conflict.settled_on, conflict.settled_by, conflict.reason = on, by, reason
    conflict.chosen_fact_id = fact_id
    conflict.save(update_fields=["settled_on", "settled_by", "reason", "chosen_fact_id"])


def _replace(conflict: Conflict, on: date) -> None:
    claim = _entry(conflict.claim)
    people = {claim.subject_id, *([claim.object_id] if claim.object_id else [])}
    book, changes = load_book(Mentions(person_ids=people)), Changes()
    book.begin()
    known = [e for e in book.live(conflict.person_id, conflict.kind) if e.fact_id == conflict.known_fact_id]
    for entry in known:
        book.annul(entry)
    book.put(claim)
    follow_ends(book)
    redraw_cards(book)
    cause = Cause(conflict.document_id, timezone.now())
    changes.take_page(book, on=on, cause=cause, seed=f"conflict/{conflict.id}")
    publish_many(changes.save())


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
