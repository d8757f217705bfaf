"""The bare answer of one evaluation: the same derivations and the same closures, each fact read when it is looked at.

A decision needs every fact for its trace, and every missing fact to ask for. Whoever needs the answer alone stops at
the first condition that refuses, and reads no more of a life than that took.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from kazna.contexts.measures.book import Book, NotKnown
from kazna.contexts.measures.determine import application_day
from kazna.contexts.measures.situation import Director, is_told
from kazna.rules import Edition, Library
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.program import Result
from kazna.rules.situation import converted

NOT_YET = object()
ASKED_ON = ("application.date", "today")


@dataclass(slots=True)
class Known:
    """What was derived of one cast on one day: the same for every edition, as names mean the same in all of them.

    Facts wanted `at` another fact's date are apart, by that date: not every edition looks at it.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    people: dict[tuple[str, str], list[Person] | None] = field(default_factory=dict)
    dated: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)


Memory = dict[tuple[Any, ...], Known]  # of the same people from the same book


def result_plainly(
    library: Library,
    edition: Edition,
    roles: Mapping[str, UUID],
    book: Book,
    on: date,
    memory: Memory | None = None,
) -> Result:
    """State, amount and term as `determine` finds them before it looks at cases of what is missing.

    `memory`: kept by the caller for several editions asked about the same people, on one day, from one book.
    """
    applied_on = application_day(book, edition.id, roles, on)
    stage = Stage(library, edition, roles, book, on, applied_on or on, {} if memory is None else memory)
    return edition.program.result(stage.environment(on))


class Stage:
    """A scene whose facts and people appear when they are looked at."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        roles: Mapping[str, UUID],
        book: Book,
        on: date,
        case_date: date,
        memory: Memory,
    ) -> None:
        cast, dates = tuple(roles.items()), dict(zip(ASKED_ON, (case_date, on), strict=True))
        self.director = Director(library, edition, roles, book, on, case_date, dates)
        self.reads, self.known = reads_of(edition), _known(memory, (cast, on, case_date))
        self._look_at_the_governing_date(edition.document["governing_date"])
        if self.director.on != on:
            self.known = _known(memory, (cast, self.director.on, case_date))
        self.facts = Looked(self.reads.facts, self._fact)

    def environment(self, on: date) -> Environment:
        people = Looked(self.reads.people, self._people)
        return Environment(facts=self.facts, people=people, today=on, parameters=self.director.library.parameters)

    def _look_at_the_governing_date(self, name: str) -> None:
        """As the director does, once for all editions governed by the same date."""
        if name in self.known.days:
            self.director.dates[name] = self.known.days[name]
        self.director.look_at_the_governing_date()
        self.known.days[name] = self.director.on

    def _fact(self, name: str) -> Any:
        """A fact of a role; where it is a date, others may be wanted at it."""
        told = self.known.facts.get(name, NOT_YET)
        if told is NOT_YET:
            told = self._derived_fact(name)
        if isinstance(told, date):
            self.director.dates[name] = told
        return told

    def _derived_fact(self, name: str) -> Any:
        definition, of, at = self.reads.facts[name]
        who = self.director.roles.get(of) or next(iter(self.director.roles.values()))
        if at is None:
            told = self.known.facts[name] = converted(name, definition, self.director.derive(definition.plain, who))
            return told
        if at in self.reads.facts and self.director.order(at) < self.director.order(name):
            self.facts.get(at)  # known first, where the order of a whole scene has it first
        return self._dated((name,), definition, who, at)

    def _dated(self, names: tuple[str, ...], definition: FactDefinition, who: UUID, at: str, tie: str = "") -> Any:
        key = (*names, who, tie, self.director.dates.get(at))
        found = self.known.dated.get(key, NOT_YET)
        if found is NOT_YET:
            told = self.director.derive(definition.plain, who, tie)
            found = self.known.dated[key] = converted(".".join(names), definition, told)
        return found

    def _people(self, relation: str) -> list[Person] | None:
        """Candidates in order, or None when who they are is not known; the same people for editions that read nothing
        of them `at` a date.
        """
        definition, about, is_dated = self.reads.people[relation]
        if is_dated:
            return self._seated(relation, definition)
        found = self.known.people.get((relation, about), NOT_YET)
        if found is NOT_YET:
            found = self.known.people[relation, about] = self._seated(relation, definition)
        return found

    def _seated(self, relation: str, definition: RelationDefinition) -> list[Person] | None:
        try:
            found = self.director.candidates(relation)
        except NotKnown:
            return None
        if not is_told(definition, found):
            return None
        return [self._person(f"{relation}[{place}]", definition, tie, who) for place, (tie, who) in enumerate(found)]

    def _person(self, label: str, definition: RelationDefinition, tie: str, who: UUID) -> Person:
        def look(short: str) -> Any:
            spec = definition.facts[short]
            at = _at(spec)
            if at is None:
                return converted(f"{label}.{short}", spec, self.director.derive(spec.plain, who, tie))
            if at in self.reads.facts:
                self.facts.get(at)
            return self._dated((definition.name, short), spec, who, at, tie)

        return Person(label, tie, Looked(definition.facts, look))


@dataclass(frozen=True, slots=True)
class Reads:
    """What an edition reads. `facts`: name → definition, whose, wanted at the date of. `people`: relation →
    definition, the edition where it decides who they are, whether something of them is wanted at a date.
    """

    facts: Mapping[str, tuple[FactDefinition, str, str | None]]
    people: Mapping[str, tuple[RelationDefinition, str, bool]]


@lru_cache(maxsize=1024)
def reads_of(edition: Edition) -> Reads:
    people = {}
    for relation, fields in edition.relation_facts.items():
        definition = edition.relations[relation]
        issued = any(part.tie == "issued" for part in definition.parts)
        is_dated = any(_at(definition.facts[short]) for short in fields)
        people[relation] = (definition, edition.id if issued else "", is_dated)
    return Reads({name: (fact, fact.plain.get("of", ""), _at(fact)) for name, fact in edition.facts.items()}, people)


def _known(memory: Memory, about: tuple[Any, ...]) -> Known:
    found = memory.get(about)
    if found is None:
        found = memory[about] = Known()
    return found


def _at(definition: FactDefinition) -> str | None:
    """The fact whose date this one is wanted at, where it is not a day of the question itself."""
    at = (definition.plain.get("derive") or {}).get("at")
    return None if at in ASKED_ON else at


class Looked(Mapping[str, Any]):
    """Values made when they are first looked at; unknown ones are not there."""

    def __init__(self, names: Collection[str], look: Callable[[str], Any]) -> None:
        self._names, self._look = names, look
        self._found: dict[str, Any] = {}

    def get(self, name: str, default: Any = None) -> Any:
        found = self._found.get(name, NOT_YET)
        if found is NOT_YET:
            found = self._found[name] = self._look(name) if name in self._names else None
        return default if found is None else found

    def __getitem__(self, name: str) -> Any:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if self.get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
