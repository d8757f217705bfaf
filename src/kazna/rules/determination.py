"""Determine one measure for one situation: run, analyse cases, order what is missing, build the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.cases import domain, split, with_values
from kazna.rules.documents.measure import Condition, Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import COSTS, FactDefinition
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.language.types import Kind
from kazna.rules.outcome import Answer, ConditionResult, Outcome, ParameterUsed, StepResult
from kazna.rules.program import Program, Run
from kazna.rules.situation import Prepared, Situation, prepare
from kazna.rules.usage import Usage

ANSWERS: dict[bool | None, Answer] = {True: "yes", False: "no", None: "unknown"}


@dataclass(slots=True)
class Determiner:
    """What an edition needs to determine. `usages`: condition id → what it reads."""

    measure: Measure
    digest: str
    program: Program
    facts: Mapping[str, FactDefinition]
    relations: Mapping[str, RelationDefinition]
    usages: Mapping[str, Usage]

    def environment(self, prepared: Prepared, on: date, parameters: Parameters) -> Environment:
        return Environment(facts=prepared.facts, people=prepared.people, today=on, parameters=parameters)

    def choose(self, key: str, situation: Situation, *, on: date, parameters: Parameters) -> str | None:
        prepared = prepare(situation, self.facts, self.relations)
        return self.program.choose(key, self.environment(prepared, on, parameters))

    def determine(self, situation: Situation, *, on: date, parameters: Parameters) -> Outcome:
        prepared = prepare(situation, self.facts, self.relations)
        environment = self.environment(prepared, on, parameters)
        run, by_cases = self._decided(environment)
        return self._outcome(environment, situation, prepared, run, by_cases, parameters)

    def decide(self, environment: Environment) -> Run:
        """The answer alone, without what an explanation needs."""
        return self._decided(environment)[0]

    def _decided(self, environment: Environment) -> tuple[Run, tuple[str, ...]]:
        run = self.program.run(environment)
        if run.state != "unknown":
            return run, ()
        return split(run, self._domains(run.missing), self._again(environment))

    def _again(self, environment: Environment) -> Callable[[Mapping[str, Any]], Run]:
        return lambda values: self.program.run(with_values(environment, values))

    def _domains(self, missing: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        definitions = {name: self.definition(name) for name in missing}
        return {name: domain(found.type) for name, found in definitions.items() if found is not None}

    def definition(self, name: str) -> FactDefinition | None:
        """The definition of a fact as missing lists name it; None for parameters and whole relations."""
        relation, bracket, rest = name.partition("[")
        if bracket and relation in self.relations:
            return self.relations[relation].facts.get(rest.partition("].")[2])
        return self.facts.get(name)

    def _cost(self, name: str) -> tuple[int, int, str]:
        """Own register first, the citizen last, and what no agency can supply after all."""
        found = self.definition(name)
        if found is None:
            return (COSTS.index("own") if name in self.relations else len(COSTS), 0, name)
        return COSTS.index(found.cost), found.days, name

    def _ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=self._cost))

    def _outcome(
        self,
        environment: Environment,
        situation: Situation,
        prepared: Prepared,
        run: Run,
        by_cases: tuple[str, ...],
        parameters: Parameters,
    ) -> Outcome:
        steps = self._steps(environment)
        governing = environment.governing
        return Outcome(
            measure=self.measure.id,
            edition=self.digest,
            parameters=parameters.digest,
            on=environment.today,
            governing_date=None if is_unknown(governing) else governing,
            state=run.state,
            amount_kopecks=run.amount,
            term_from=run.term_from,
            term_to=run.term_to,
            conditions=tuple(self._condition(environment, *answer) for answer in run.answers),
            steps=steps,
            parameters_used=_parameters_used(environment),
            missing=self._ordered(run.missing),
            presumed=tuple(sorted(environment.presumed)),
            by_cases=by_cases,
            unknown_reasons=self._reasons(prepared),
            situation=situation,
        )

    def _condition(
        self, environment: Environment, condition: Condition, answer: bool | None, missing: frozenset[str]
    ) -> ConditionResult:
        usage = self.usages[condition.id]
        facts = [(name, environment.facts.get(name)) for name in usage.facts]
        for relation, names in usage.people.items():
            for person in environment.people.get(relation) or ():
                facts += [(f"{person.label}.{name}", person.facts.get(name)) for name in names]
        return ConditionResult(
            id=condition.id,
            title=condition.title,
            answer=ANSWERS[answer],
            law=condition.citation.keys,
            facts=tuple(facts),
            missing=self._ordered(missing),
            steps=tuple(usage.steps),
        )

    def _steps(self, environment: Environment) -> tuple[StepResult, ...]:
        results = []
        for step in self.measure.steps:
            value = self.program.step_value(step.name, environment)
            known = None if is_unknown(value) else value
            results.append(
                StepResult(step.name, step.title, known, step.node.type.kind is Kind.MONEY, step.citation.keys)
            )
        return tuple(results)

    def _reasons(self, prepared: Prepared) -> dict[str, str]:
        return {name: reason for name, reason in prepared.reasons.items() if self.definition(name) is not None}


def _parameters_used(environment: Environment) -> tuple[ParameterUsed, ...]:
    used = []
    for (name, key, _), row in sorted(
        environment.used.items(), key=lambda item: (item[0][0], item[0][1] or "", item[0][2])
    ):
        parameter = environment.parameters[name]
        used.append(
            ParameterUsed(
                name=name,
                title=parameter.title,
                key=key,
                value=row.value,
                is_money=parameter.type.kind is Kind.MONEY,
                start=row.start,
                end=row.end,
                law=row.law,
                source=row.source,
                verified=row.verified,
            )
        )
    return tuple(dict.fromkeys(used))
