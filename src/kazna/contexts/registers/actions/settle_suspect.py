"""An officer says whether two cards are one person; what is joined can be parted again."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.cards import drawn, redraw_cards
from kazna.contexts.registers.contracts import SuspectNotOpen
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.merging import merge
from kazna.contexts.registers.models import Merge, Suspect
from kazna.contexts.registers.save_book import Changes, Page
from kazna.contexts.registers.successions import follow_ends
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish_many

MERGES = UUID("0e6a4f5e-28ad-5d0c-9d6f-0b6f2f5f7a11")


@transaction.atomic
def settle_suspect(*, suspect_id: UUID, same: bool, reason: str, by: str, on: date) -> UUID | None:
    """Merge the cards when `same` and return the id of the card kept; else leave them apart for good.

    Facts move by new rows and FactsChanged is published; the other card points at the one kept.
    Raises SuspectNotOpen.
    """
    suspect = Suspect.objects.select_for_update().filter(id=suspect_id, settled_on=None).first()
    if suspect is None:
        raise SuspectNotOpen()
    suspect.settled_on, suspect.settled_by = on, by
    suspect.is_same, suspect.decision_reason = same, reason
    kept = _merge(suspect, on) if same else None
    suspect.save(update_fields=["settled_on", "settled_by", "is_same", "decision_reason"])
    return kept


def _merge(suspect: Suspect, on: date) -> UUID:
    book, changes = load_book(Mentions(person_ids={suspect.person_id, suspect.other_id})), Changes()
    pair = [book.cards[suspect.person_id], book.cards[suspect.other_id]]
    if any(card.merged_into for card in pair):
        raise SuspectNotOpen()
    keep, drop = sorted(pair, key=lambda card: (card.snils is None, card.birth_act is None, str(card.person_id)))
    names = _names(book, drop.person_id)
    book.begin()
    merge(book, keep=keep.person_id, drop=drop.person_id)
    follow_ends(book)
    redraw_cards(book)
    book.put_card(drawn(book, book.cards[keep.person_id]))
    cause = Cause(suspect.document_id, timezone.now())
    page = changes.take_page(book, on=on, cause=cause, seed=f"suspect/{suspect.id}")
    publish_many(changes.save())
    _remember(suspect, keep.person_id, drop.person_id, page, names, drop.snils, drop.birth_act)
    return keep.person_id


def _names(book: Book, person_id: UUID) -> list[tuple[str, date]]:
    return sorted(key for key, people in book.by_name.items() if person_id in people)


def _remember(
    suspect: Suspect,
    keep: UUID,
    drop: UUID,
    page: Page,
    names: list[tuple[str, date]],
    snils: str | None,
    birth_act: str | None,
) -> None:
    """What the merge did, so that it can be undone: ids of the facts it added for either card."""
    Merge.objects.create(
        id=uuid5(MERGES, str(suspect.id)),
        keep_id=keep,
        drop_id=drop,
        snils=snils,
        birth_act=birth_act,
        names=[[name, born_on.isoformat()] for name, born_on in names],
        restated=[str(fact_id) for fact_id, entry in page.rows if keep in (entry.subject_id, entry.object_id)],
        withdrawn=[str(fact_id) for fact_id, entry in page.rows if entry.subject_id == drop and entry.annulled],
        merged_on=suspect.settled_on,
        merged_by=suspect.settled_by,
        reason=suspect.decision_reason,
    )
