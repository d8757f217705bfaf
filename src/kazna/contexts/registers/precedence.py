"""Which source is believed when several tell of one thing: data of the catalogue, with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.contracts import Fact
from kazna.contexts.registers.entries import Entry
from kazna.contexts.registers.models import FactKind
from kazna.contexts.registers.successions import SUCCEEDING

DISPUTED = "fact.disputed"
OURSELVES = "registers"  # the source of what the registers say about their own facts


class Told(Protocol):
    """A fact or an entry: what is compared."""

    @property
    def source(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def value(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Precedence:
    """`sources` from the one believed first; `compared`: keys of the value that must agree."""

    sources: tuple[str, ...]
    compared: tuple[str, ...]
    reason: str

    def rank(self, source: str) -> int:
        return self.sources.index(source) if source in self.sources else len(self.sources)

    def differ(self, one: Told, other: Told) -> bool:
        """Two sources tell different things of days they share."""
        if one.source == other.source or not _share_days(one, other):
            return False
        return any(one.value.get(key) != other.value.get(key) for key in self.compared)


def precedences() -> dict[str, Precedence]:
    """By kind, of the kinds whose sources are compared."""
    rows = FactKind.objects.exclude(precedence={}).values_list("code", "precedence")
    return {code: Precedence(tuple(told["sources"]), tuple(told["compared"]), told["reason"]) for code, told in rows}


def believed(facts: Sequence[Fact]) -> list[Fact]:
    """Without those that a source believed before theirs contradicts; the order is kept."""
    of_one: dict[tuple[str, UUID], list[Fact]] = defaultdict(list)
    for fact in facts:
        of_one[fact.kind, fact.subject_id].append(fact)
    several = {key: told for key, told in of_one.items() if len({fact.source for fact in told}) > 1}
    if not several:
        return list(facts)
    rules = precedences()
    outdone = {
        fact.id
        for (kind, _), told in several.items()
        if (rule := rules.get(kind))
        for fact in told
        if any(rule.rank(other.source) < rule.rank(fact.source) and rule.differ(fact, other) for other in told)
    }
    return [fact for fact in facts if fact.id not in outdone]


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


def _share_days(one: Told, other: Told) -> bool:
    if one.valid_from == other.valid_from:  # then one of the two may have been ended by the other
        return True
    starts_in_time = other.valid_to is None or one.valid_from < other.valid_to
    return starts_in_time and (one.valid_to is None or other.valid_from < one.valid_to)
