"""Part two cards that were joined by mistake: each gets back the facts it had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.cards import drawn, redraw_cards
from kazna.contexts.registers.contracts import MergeNotFound
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.models import Merge
from kazna.contexts.registers.save_book import Changes
from kazna.contexts.registers.successions import follow_ends
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish_many


@transaction.atomic
def undo_merge(*, merge_id: UUID, reason: str, by: str, on: date) -> UUID:
    """Part two cards again and return the id of the one given back; FactsChanged is published.

    What was told since the merge stays with the card that was kept. Raises MergeNotFound.
    """
    merge = Merge.objects.select_for_update().filter(id=merge_id, undone_on=None).first()
    if merge is None:
        raise MergeNotFound()
    book, changes = load_book(Mentions(person_ids={merge.keep_id, merge.drop_id})), Changes()
    book.begin()
    _move_facts_back(book, merge)
    _move_numbers_back(book, merge)
    follow_ends(book)
    redraw_cards(book)
    for person_id in (merge.keep_id, merge.drop_id):
        book.put_card(drawn(book, book.cards[person_id]))
    changes.take_page(book, on=on, cause=Cause(None, timezone.now()), seed=f"undo-merge/{merge.id}")
    publish_many(changes.save())
    merge.undone_on, merge.undone_by, merge.undo_reason = on, by, reason
    merge.save(update_fields=["undone_on", "undone_by", "undo_reason"])
    return merge.drop_id


def _move_facts_back(book: Book, merge: Merge) -> None:
    restated, withdrawn = set(merge.restated), set(merge.withdrawn)
    for entry in [e for e in book.facts[merge.drop_id].values() if str(e.fact_id) in withdrawn]:
        book.put(replace(entry, annulled=False, fact_id=None))
        mine = book.facts[merge.keep_id].get(entry.key)
        if mine is not None and str(mine.fact_id) in restated:
            book.annul(mine)
    for entry in book.live_about(merge.keep_id):
        if str(entry.fact_id) in restated:
            book.put(replace(entry, object_id=merge.drop_id, fact_id=None))


def _move_numbers_back(book: Book, merge: Merge) -> None:
    keep, drop = book.cards[merge.keep_id], book.cards[merge.drop_id]
    book.put_card(
        replace(
            keep,
            snils=None if merge.snils and keep.snils == merge.snils else keep.snils,
            birth_act=None if merge.birth_act and keep.birth_act == merge.birth_act else keep.birth_act,
        )
    )
    book.put_card(replace(drop, snils=merge.snils, birth_act=merge.birth_act, merged_into=None))
    for name, born_on in merge.names:
        book.add_name(merge.drop_id, name, date.fromisoformat(born_on))
