"""The door of `life_events`: what happened in people's lives, found in facts and by the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from kazna.contexts.life_events import catalogue, queries
from kazna.contexts.life_events.actions.record_events import grown_children
from kazna.contexts.life_events.catalogue import CatalogueBroken
from kazna.contexts.life_events.contracts import LifeEventView
from kazna.contexts.life_events.finders import ChangeFinder, FactFinder

__all__ = [
    "CatalogueBroken",
    "LifeEventView",
    "codes_found_in",
    "counts",
    "events_of",
    "found_on",
    "grown_children",
    "titles",
]


def events_of(person_id: UUID) -> list[LifeEventView]:
    """Events of the person and those in which the person is a parent or the spouse, the latest first."""
    return queries.events_of(person_id)


def found_on(day: date, *, code: str = "") -> Iterator[LifeEventView]:
    """Events that were found on a day, of one kind when it is given, each as its own person's."""
    return queries.found_on(day, code)


def titles() -> dict[str, str]:
    """Russian titles by code, in the order of law/life_events.yaml. Raises CatalogueBroken."""
    return {code: kind.title for code, kind in catalogue.kinds().items()}


def counts() -> dict[str, int]:
    """Events found by code; codes never found stand with 0."""
    return queries.counts()


def codes_found_in(kinds: Iterable[str]) -> frozenset[str]:
    """Codes of events that a recorded fact of one of these kinds may be."""
    wanted = set(kinds)
    return frozenset(
        kind.code
        for kind in catalogue.kinds().values()
        for finder in kind.finders
        if isinstance(finder, FactFinder | ChangeFinder) and finder.kind in wanted
    )
