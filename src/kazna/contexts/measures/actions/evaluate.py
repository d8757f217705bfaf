"""Evaluate measures for subjects, in bulk: read the facts once, decide in memory, write once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.measures import library as law
from kazna.contexts.measures.actions.ask_agencies import ask_agencies
from kazna.contexts.measures.book import Book, NotKnown
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.measures.determine import Found, determine
from kazna.contexts.measures.models import Standing
from kazna.contexts.measures.subjects import APPLIED, attempts, recipient_of, subject_of
from kazna.contexts.measures.withholding import forget_used
from kazna.contexts.measures.writing import plain_roles, right_row, write_rights, write_standings
from kazna.contexts.registers import public as registers
from kazna.events.measures import RightFound
from kazna.kernel.ordered_ids import ordered_ids
from kazna.kernel.periods import next_month
from kazna.plumbing.outbox import publish_many
from kazna.rules import Library
from kazna.rules.dependencies import kinds_of

ASSIGNED = "measure.assigned"
WORDS = {"application", "award", "fact", "calendar", "officer"}  # triggers that are not life events
RESIDENCE = "person.residence"


def evaluate(asks: Sequence[Ask], on: date) -> list[UUID]:
    """Evaluate each ask once; store the rights, remember where each subject stands, announce them.

    Several asks about one subject and measure are one evaluation. Returns ids of the rights found.
    """
    folder = law.folder()
    library = law.load(folder)
    unique = {(ask.measure, *sorted(map(str, ask.roles.values()))): ask for ask in asks}
    asks = [ask for ask in unique.values() if _in_force(library, ask.measure, on)]
    if not asks:
        return []
    everyone = {person for ask in asks for person in ask.roles.values()}
    book = Book(registers.facts_around(sorted(everyone, key=str)))
    asks = [ask for ask in asks if _may_matter(library, ask, book, on)]
    expected = _expected([ask for ask in asks if ask.as_of is None], on)
    asks = [replace(ask, as_of=ask.as_of or expected.get((ask.measure, subject_of(ask.roles)))) for ask in asks]
    shelf_lives = registers.shelf_lives()
    found = [(ask, _best(library, ask, book, on, shelf_lives)) for ask in asks]
    digest = law.store(folder)
    ids = ordered_ids(len(found))
    write_rights(
        right_row(library, result, on, digest, right_id, trigger=ask.trigger, as_of=ask.as_of)
        for (ask, result), right_id in zip(found, ids, strict=True)
    )
    moving = _beginning(book, on), _beginning(book, on) | _ending(book, on)
    write_standings(
        _standing(library, ask, result, right_id, on, *moving)
        for (ask, result), right_id in zip(found, ids, strict=True)
    )
    ask_agencies([result for _, result in found], on)
    forget_used(result for _, result in found)
    publish_many(
        RightFound(
            right_id, ask.measure, subject_of(result.roles), recipient_of(result.roles), result.outcome.state,
            ask.trigger, on, ask.cause,
        )
        for (ask, result), right_id in zip(found, ids, strict=True)
    )  # fmt: skip
    return ids


def _expected(asks: Sequence[Ask], on: date) -> dict[tuple[str, UUID], date]:
    """Days to come for which these questions were asked before: a consent given early is about that day."""
    asked = {
        "measure__in": {ask.measure for ask in asks},
        "subject_id__any_of": {subject_of(ask.roles) for ask in asks},
    }
    waiting = Standing.objects.filter(as_of__gt=on, **asked)
    return {(measure, subject): day for measure, subject, day in waiting.values_list("measure", "subject_id", "as_of")}


def _in_force(library: Library, measure: str, on: date) -> bool:
    return any(edition.holds(on) for edition in library.measures[measure])


def _may_matter(library: Library, ask: Ask, book: Book, on: date) -> bool:
    """What sources disagree about is no reason to pass somebody over."""
    try:
        return _matters(library, ask, book, on)
    except NotKnown:
        return True


def _matters(library: Library, ask: Ask, book: Book, on: date) -> bool:
    """Without an application a region's measure matters to those who live there, and a measure whose passport
    says so only to people who have facts of some kinds in force.
    """
    document = library.edition(ask.measure, on).document
    if ask.trigger in WORDS:
        return True
    region = document.get("region")
    if region and not any(_lives_in(book, person, str(region), on) for person in ask.roles.values()):
        return False
    kinds = document["passport"].get("only_for")
    if not kinds:
        return True
    return any(book.in_force(kind, person, on) for kind in kinds for person in ask.roles.values())


def _lives_in(book: Book, person_id: UUID, region: str, on: date) -> bool:
    """Unknown is not elsewhere: who has no address on record is not passed over."""
    home = book.latest(RESIDENCE, person_id, on)
    return home is None or str(home.value.get("region", region)) == region


def _best(library: Library, ask: Ask, book: Book, on: date, shelf_lives: Mapping[str, int]) -> Found:
    """The first applicant who is not refused; when all are, the first one's refusal."""
    edition = library.edition(ask.measure, on)
    results = []
    for roles in attempts(ask.roles):
        result = determine(library, edition, roles, book, on, ask.as_of, shelf_lives)
        if result.outcome.state != "refused":
            return result
        results.append(result)
    return results[0]


def _beginning(book: Book, on: date) -> dict[UUID, date]:
    """Awards that begin on a day to come, by the id of their fact: what follows them is asked again then."""
    return {fact.id: fact.valid_from for fact in book.of_kind(ASSIGNED) if fact.valid_from > on}


def _ending(book: Book, on: date) -> dict[UUID, date]:
    """Monthly awards that end within a month, by the id of their fact: who was refused is asked again then."""
    return {
        fact.id: fact.valid_to
        for fact in book.of_kind(ASSIGNED)
        if fact.value.get("period") == "month" and fact.valid_to is not None and on < fact.valid_to <= next_month(on)
    }


def _standing(
    library: Library,
    ask: Ask,
    found: Found,
    right_id: UUID,
    on: date,
    beginning: Mapping[UUID, date],
    moving: Mapping[UUID, date],
) -> tuple[Any, ...]:
    """Where the subject stands now; what would re-open the question, and when."""
    state = found.outcome.state
    return (
        ask.measure, subject_of(found.roles), recipient_of(found.roles), right_id, plain_roles(found.roles), state,
        sorted(found.people, key=str), _awaits(library, found), ask.as_of,
        _ask_again_on(found, on, moving if state == "refused" else beginning),
    )  # fmt: skip


def _awaits(library: Library, found: Found) -> list[str]:
    """Fact kinds that re-open the question: an application where one is wanted, and what was missing."""
    kinds = set()
    if found.mode != "proactive_decision" and found.applied_on is None:
        kinds |= set(APPLIED)
    if found.outcome.state == "unknown":
        for missing in found.missing:
            owner, _, short = missing.fact.partition(".")
            relation = library.relations.get(owner.partition("[")[0])
            spec = relation.facts.get(short) if relation else library.facts.get(missing.fact)
            if spec is not None:
                kinds |= kinds_of(spec)
    return sorted(kinds)


def _ask_again_on(found: Found, on: date, moving: Mapping[UUID, date]) -> date | None:
    """The first of the month for a parameter that may yet be published; the day an award read begins or ends."""
    days = {moving[fact_id] for fact_id in found.fact_ids if fact_id in moving}
    if any(missing.cost == "parameter" for missing in found.missing) and found.outcome.state == "unknown":
        days.add(next_month(on))
    return min(days, default=None)
