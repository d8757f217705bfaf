"""Who a message speaks of: by СНИЛС; without one by full name, birth date and document.

Someone misspelt is found by the learned model, and joined without asking only when a document agrees as well.
Documents are compared only within a kind. A namesake born the same day whose document does not agree
is another person until an officer says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kazna.contexts.integration.public import PersonRef
from kazna.contexts.registers.book import Book
from kazna.contexts.registers.entries import Card
from kazna.contexts.registers.linkage.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Identified:
    """`card` None: nobody known. `namesakes` may turn out to be the same person; several `matches` are too many.

    `likely`: others the learned model finds worth an officer's look, the heaviest first.
    """

    card: Card | None
    matches: tuple[Card, ...] = ()
    namesakes: tuple[Card, ...] = ()
    likely: tuple[Candidate, ...] = ()


def identify(book: Book, ref: PersonRef) -> Identified:
    """The person a reference means, as far as the registers can tell."""
    if ref.snils and ref.snils in book.by_snils:
        return Identified(book.cards[book.by_snils[ref.snils]])
    named = book.named(ref.surname, ref.forename, ref.patronymic, ref.birth_date)
    possible = [card for card in named if not (ref.snils and card.snils)]
    matches = [card for card in possible if paper_agrees(book, card, ref)] or [
        card for card in possible if is_undocumented_newborn(book, card)
    ]
    if len(matches) == 1:
        return Identified(matches[0])
    likely = () if matches else _likely(book, ref)
    sure = [one for one in likely if one.is_sure]
    if len(sure) == 1:
        return Identified(book.cards[sure[0].person_id])
    told = {card.person_id for card in possible}
    return Identified(
        None,
        matches=tuple(matches) or tuple(book.cards[one.person_id] for one in sure),
        namesakes=tuple(possible),
        likely=tuple(one for one in likely if one.person_id not in told),
    )


def _likely(book: Book, ref: PersonRef) -> list[Candidate]:
    """Cards in use that the model finds near: misspelt names, swapped days, one document."""
    found = [one for one in book.candidates.get(ref, ()) if one.person_id in book.cards]
    return [one for one in found if book.cards[one.person_id].merged_into is None]


def paper_agrees(book: Book, card: Card, ref: PersonRef) -> bool:
    """A document of the same kind with the same number is known for this person."""
    return ref.document is not None and any(
        entry.value["code"] == ref.document.code
        and plain_number(entry.value["series_number"]) == plain_number(ref.document.series_number)
        for entry in book.live(card.person_id, "person.document")
    )


def is_undocumented_newborn(book: Book, card: Card) -> bool:
    """Known only by a birth record, so far without СНИЛС and papers: name and birth date are all there is."""
    return bool(card.birth_act) and not card.snils and not book.live(card.person_id, "person.document")


def is_called(book: Book, card: Card, ref: PersonRef) -> bool:
    """The surname or the forename agrees with a name ever known; a message may run ahead of a change of name."""
    known = [(e.value["surname"], e.value["forename"]) for e in book.live(card.person_id, "person.name")]
    return not known or any(
        _plain(surname) == _plain(ref.surname) or _plain(forename) == _plain(ref.forename)
        for surname, forename in known
    )


def plain_number(text: str) -> str:
    """«45 04 123456» and «4504 123456» are one number."""
    return re.sub(r"[\s№-]", "", text).upper()


def _plain(name: str) -> str:
    return name.strip().lower().replace("ё", "е")
