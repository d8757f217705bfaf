"""Find events in facts just recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from uuid import UUID

from kazna.contexts.life_events.actions.record_events import Found, record_events
from kazna.contexts.life_events.catalogue import Kind, kinds
from kazna.contexts.life_events.finders import ChangeFinder, FactFinder
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.events.registers import FactsChanged


def find_in_facts(events: Sequence[FactsChanged]) -> int:
    """Look at the facts of any number of documents at once; return how many new events were found."""
    finders = _finders()
    wanted = {fact_id: event for event in events if finders.keys() & set(event.kinds) for fact_id in event.fact_ids}
    facts = [fact for fact in registers.facts_by_ids(wanted) if fact.kind in finders] if wanted else []
    compared = {kind for kind, ways in finders.items() if any(isinstance(way, ChangeFinder) for _, way in ways)}
    others = _others(facts, compared)
    found = [
        Found(kind, fact.subject_id, finder.day(fact), wanted[fact.id].on, wanted[fact.id].cause, fact.object_id)
        for fact in facts
        for kind, finder in finders[fact.kind]
        if finder.finds(fact, others[fact.kind, fact.subject_id])
    ]
    return record_events(found)


@cache
def kinds_looked_at() -> frozenset[str]:
    """Kinds of facts in which an event may be found."""
    return frozenset(_finders())


def _finders() -> dict[str, list[tuple[Kind, FactFinder | ChangeFinder]]]:
    """Finders that read facts, by the kind of fact."""
    by_kind: dict[str, list[tuple[Kind, FactFinder | ChangeFinder]]] = defaultdict(list)
    for kind in kinds().values():
        for finder in kind.finders:
            if isinstance(finder, FactFinder | ChangeFinder):
                by_kind[finder.kind].append((kind, finder))
    return dict(by_kind)


def _others(facts: Sequence[Fact], compared: set[str]) -> dict[tuple[str, UUID], list[Fact]]:
    """Current facts of the compared kinds about the people in question."""
    by_person: dict[tuple[str, UUID], list[Fact]] = defaultdict(list)
    people = {fact.subject_id for fact in facts if fact.kind in compared}
    if people:
        for fact in registers.facts_of(people, kinds=compared):
            by_person[fact.kind, fact.subject_id].append(fact)
    return by_person
