"""One evaluation, pure: facts in, a right out. The online way and replay both come through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.measures.answering import Answer, answered, same_answer
from kazna.contexts.measures.book import Book, holds
from kazna.contexts.measures.contracts import Missing
from kazna.contexts.measures.situation import Scene, set_scene
from kazna.contexts.measures.subjects import APPLIED, recipient_of, subject_of
from kazna.contexts.registers.contracts import Fact
from kazna.rules import Edition, Library, Outcome
from kazna.rules.evaluate.environment import Environment
from kazna.rules.program import Result
from kazna.rules.situation import prepare

NEVER_STALE: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """What one evaluation gave, with the scene it was played on."""

    edition: Edition
    roles: Mapping[str, UUID]
    answer: Answer
    applied_on: date | None
    missing: tuple[Missing, ...]
    people: frozenset[UUID]
    facts: tuple[Fact, ...]

    @property
    def outcome(self) -> Outcome:
        return self.answer.outcome

    @property
    def mode(self) -> str:
        return self.answer.mode

    @property
    def sentences(self) -> tuple[str, ...]:
        return self.answer.sentences

    @property
    def trace(self) -> dict[str, Any]:
        return self.answer.trace

    @property
    def trace_sha256(self) -> str:
        return self.answer.trace_sha256

    @property
    def fact_ids(self) -> tuple[UUID, ...]:
        """Facts read, in the order they were recorded."""
        return tuple([fact.id for fact in self.facts])


def determine(
    library: Library,
    edition: Edition,
    roles: Mapping[str, UUID],
    book: Book,
    on: date,
    as_of: date | None = None,
    shelf_lives: Mapping[str, int] = NEVER_STALE,
    *,
    afresh: bool = False,
) -> Found:
    """Evaluate an edition for these people on a day, from the facts of the book alone.

    `as_of`: the day to come for which the question is asked; an application filed before it counts from it.
    `shelf_lives`: days for which answers of these kinds may be used, counted back from the day of the case.
    `afresh`: the rule is run even if it has just been for a situation that is exactly the same.
    """
    book, applied_on, scene = _scene(library, edition, roles, book.unread(), on, as_of, shelf_lives)
    facts = tuple(book.facts_read())
    lent = any(fact.digest for fact in facts)  # what is asked on demand is not kept in memory either
    answer = (answered if afresh or lent else same_answer)(edition, library.parameters, scene.situation, on)
    return Found(
        edition=edition,
        roles=roles,
        answer=answer,
        applied_on=applied_on,
        missing=tuple(_missing(library, scene, name, roles) for name in answer.outcome.missing),
        people=frozenset(scene.people),
        facts=facts,
    )


def result_by_cases(library: Library, edition: Edition, roles: Mapping[str, UUID], book: Book, on: date) -> Result:
    """The bare answer with every case of what is missing looked at, as when a decision is to be taken."""
    determiner = edition.determiner
    quick = determiner.quick(library.parameters)
    return determiner.settle(_environment(library, edition, roles, book, on), quick)


def _environment(library: Library, edition: Edition, roles: Mapping[str, UUID], book: Book, on: date) -> Environment:
    _, _, scene = _scene(library, edition, roles, book, on, None, NEVER_STALE)
    determiner = edition.determiner
    prepared = prepare(scene.situation, determiner.facts, determiner.relations)
    return determiner.environment(prepared, on, library.parameters)


def _scene(
    library: Library,
    edition: Edition,
    roles: Mapping[str, UUID],
    book: Book,
    on: date,
    as_of: date | None,
    shelf_lives: Mapping[str, int],
) -> tuple[Book, date | None, Scene]:
    applied_on = application_day(book, edition.id, roles, on)
    case_date = max(day for day in (applied_on or on, as_of) if day)
    if shelf_lives:
        book = book.fresh_for(case_date, shelf_lives)
    return book, applied_on, set_scene(library, edition, roles, book, on, case_date)


def application_day(book: Book, measure: str, roles: Mapping[str, UUID], on: date) -> date | None:
    """The day of the last application or consent for this measure and subject, None when nobody applied."""
    subject, recipient = subject_of(roles), recipient_of(roles)
    days = [
        fact.valid_from
        for kind in APPLIED
        for fact in book.about(kind, recipient)
        if fact.value.get("measure") == measure
        and fact.object_id in (subject, None)
        and fact.valid_from <= on
        and holds(fact, on)
    ]
    return max(days, default=None)


def _missing(library: Library, scene: Scene, name: str, roles: Mapping[str, UUID]) -> Missing:
    """Name the missing fact, its holder and whose it is."""
    if name.startswith("parameter:"):
        parameter = library.parameters[name.removeprefix("parameter:")]
        return Missing(name, parameter.title, "закон", "parameter", None)
    owner, _, short = name.partition(".")
    if not short:
        return Missing(name, library.relations[name].title, "ЗАГС", "vitrine", recipient_of(roles))
    if "[" in owner:
        relation, _, place = owner.rstrip("]").partition("[")
        spec = library.relations[relation].facts[short]
        person_id = scene.rows[relation][int(place)]
    else:
        spec = library.facts[name]
        person_id = roles.get(spec.plain.get("of", "")) or subject_of(roles)
    plain = spec.plain
    return Missing(
        name, spec.title, spec.holder, spec.cost, person_id, spec.question, plain["kind"], str(plain.get("path", ""))
    )
