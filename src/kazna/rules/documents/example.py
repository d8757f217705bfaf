"""An example in a document: a situation on a day and the answer a lawyer expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.series import read_series
from kazna.rules.documents.values import read_value
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.series import Series
from kazna.rules.language.nodes import Constant
from kazna.rules.language.types import Kind, Type, money
from kazna.rules.problems import Place, near_miss
from kazna.rules.situation import TIE, Situation

KEYS = ("name", "on", "given", "expect", "source", "notes", "law")
EXPECT_KEYS = ("state", "amount", "because", "missing", "term_from", "term_to", "steps")
STATES = ("granted", "refused", "unknown")
MONEY = money(0, 0)


@dataclass(slots=True)
class Example:
    """`expect`: only the keys the author gave; money in kopecks, an open term is None."""

    name: str
    on: date
    situation: Situation
    expect: dict[str, Any]
    place: Place


@dataclass(slots=True)
class ExampleReading:
    """Reads the examples of one measure. `steps`: name → type."""

    findings: Findings
    facts: Mapping[str, FactDefinition]
    relations: Mapping[str, RelationDefinition]
    steps: Mapping[str, Type]
    names: set[str] = field(default_factory=set)

    def read(self, entry: Entry) -> Example | None:
        """The example, or None when it cannot be run (the reason is noted)."""
        if not self.findings.only_keys(entry, KEYS, "пример"):
            return None
        name = self.findings.text(self.findings.needed(entry, "name", "пример"))
        if name in self.names:
            self.findings.add(entry.place, "name_taken", f"Пример «{name}» уже есть.", what_to_do="Назовите его иначе.")
        self.names.add(name)
        on = self.findings.day(self.findings.needed(entry, "on", f"пример «{name}»"))
        given = self.findings.needed(entry, "given", f"пример «{name}»")
        expect = self.findings.needed(entry, "expect", f"пример «{name}»")
        if on is None or given is None or expect is None:
            return None
        return Example(name, on, self.situation(given), self._expect(expect), entry.place)

    def situation(self, given: Entry) -> Situation:
        """The facts and people of a `given:`; what cannot be read is noted and left unknown."""
        facts: dict[str, Any] = {}
        relations: dict[str, list[dict[str, Any]] | None] = {}
        for name, entry in given.items():
            if name in self.relations:
                relations[name] = [self._row(name, row) for row in entry.parts()] if entry.is_list else None
            elif name in self.facts:
                facts[name] = self._value(entry, self.facts[name].type)
            else:
                place = given.key_places.get(name, given.place)
                advice = near_miss(name, [*self.facts, *self.relations])
                self.findings.add(place, "unknown_name", f"Факта «{name}» нет в словаре.", what_to_do=advice)
        return Situation(facts, relations)

    def _row(self, relation: str, row: Entry) -> dict[str, Any]:
        facts = self.relations[relation].facts
        if not self.findings.only_keys(row, (TIE, *facts), f"строка списка «{relation}»"):
            return {}
        found: dict[str, Any] = {}
        for name, entry in row.items():
            found[name] = (
                self._tie(relation, entry)
                if name == TIE
                else self._value(entry, facts[name].type)
                if name in facts
                else None
            )
        return found

    def _tie(self, relation: str, entry: Entry) -> str:
        return self.findings.word(entry, [part.tie for part in self.relations[relation].parts])

    def _value(self, entry: Entry, kind: Type) -> Constant | Series | None:
        if kind.kind is Kind.SERIES and entry.value is not None:
            return read_series(self.findings, entry)
        return None if entry.value is None else read_value(self.findings, entry, kind)

    def _expect(self, expect: Entry) -> dict[str, Any]:
        if not self.findings.only_keys(expect, EXPECT_KEYS, "ожидание"):
            return {}
        self.findings.word(expect.get("state"), STATES)
        found: dict[str, Any] = {}
        for key, entry in expect.items():
            if key == "amount":
                found[key] = self._value(entry, MONEY)
            elif key in ("because", "missing"):
                found[key] = sorted(self.findings.words(entry))
            elif key in ("term_from", "term_to"):
                open_end = entry.value is None or entry.value == "never"
                found[key] = None if open_end else self.findings.day(entry)
            elif key == "steps":
                found[key] = self._steps(entry)
            elif key == "state":
                found[key] = entry.value
        return found

    def _steps(self, section: Entry) -> dict[str, Any]:
        self.findings.only_keys(section, self.steps, "шаги")
        return {name: self._value(entry, self.steps[name]) for name, entry in section.items() if name in self.steps}
