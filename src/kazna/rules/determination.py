"""Determine one measure for one situation: run, analyse cases, order what is missing, build the outcome."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kazna.rules.cases import domain, settled, split, with_values
from kazna.rules.critical import critical_values
from kazna.rules.documents.measure import Condition, Measure
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import COSTS, FactDefinition
from kazna.rules.evaluate.environment import Environment, Person
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.language.types import Kind
from kazna.rules.outcome import Answer, ConditionResult, Outcome, ParameterUsed, StepResult
from kazna.rules.program import Program, Result, Run
from kazna.rules.situation import Prepared, Situation, prepare
from kazna.rules.usage import Usage
from kazna.rules.witnesses import samples, witnessed

MOST_OPEN = 4  # with more facts missing, a number or date is asked for without looking whether it can matter
EVEN: Mapping[str, Fraction] = {}
Quick = Callable[[Mapping[str, Any], Mapping[str, list[Person] | None], date], tuple[Any, ...]]
ANSWERS: dict[bool | None, Answer] = {True: "yes", False: "no", None: "unknown"}


@dataclass(slots=True)
class Determiner:
    """What an edition needs to determine. `usages`: condition id → what it reads.

    `quick`: generated Python that decides as the program does, None when there is none for these parameters.
    """

    measure: Measure
    digest: str
    program: Program
    facts: Mapping[str, FactDefinition]
    relations: Mapping[str, RelationDefinition]
    usages: Mapping[str, Usage]
    quick: Callable[[Parameters], Quick | None]

    def environment(self, prepared: Prepared, on: date, parameters: Parameters) -> Environment:
        return Environment(facts=prepared.facts, people=prepared.people, today=on, parameters=parameters)

    def choose(self, key: str, situation: Situation, *, on: date, parameters: Parameters) -> str | None:
        prepared = prepare(situation, self.facts, self.relations)
        return self.program.choose(key, self.environment(prepared, on, parameters))

    def determine(self, situation: Situation, *, on: date, parameters: Parameters) -> Outcome:
        prepared = prepare(situation, self.facts, self.relations)
        environment = self.environment(prepared, on, parameters)
        run, by_cases = self.decide(environment, self.quick(parameters))
        return self._outcome(environment, situation, prepared, run, by_cases, parameters)

    def decide(self, environment: Environment, quick: Quick | None = None) -> tuple[Run, tuple[str, ...]]:
        """The run, sharpened by case analysis, and the unknown facts that were found not to matter.

        `quick` tries the cases, of which there may be dozens; without it the program does.
        """
        run = self.program.run(environment)
        if run.state != "unknown":
            return run, ()
        again = self._again(environment)
        result_with = tried(environment, quick) if quick else lambda values: again(values).result
        return split(run, self._domains(environment, run.missing, result_with), result_with, again)

    def settle(self, environment: Environment, quick: Quick | None = None) -> Result:
        """The result of `decide` alone, for no more cases than are needed to see whether they agree."""
        run = self.program.run(environment)
        if run.state != "unknown":
            return run.result
        again = self._again(environment)
        result_with = tried(environment, quick) if quick else lambda values: again(values).result
        return settled(self._domains(environment, run.missing, result_with), result_with) or run.result

    def _again(self, environment: Environment) -> Callable[[Mapping[str, Any]], Run]:
        return lambda values: self.program.run(with_values(environment, values))

    def _domains(
        self,
        environment: Environment,
        missing: Collection[str],
        result_with: Callable[[Mapping[str, Any]], Result],
    ) -> dict[str, tuple[Any, ...]]:
        """The values to try: all of them, or those at which the rule turns; none when all facts surely matter."""
        definitions = {name: found for name in missing if (found := self.definition(name)) is not None}
        domains = {name: domain(found.type) for name, found in definitions.items()}
        wide = [name for name, values in domains.items() if not values]
        if not wide or len(missing) > MOST_OPEN:
            return domains
        alone = len(missing) == 1
        sampled = {name: samples(found.type, alone=alone) for name, found in definitions.items()}
        if witnessed(sampled, result_with) == set(missing):
            return {}
        for name in wide:
            domains[name] = critical_values(self.program, environment, name, definitions[name])
        return domains

    def definition(self, name: str) -> FactDefinition | None:
        """The definition of a fact as missing lists name it; None for parameters and whole relations."""
        relation, bracket, rest = name.partition("[")
        if bracket and relation in self.relations:
            return self.relations[relation].facts.get(rest.partition("].")[2])
        return self.facts.get(name)

    def _rank(self, name: str, shares: Mapping[str, Fraction]) -> tuple[int, Fraction, int, str]:
        """Own register first, the citizen last, and what no agency can supply after all; then what decides most."""
        found, share = self.definition(name), -shares.get(name, Fraction(0))
        if found is None:
            return (COSTS.index("own") if name in self.relations else len(COSTS), share, 0, name)
        return COSTS.index(found.cost), share, found.days, name

    def _ordered(self, names: Iterable[str], shares: Mapping[str, Fraction] = EVEN) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: self._rank(name, shares)))

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
            missing=self._ordered(run.missing, _shares(run)),
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


def tried(environment: Environment, quick: Quick) -> Callable[[Mapping[str, Any]], Result]:
    """The bare result with some facts known, by generated Python."""

    def result_with(values: Mapping[str, Any]) -> Result:
        known = with_values(environment, values)
        return quick(known.facts, known.people, known.today)[:4]

    return result_with


def _shares(run: Run) -> dict[str, Fraction]:
    """How much each missing fact decides: a whole condition where it is alone, a part of it beside others."""
    shares: dict[str, Fraction] = {}
    for _, _, missing in run.answers:
        for name in missing & run.missing:
            shares[name] = shares.get(name, Fraction(0)) + Fraction(1, len(missing & run.missing))
    return shares


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
