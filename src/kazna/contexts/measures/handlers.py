"""What measures do when lives and facts change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from kazna.contexts.measures import library as law
from kazna.contexts.measures.actions.evaluate import evaluate
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.measures.models import Standing
from kazna.contexts.measures.subjects import APPLIED, asks_of_application, asks_of_award, asks_of_event
from kazna.contexts.registers import public as registers
from kazna.events.life_events import LifeEventFound
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes

AWARD = "measure.assigned"


@consumes(LifeEventFound, name="measures.on_life_event", stage=2)
def on_life_event(events: Sequence[LifeEventFound]) -> None:
    """Evaluate the measures that the events open."""
    library = law.current()
    for on in sorted({event.on for event in events}):
        evaluate([ask for event in events if event.on == on for ask in asks_of_event(library, event)], on)


@consumes(FactsChanged, name="measures.on_facts", stage=2)
def on_facts(events: Sequence[FactsChanged]) -> None:
    """Evaluate what was applied for, and re-open the questions that were waiting for these facts."""
    for on in sorted({event.on for event in events}):
        of_day = [event for event in events if event.on == on]
        evaluate([*_opened(of_day), *_waiting(of_day)], on)


def _opened(events: Sequence[FactsChanged]) -> list[Ask]:
    """Questions that a new application, consent or award opens by itself."""
    kinds = {*APPLIED, AWARD}
    causes = {fact_id: event.cause for event in events if set(event.kinds) & kinds for fact_id in event.fact_ids}
    if not causes:
        return []
    library = law.current()
    asks: list[Ask] = []
    for fact in registers.facts_by_ids(list(causes)):
        if fact.kind in APPLIED:
            asks += asks_of_application(library, fact, causes[fact.id])
        elif fact.kind == AWARD:
            asks += asks_of_award(library, fact, causes[fact.id])
    return asks


def _waiting(events: Sequence[FactsChanged]) -> list[Ask]:
    """Open questions about these people that await these kinds: one query for the batch."""
    people: dict[UUID, list[FactsChanged]] = {}
    for event in events:
        for person in event.person_ids:
            people.setdefault(person, []).append(event)
    kinds = sorted({kind for event in events for kind in event.kinds})
    open_questions = Standing.objects.filter(people__overlap=list(people), awaits__overlap=kinds).order_by("id")
    asks = []
    for standing in open_questions:
        event = next(
            (e for p in standing.people for e in people.get(p, ()) if set(e.kinds) & set(standing.awaits)), None
        )
        if event is not None:
            asks.append(Ask(standing.measure, _roles(standing), "fact", event.cause))
    return asks


def reconsider(day: date, cause) -> None:
    """Ask again where the calendar may have changed the answer."""
    due = Standing.objects.filter(Q(ask_again_on__lte=day)).order_by("id")
    evaluate([Ask(standing.measure, _roles(standing), "calendar", cause) for standing in due], day)


def _roles(standing: Standing) -> dict[str, UUID]:
    return {role: UUID(person) for role, person in standing.roles.items()}
