"""Two cards turn out to be one person: facts move by new rows, the old card points at the one that stays."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from kazna.contexts.registers.book import Book


def merge(book: Book, *, keep: UUID, drop: UUID) -> None:
    """Restate every fact in force of and about `drop` for `keep`. A statement `keep` already has stays its own."""
    for entry in [e for e in book.facts[drop].values() if not e.annulled]:
        known = book.facts[keep].get(entry.key)
        if known is None or known.annulled:
            book.put(replace(entry, subject_id=keep, fact_id=None))
        book.annul(entry)
    for entry in book.live_about(drop):
        book.put(replace(entry, object_id=keep, fact_id=None))
    dropped, kept = book.cards[drop], book.cards[keep]
    book.put_card(replace(dropped, snils=None, birth_act=None, merged_into=keep))
    book.put_card(replace(kept, snils=kept.snils or dropped.snils, birth_act=kept.birth_act or dropped.birth_act))
    for (name, born_on), people in list(book.by_name.items()):
        if drop in people:
            book.add_name(keep, name, born_on)
            book.drop_name(drop, name, born_on)
