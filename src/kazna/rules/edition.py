"""One edition of a measure, compiled: what it reads and how to determine it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from kazna.rules.determination import Determiner, Quick
from kazna.rules.documents.measure import Citation, Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.language.nodes import Node
from kazna.rules.outcome import Outcome
from kazna.rules.program import Program, compile_program
from kazna.rules.situation import Situation
from kazna.rules.usage import UsageReader

LANGUAGE = 1  # raise it when the meaning of any construct changes: digests of all editions change with it


class Edition:
    """`digest`: of everything that decides the result except parameters. Names are sorted tuples.

    `fact_names`: facts read, members' facts apart in `relation_facts` (relation → short names).
    `parameters`: those of its release. `quicken` makes the generated Python of the edition when first wanted.
    """

    def __init__(
        self,
        measure: Measure,
        facts: Mapping[str, FactDefinition],
        relations: Mapping[str, RelationDefinition],
        parameters: Parameters,
        quicken: Callable[[Edition], Quick | None] = lambda edition: None,
    ) -> None:
        self.measure = measure
        self.parameters = parameters
        self.id = measure.id
        self.title = measure.title
        self.short_title = measure.short_title
        self.start, self.end = measure.start, measure.end
        self.document: Mapping[str, Any] = measure.plain
        self.laws = measure.law
        reader = UsageReader(measure, relations)
        usage = reader.of_measure()
        self.fact_names = tuple(sorted(usage.facts))
        self.relation_names = tuple(sorted(usage.people))
        self.relation_facts = {name: tuple(sorted(names)) for name, names in sorted(usage.people.items())}
        self.parameter_names = tuple(sorted(usage.parameters))
        self.facts = {name: facts[name] for name in self.fact_names}
        self.relations = {name: relations[name] for name in self.relation_names}
        self.usage = usage
        self.results_usage = reader.of_results()
        self.own_parameters = reader.own_parameters()
        self.idle_steps = reader.idle_steps()
        self._reader = reader
        self._quicken = quicken

    @property
    def expressions(self) -> Iterator[Node]:
        """What decides and counts: the measure's own expressions and who belongs to the people it counts over."""
        measure = self.measure
        yield measure.governing
        for named in (*measure.steps, *measure.conditions, measure.amount, measure.term_from, measure.term_to):
            if named is not None:
                yield named.node
        for relation in self.relations.values():
            yield from (part.when for part in relation.parts if part.when is not None)

    @cached_property
    def program(self) -> Program:
        """The closures of every expression; compiled when first wanted."""
        return compile_program(self.measure, self.relations)

    @cached_property
    def determiner(self) -> Determiner:
        return Determiner(
            measure=self.measure,
            digest=self.digest,
            program=self.program,
            facts=self.facts,
            relations=self.relations,
            usages={condition.id: self._reader.of([condition.node]) for condition in self.measure.conditions},
            quick=lambda parameters: self.quick if parameters is self.parameters else None,
        )

    @cached_property
    def quick(self) -> Quick | None:
        """Generated Python that decides as the program does, for the parameters of the release; None without it."""
        return self._quicken(self)

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def determine(self, situation: Situation, *, on: date, parameters: Parameters) -> Outcome:
        """The answer on the operating day `on`; raises SituationError on a value of the wrong type."""
        return self.determiner.determine(situation, on=on, parameters=parameters)

    def choose(self, key: str, situation: Situation, on: date) -> str | None:
        """`mode` or `body` of the passport for this situation; a condition not known to hold does not count."""
        return self.determiner.choose(key, situation, on=on, parameters=self.parameters)

    def cite(self, citation: Citation) -> str:
        """«81-ФЗ, статья 9; ПП № 2330»: how the citation is shown to people."""
        return "; ".join(cited(self.laws[key], citation.article) for key in citation.keys if key in self.laws)

    @cached_property
    def digest(self) -> str:
        """Of the document without examples, and of all it reads except parameters."""
        members = {
            f"{relation}.{name}": self.relations[relation].facts[name].plain
            for relation, names in self.relation_facts.items()
            for name in names
            if name in self.relations[relation].facts
        }
        source = {
            "language": LANGUAGE,
            "document": {key: value for key, value in self.document.items() if key != "tests"},
            "facts": {name: fact.plain for name, fact in self.facts.items()} | members,
            "relations": {name: relation.plain for name, relation in self.relations.items()},
            "tables": {name: self.measure.tables[name].plain for name in self.usage.tables},
        }
        if self.measure.definitions:
            source["definitions"] = dict(self.measure.definitions)
        if self.usage.calendar:
            calendar = self.measure.calendar
            source["calendar"] = {
                str(year): [
                    sorted(map(str, calendar.days_off[year])),
                    sorted(map(str, calendar.working_weekends[year])),
                ]
                for year in sorted(calendar.years)
            }
        text = json.dumps(source, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def cited(law: Mapping[str, Any], article: str) -> str:
    """The act by its short name and the place in it."""
    place = article or str(law.get("place") or "")
    short = str(law.get("short") or "") or short_act(str(law.get("act", "")))
    return f"{short}, {place}" if place else short


def short_act(act: str) -> str:
    """«Федеральный закон от 19.05.1995 № 81-ФЗ» → «81-ФЗ»; a decree keeps its kind; other acts stay whole."""
    number = act.rpartition("№ ")[2].split()[0].rstrip(",.;") if "№ " in act else ""
    if number.endswith("ФЗ"):
        return number
    return f"ПП РФ № {number}" if number and act.startswith("Постановление Правительства") else act
