"""A page at work is closed: compared with what others told, ends and cards follow, its changes are taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.cards import redraw_cards
from kazna.contexts.registers.disputes import Disagreement, disagreements, dispute
from kazna.contexts.registers.entries import Claim
from kazna.contexts.registers.save_book import Changes, Page
from kazna.contexts.registers.successions import follow_ends
from kazna.events.cause import Cause


def close_page(
    book: Book, changes: Changes, *, on: date, cause: Cause, seed: str, claims: Iterable[Claim] = ()
) -> Page:
    """What no precedence settles becomes a matter for an officer and a dispute. `claims`: objections already found."""
    found = [*claims, *map(_claim, disagreements(book))]
    follow_ends(book)
    redraw_cards(book)
    for claim in changes.open_claims(found, cause, on):
        book.put(dispute(claim.person_id, claim.entry.kind, on))
    page = changes.take_page(book, on=on, cause=cause, seed=seed)
    changes.claims += [(claim, page) for claim in found]
    return page


def _claim(found: Disagreement) -> Claim:
    """What the catalogue settles is kept with its reason; what it does not waits for an officer."""
    assert found.known.fact_id is not None
    return Claim(found.known.subject_id, found.known.fact_id, found.told, found.rule.reason if found.is_settled else "")
