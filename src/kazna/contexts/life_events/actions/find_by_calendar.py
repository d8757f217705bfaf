"""Find what the passing of days brings: ages reached, terms ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from kazna.contexts.life_events.actions.record_events import Found, record_events
from kazna.contexts.life_events.catalogue import Kind, kinds
from kazna.contexts.life_events.finders import AgeFinder, TermFinder
from kazna.contexts.life_events.models import CalendarDay
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.events.cause import Cause

DAY = timedelta(days=1)


def find_by_calendar(day: date) -> int:
    """Look through the days since the last look up to `day`; on the first look only `day` itself.

    Ages passed before the platform started bring nothing.
    """
    last = CalendarDay.objects.filter(pk=True).first()
    first = min(last.day + DAY, day) if last else day
    days = [first + DAY * shift for shift in range((day - first).days + 1)] if not last or last.day < day else []
    cause = Cause(None, timezone.now())
    found = [
        one for kind in kinds().values() for finder in kind.finders for one in _found(kind, finder, days, day, cause)
    ]
    CalendarDay.objects.update_or_create(pk=True, defaults={"day": day})
    return record_events(found)


def _found(kind: Kind, finder: object, days: list[date], on: date, cause: Cause) -> Iterator[Found]:
    if isinstance(finder, AgeFinder):
        for person_id, happened_on in _ages(finder, days):
            yield Found(kind, person_id, happened_on, on, cause)
    elif isinstance(finder, TermFinder):
        for fact in _terms(finder, days):
            assert fact.valid_to is not None
            yield Found(kind, fact.subject_id, fact.valid_to, on, cause)


def _ages(finder: AgeFinder, days: list[date]) -> Iterator[tuple[UUID, date]]:
    reached = [day + DAY * finder.days_before for day in days]
    for sex in finder.ages:
        by_birth = {born: day for day in reached for born in finder.births(sex, day)}
        for card in registers.born_on(by_birth, sex) if by_birth else ():
            yield card.person_id, by_birth[card.birth_date]


def _terms(finder: TermFinder, days: list[date]) -> list[Fact]:
    """Ending facts of living people with nothing of the kind after them."""
    ending = registers.facts_ending(finder.kind, [day + DAY * finder.days_before for day in days]) if days else []
    people = {fact.subject_id for fact in ending}
    if not people:
        return []
    others: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in registers.facts_of(people, kinds=[finder.kind]):
        others[fact.subject_id].append(fact)
    alive = {person_id for person_id, card in registers.cards(people).items() if card.died_on is None}
    return [fact for fact in ending if fact.subject_id in alive and finder.finds(fact, others[fact.subject_id])]
