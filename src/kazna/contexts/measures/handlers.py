"""What measures do when lives and facts change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from kazna.contexts.measures import library as law
from kazna.contexts.measures.actions.evaluate import evaluate
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.measures.models import Standing
from kazna.contexts.measures.subjects import APPLIED, asks_of_application, asks_of_award, asks_of_event
from kazna.contexts.measures.touched import readers_of_application
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.events.life_events import LifeEventFound
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes

AWARD = "measure.assigned"


@consumes(LifeEventFound, name="measures.on_life_event", stage=2, shared=True)
def on_life_event(events: Sequence[LifeEventFound]) -> None:
    """Evaluate the measures that the events open."""
    library = law.current()
    for on in sorted({event.on for event in events}):
        evaluate([ask for event in events if event.on == on for ask in asks_of_event(library, event)], on)


@consumes(FactsChanged, name="measures.on_facts", stage=2, shared=True)
def on_facts(events: Sequence[FactsChanged]) -> None:
    """Evaluate what was applied for, and re-open the questions that were waiting for these facts."""
    for on in sorted({event.on for event in events}):
        of_day = [event for event in events if event.on == on]
        opening = _opening(of_day)
        evaluate([*_opened(of_day, opening), *_waiting(of_day, opening)], on)


def _opening(events: Sequence[FactsChanged]) -> dict[UUID, Fact]:
    """New applications, consents and awards by id, in the order they were recorded."""
    kinds = {*APPLIED, AWARD}
    told = [fact_id for event in events if set(event.kinds) & kinds for fact_id in event.fact_ids]
    return {fact.id: fact for fact in registers.facts_by_ids(told) if fact.kind in kinds} if told else {}


def _opened(events: Sequence[FactsChanged], opening: Mapping[UUID, Fact]) -> list[Ask]:
    """Questions that a new application, consent or award opens by itself."""
    causes = {fact_id: event.cause for event in events for fact_id in event.fact_ids}
    asks: list[Ask] = []
    for fact in opening.values():
        asks_of = asks_of_application if fact.kind in APPLIED else asks_of_award
        asks += asks_of(law.current(), fact, causes[fact.id])
    return asks


def _waiting(events: Sequence[FactsChanged], opening: Mapping[UUID, Fact]) -> list[Ask]:
    """Open questions about these people that await these kinds: one query for the batch.

    An application is news to its own measure and to those that read it, not to everything not applied for.
    """
    people: dict[UUID, list[FactsChanged]] = {}
    for event in events:
        for person in event.person_ids:
            people.setdefault(person, []).append(event)
    kinds = sorted({kind for event in events for kind in event.kinds})
    open_questions = Standing.objects.filter(people__meets=list(people), awaits__overlap=kinds).order_by("id")
    if not set(kinds) - set(APPLIED):
        heeding = {one for fact in opening.values() for one in readers_of_application(_measure(fact))}
        open_questions = open_questions.filter(measure__in=heeding)
    asks = []
    for standing in open_questions:
        event = next((e for p in standing.people for e in people.get(p, ()) if _is_news(standing, e, opening)), None)
        if event is not None:
            asks.append(Ask(standing.measure, _roles(standing), "fact", event.cause))
    return asks


def _is_news(standing: Standing, event: FactsChanged, opening: Mapping[UUID, Fact]) -> bool:
    kinds = set(event.kinds) & set(standing.awaits)
    if kinds - set(APPLIED):
        return True
    applied = (opening[fact_id] for fact_id in event.fact_ids if fact_id in opening)
    return any(fact.kind in kinds and standing.measure in readers_of_application(_measure(fact)) for fact in applied)


def _measure(fact: Fact) -> str:
    return str(fact.value.get("measure", ""))


def reconsider(day: date, cause) -> None:
    """Ask again where the calendar may have changed the answer."""
    due = Standing.objects.filter(Q(ask_again_on__lte=day)).order_by("id")
    evaluate([Ask(standing.measure, _roles(standing), "calendar", cause) for standing in due], day)


def _roles(standing: Standing) -> dict[str, UUID]:
    return {role: UUID(person) for role, person in standing.roles.items()}
