"""The bare answer of one evaluation: the same derivations and the same closures, each fact read when it is looked at.

A decision needs every fact for its trace, and every missing fact to ask for. Whoever needs the answer alone stops at
the first condition that refuses, and reads no more of a life than that took.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.measures.book import Book, NotKnown
from kazna.contexts.measures.determine import application_day
from kazna.contexts.measures.situation import Director, is_told
from kazna.rules import Edition, Library
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.program import Result
from kazna.rules.situation import converted

Memory = dict[tuple[Any, ...], Any]  # what was derived about the same people from the same book
NOT_YET = object()


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
        dates = {"application.date": case_date, "today": on}
        self.director = Director(library, edition, roles, book, on, case_date, dates)
        self.edition, self.memory = edition, memory
        self.director.look_at_the_governing_date()
        self.facts = Looked(edition.fact_names, self._fact)
        self.about = (*sorted(roles.items()), self.director.on, case_date)

    def environment(self, on: date) -> Environment:
        people = Looked(tuple(self.edition.relation_facts), self._people)
        return Environment(facts=self.facts, people=people, today=on, parameters=self.director.library.parameters)

    def _fact(self, name: str) -> Any:
        """A fact of a role; where it is a date, others may be wanted at it."""
        definition = self.edition.facts[name]
        plain = definition.plain
        who = self.director.roles.get(plain.get("of", "")) or next(iter(self.director.roles.values()))
        self._look_at_date(plain, before=name)
        told = self._derived((name,), definition, who)
        if isinstance(told, date):
            self.director.dates[name] = told
        return converted(name, definition, told)

    def _look_at_date(self, plain: Mapping[str, Any], before: str = "") -> None:
        """The date at which a fact is wanted is known first, where the order of a whole scene has it first."""
        at = (plain.get("derive") or {}).get("at")
        if at in self.edition.facts and (not before or self.director.order(at) < self.director.order(before)):
            self.facts.get(at)

    def _derived(self, names: tuple[str, ...], definition: FactDefinition, who: UUID, tie: str = "") -> Any:
        plain = definition.plain
        at = self.director.dates.get((plain.get("derive") or {}).get("at"))
        key = (*names, who, tie, at, *self.about)
        found = self.memory.get(key, NOT_YET)
        if found is NOT_YET:
            found = self.memory[key] = self.director.derive(plain, who, tie)
        return found

    def _people(self, relation: str) -> list[Person] | None:
        """Candidates in order, or None when who they are is not known."""
        definition = self.edition.relations[relation]
        try:
            found = self._candidates(relation)
        except NotKnown:
            return None
        if not is_told(definition, found):
            return None
        people = []
        for place, (tie, who) in enumerate(found):
            label = f"{relation}[{place}]"

            def look(short: str, tie: str = tie, who: UUID = who, label: str = label) -> Any:
                spec = definition.facts[short]
                self._look_at_date(spec.plain)
                return converted(f"{label}.{short}", spec, self._derived((relation, short), spec, who, tie))

            people.append(Person(label, tie, Looked(self.edition.relation_facts[relation], look)))
        return people

    def _candidates(self, relation: str) -> list[tuple[str, UUID]]:
        ties = {part.tie for part in self.edition.relations[relation].parts}
        key = (relation, self.edition.id if "issued" in ties else "", *self.about)
        found = self.memory.get(key, NOT_YET)
        if found is NOT_YET:
            found = self.memory[key] = self.director.candidates(relation)
        return list(found)


class Looked(Mapping[str, Any]):
    """Values made when they are first looked at; unknown ones are not there."""

    def __init__(self, names: tuple[str, ...], look: Callable[[str], Any]) -> None:
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
