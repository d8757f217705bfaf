"""A person's card from the facts in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.entries import Card, Entry
from kazna.contexts.registers.precedence import Precedence
from kazna.contexts.registers.successions import in_order

HOLDER_FIRST = Precedence(("officer", "zags", "mvd", "sfr"), (), "")  # where the catalogue tells no precedence
SHOWN = {"person.name", "person.birth", "person.sex", "person.death", "person.residence"}


def redraw_cards(book: Book) -> None:
    """Bring the cards in line with the facts the current document changed."""
    for person_id in {subject for subject, key in book.entries_before if key[0] in SHOWN}:
        if person_id in book.cards:
            book.put_card(drawn(book, book.cards[person_id]))


def drawn(book: Book, card: Card) -> Card:
    """The card as facts show it; what no fact tells any more keeps its last value, except a death."""
    death = holders_word(book, card.person_id, "person.death")
    changes: dict[str, object] = {"died_on": death.valid_from if death else None}
    if names := in_order(book, card.person_id, "person.name"):
        newest = names[-1].value
        changes |= {name: newest[name] for name in ("surname", "forename", "patronymic")}
    if birth := holders_word(book, card.person_id, "person.birth"):
        changes["birth_date"] = date.fromisoformat(birth.value["date"])
    if sex := holders_word(book, card.person_id, "person.sex"):
        changes["sex"] = sex.value["sex"]
    if homes := in_order(book, card.person_id, "person.residence"):
        changes |= {"territory": homes[-1].value["region"] or "", "address": homes[-1].value["address"] or ""}
    return replace(card, **changes)


def holders_word(book: Book, person_id: UUID, kind: str) -> Entry | None:
    """Of several sources the one nearest to the holder of the kind."""
    rule = book.precedences.get(kind, HOLDER_FIRST)
    return min(book.live(person_id, kind), key=lambda entry: rule.rank(entry.source), default=None)
