"""What each edition reads, and who reads a given kind of fact, parameter, table or shared rule.

index = Dependencies(library)
index.readers("kind", "disability")        # measures to look at when a fact of this kind arrives
index.readers("parameter", "mrot")         # measures to look at when a figure changes
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.edition import Edition
from kazna.rules.evaluate.references import GOVERNING_STEP
from kazna.rules.language.types import Kind
from kazna.rules.library import Library

What = Literal["kind", "fact", "relation", "parameter", "table", "definition"]
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Reads:
    """What an edition reads; every field holds sorted names.

    `facts`: of the vocabulary, members' facts as `relation.fact`. `kinds`: of the catalogue, under which they are
    kept. `dates`: facts that are dates, and `today` when the answer depends on the day itself. `definitions`:
    shared rules, those taken along by others too. `of_conditions`: condition id → the facts it reads.
    """

    measure: str
    start: date
    facts: tuple[str, ...]
    kinds: tuple[str, ...]
    relations: tuple[str, ...]
    parameters: tuple[str, ...]
    tables: tuple[str, ...]
    definitions: tuple[str, ...]
    dates: tuple[str, ...]
    of_conditions: Mapping[str, tuple[str, ...]]

    def names(self, what: What) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(self, f"{what}s")
        return found


class Dependencies:
    """The index of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._reads = {
            (edition.id, edition.start): reads_of(edition, library.facts)
            for editions in library.measures.values()
            for edition in editions
        }
        self._readers: dict[tuple[str, str], dict[str, None]] = {}
        for reads in self._reads.values():
            for what in ("kind", "fact", "relation", "parameter", "table", "definition"):
                for name in reads.names(what):
                    self._readers.setdefault((what, name), {})[reads.measure] = None

    def of(self, edition: Edition) -> Reads:
        return self._reads[(edition.id, edition.start)]

    def of_measure(self, measure: str) -> Iterator[Reads]:
        """Edition by edition, earliest first."""
        for edition in self._library.measures.get(measure, ()):
            yield self.of(edition)

    def readers(self, what: What, name: str) -> tuple[str, ...]:
        """Measures some edition of which reads this; sorted, empty when nobody does."""
        return tuple(sorted(self._readers.get((what, name), ())))


def reads_of(edition: Edition, facts: Mapping[str, FactDefinition]) -> Reads:
    """What one edition reads. `facts`: the whole vocabulary."""
    names = [*edition.fact_names, *_member_names(edition, edition.relation_facts)]
    found = [facts[name] for name in names if name in facts]
    timed = edition.program.compiler.timed
    today = edition.usage.today or (edition.usage.governing and GOVERNING_STEP in timed)
    return Reads(
        measure=edition.id,
        start=edition.start,
        facts=tuple(sorted(names)),
        kinds=tuple(sorted({kind for fact in found for kind in kinds_of(fact)})),
        relations=edition.relation_names,
        parameters=edition.parameter_names,
        tables=tuple(sorted(edition.usage.tables)),
        definitions=tuple(sorted(edition.measure.definitions)),
        dates=tuple(sorted([fact.name for fact in found if fact.type.kind is Kind.DATE] + [TODAY] * today)),
        of_conditions={
            identity: tuple(sorted([*usage.facts, *_member_names(edition, usage.people)]))
            for identity, usage in edition.determiner.usages.items()
        },
    )


def kinds_of(fact: FactDefinition) -> set[str]:
    """The kind it is kept under, and the kinds whose arrival answers it or tells that there is something to ask."""
    derive = fact.plain.get("derive")
    others = [derive.get(key) for key in ("answered_by", "registered_by")] if isinstance(derive, Mapping) else []
    return {str(kind) for kind in (fact.plain.get("kind"), *others) if kind}


def _member_names(edition: Edition, people: Mapping[str, Iterable[str]]) -> list[str]:
    """Names in the vocabulary: a relation may borrow the facts of another one."""
    return [
        edition.relations[relation].facts[short].name
        for relation, names in people.items()
        for short in names
        if short in edition.relations[relation].facts
    ]
