"""Who is touched by a change: the index of what each measure reads, and where people stand with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import Touched
from kazna.contexts.measures.models import Standing
from kazna.events.cause import Cause
from kazna.events.registers import FactsChanged
from kazna.rules.dependencies import Dependencies, What

OWN_WORDS = frozenset({"application", "consent", "measure.assigned"})  # they open questions, others answer them
CHUNK = 500


def index() -> Dependencies:
    """What the law in force reads."""
    return _index(law.folder())


@cache
def _index(folder: Path) -> Dependencies:
    return Dependencies(law.load(folder))


def touched_by_facts(events: Sequence[FactsChanged]) -> list[Touched]:
    """Where the people of these events stand with measures that read the changed kinds; one query."""
    told = [(event, set(event.kinds) - OWN_WORDS) for event in events]
    kinds = {kind for _, some in told for kind in some}
    measures = {measure for kind in kinds for measure in index().readers("kind", kind)}
    people: dict[UUID, list[tuple[FactsChanged, set[str]]]] = {}
    for event, some in told:
        for person in event.person_ids if some else ():
            people.setdefault(person, []).append((event, some))
    if not measures or not people:
        return []
    found = Standing.objects.filter(people__overlap=list(people), measure__in=measures).order_by("id")
    return [touched for standing in found if (touched := _by(standing, people))]


def _by(standing: Standing, people: dict[UUID, list[tuple[FactsChanged, set[str]]]]) -> Touched | None:
    readers = index().readers
    for person in standing.people:
        for event, kinds in people.get(person, ()):
            if read := frozenset(kind for kind in kinds if standing.measure in readers("kind", kind)):
                return _touched(standing, event.cause, corrects=event.corrects, kinds=read)
    return None


def measures_reading(what: What, name: str) -> tuple[str, ...]:
    """Measures some edition of which reads a parameter, a table, a shared rule or a kind of fact."""
    return index().readers(what, name)


def readers_of_application(measure: str) -> frozenset[str]:
    """Measures to which an application or a consent for this one is news: itself, and those that read it."""
    return _readers_of_application(law.folder(), measure)


@cache
def _readers_of_application(folder: Path, measure: str) -> frozenset[str]:
    library = law.load(folder)
    about = [name for name, fact in library.facts.items() if (fact.plain.get("derive") or {}).get("measure") == measure]
    return frozenset({measure, *(reader for name in about for reader in _index(folder).readers("fact", name))})


def standings_of(measures: Sequence[str], cause: Cause) -> Iterator[list[Touched]]:
    """Everybody who stands with these measures, a chunk at a time, in one order."""
    found = Standing.objects.filter(measure__in=list(measures)).order_by("id")
    yield from _chunks(found, cause)


def standings_count(measures: Sequence[str]) -> int:
    """How many stand with these measures."""
    return Standing.objects.filter(measure__in=list(measures)).count()


def standings(keys: Sequence[tuple[str, UUID, UUID]], cause: Cause) -> list[Touched]:
    """The standings of these (measure, subject, recipient); those never evaluated are absent."""
    wanted = set(keys)
    found = Standing.objects.filter(measure__in={m for m, _, _ in wanted}, subject_id__in={s for _, s, _ in wanted})
    return [
        _touched(row, cause)
        for row in found.order_by("id")
        if (row.measure, row.subject_id, row.recipient_id) in wanted
    ]


def _chunks(found: QuerySet[Standing], cause: Cause) -> Iterator[list[Touched]]:
    last = 0
    while chunk := list(found.filter(id__gt=last)[:CHUNK]):
        yield [_touched(row, cause) for row in chunk]
        last = chunk[-1].id


def _touched(row: Standing, cause: Cause, *, corrects: bool = False, kinds: frozenset[str] = frozenset()) -> Touched:
    roles = {role: UUID(person) for role, person in row.roles.items()}
    return Touched(row.measure, row.subject_id, row.recipient_id, roles, cause, corrects, kinds)
