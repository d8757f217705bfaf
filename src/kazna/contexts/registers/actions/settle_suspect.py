"""An officer says whether two cards are one person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.registers.cards import drawn, redraw_cards
from kazna.contexts.registers.contracts import SuspectNotOpen
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.merging import merge
from kazna.contexts.registers.models import Suspect
from kazna.contexts.registers.save_book import Changes
from kazna.contexts.registers.successions import follow_ends
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish_many


@transaction.atomic
def settle_suspect(*, suspect_id: UUID, same: bool, reason: str, by: str, on: date) -> UUID | None:
    """Merge the cards when they are one person and return the id of the one kept: with СНИЛС before without."""
    suspect = Suspect.objects.select_for_update().filter(id=suspect_id, settled_on=None).first()
    if suspect is None:
        raise SuspectNotOpen()
    kept = _merge(suspect, on) if same else None
    suspect.settled_on, suspect.settled_by = on, by
    suspect.is_same, suspect.decision_reason = same, reason
    suspect.save(update_fields=["settled_on", "settled_by", "is_same", "decision_reason"])
    return kept


def _merge(suspect: Suspect, on: date) -> UUID:
    book, changes = load_book(Mentions(person_ids={suspect.person_id, suspect.other_id})), Changes()
    pair = [book.cards[suspect.person_id], book.cards[suspect.other_id]]
    if any(card.merged_into for card in pair):
        raise SuspectNotOpen()
    keep, drop = sorted(pair, key=lambda card: (card.snils is None, card.birth_act is None, str(card.person_id)))
    book.begin()
    merge(book, keep=keep.person_id, drop=drop.person_id)
    follow_ends(book)
    redraw_cards(book)
    book.put_card(drawn(book, book.cards[keep.person_id]))
    cause = Cause(suspect.document_id, timezone.now())
    changes.take_page(book, on=on, cause=cause, seed=f"suspect/{suspect.id}")
    publish_many(changes.save())
    return keep.person_id
