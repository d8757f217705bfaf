"""Two sources tell different things: what the order of sources settles, and what waits for an officer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.entries import Entry
from kazna.contexts.registers.precedence import Precedence
from kazna.contexts.registers.successions import SUCCEEDING

DISPUTED = "fact.disputed"
OURSELVES = "registers"  # the source of what the registers say about their own facts


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What was told now against what another source told; `rule` settles it unless both rank alike."""

    known: Entry
    told: Entry
    rule: Precedence

    @property
    def is_settled(self) -> bool:
        return self.rule.rank(self.known.source) != self.rule.rank(self.told.source)


def disagreements(book: Book) -> Iterator[Disagreement]:
    """Of the document at work with what is known from others; one state after another is no disagreement."""
    for _, now in list(book.changed_entries()):
        rule = book.precedences.get(now.kind)
        if rule is None or now.annulled:
            continue
        for known in book.live(now.subject_id, now.kind):
            is_later = now.kind in SUCCEEDING and known.valid_from != now.valid_from
            if known.fact_id and not is_later and rule.differ(known, now):
                yield Disagreement(known, now, rule)


def dispute(person_id: UUID, kind: str, on: date) -> Entry:
    """The fact that a kind of facts about a person waits for an officer: determination takes it as unknown."""
    return Entry(DISPUTED, person_id, None, kind, on, None, {"kind": kind}, OURSELVES)


def kinds_told(entries: Iterable[Entry]) -> set[str]:
    """Kinds that changed; a dispute changes what is known of the kind it is about."""
    told = list(entries)
    return {entry.kind for entry in told} | {entry.value["kind"] for entry in told if entry.kind == DISPUTED}
