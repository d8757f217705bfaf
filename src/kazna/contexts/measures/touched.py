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
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.events.cause import Cause
from kazna.events.registers import FactsChanged
from kazna.kernel.periods import month_start
from kazna.rules.dependencies import Dependencies, What

AWARD = "measure.assigned"
OWN_WORDS = frozenset({"application", "consent", AWARD})  # they open questions, others answer them
CHUNK = 500


def index() -> Dependencies:
    """What the law in force reads."""
    return _index(law.folder())


@cache
def _index(folder: Path) -> Dependencies:
    return Dependencies(law.load(folder))


def touched_by_facts(events: Sequence[FactsChanged]) -> list[Touched]:
    """Where the people of these events stand with measures that read the changed kinds; one query."""
    behind = _of_months_behind(events)
    told = [(event, set(event.kinds) - OWN_WORDS | ({AWARD} if event in behind else set())) for event in events]
    kinds = {kind for _, some in told for kind in some}
    measures = {measure for kind in kinds for measure in _readers(kind)}
    people: dict[UUID, list[tuple[FactsChanged, set[str]]]] = {}
    for event, some in told:
        for person in event.person_ids if some else ():
            people.setdefault(person, []).append((event, some))
    if not measures or not people:
        return []
    found = Standing.objects.filter(people__meets=list(people), measure__in=measures).order_by("id")
    return [touched for standing in found if (touched := _by(standing, people))]


def _by(standing: Standing, people: dict[UUID, list[tuple[FactsChanged, set[str]]]]) -> Touched | None:
    for person in standing.people:
        for event, kinds in people.get(person, ()):
            if read := frozenset(kind for kind in kinds if standing.measure in _readers(kind)):
                return _touched(standing, event.cause, corrects=event.corrects, kinds=read)
    return None


def _readers(kind: str) -> Sequence[str]:
    """Measures that changed facts of a kind may change back in time; awards only those that count their amounts."""
    return _counting_awards(law.folder()) if kind == AWARD else index().readers("kind", kind)


@cache
def _counting_awards(folder: Path) -> tuple[str, ...]:
    """Measures worth in a month what other measures leave over in that month."""
    facts = law.load(folder).facts.items()
    counted = [name for name, fact in facts if (fact.plain.get("derive") or {}).get("name") == "monthly_amount"]
    return tuple(sorted({measure for name in counted for measure in _index(folder).readers("fact", name)}))


def _of_months_behind(events: Sequence[FactsChanged]) -> frozenset[FactsChanged]:
    """Events in which an award begins, ends or is worth another sum in a month before the one they were told in."""
    told = [fact_id for event in events if AWARD in event.kinds for fact_id in event.fact_ids]
    awards = {fact.id: fact for fact in (registers.facts_by_ids(told) if told else ()) if fact.kind == AWARD}
    return frozenset(
        event
        for event in events
        if any(_is_behind(awards[fact_id], event) for fact_id in event.fact_ids if fact_id in awards)
    )


def _is_behind(award: Fact, event: FactsChanged) -> bool:
    """A new award is told alone; one told again with its successor began in its own time."""
    month = month_start(event.on)
    ended = award.valid_to is not None and award.valid_to < month
    return ended or bool(award.value.get("months")) or (award.valid_from < month and not event.corrects)


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
