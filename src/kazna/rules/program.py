"""One edition compiled: run it on an environment and see what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from kazna.rules.documents.measure import Condition, Formula, Measure
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.evaluate.code import Code, Compiler
from kazna.rules.evaluate.compiling import new_compiler
from kazna.rules.evaluate.days import reads_day
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.references import GOVERNING_STEP
from kazna.rules.evaluate.spans import high, is_unknown, low
from kazna.rules.outcome import State

Result = tuple[State, int | None, date | None, date | None]  # state, amount, first and last day of the term


class Run(NamedTuple):
    """What one run decided. `answers`: in the order of `Program.conditions`; absent when not in force.

    `amount` and the term are None while the state is not granted; `missing` is empty unless it is unknown.
    """

    state: State
    answers: list[tuple[Condition, bool | None, frozenset[str]]]
    amount: int | None
    term_from: date | None
    term_to: date | None
    missing: frozenset[str]

    @property
    def result(self) -> Result:
        return self.state, self.amount, self.term_from, self.term_to


@dataclass(slots=True)
class Program:
    """Closures of every expression of an edition."""

    measure: Measure
    compiler: Compiler
    governing: Code
    conditions: tuple[tuple[Condition, Code], ...]
    amount: Code | None
    term_from: Code | None
    term_to: Code | None
    choices: Mapping[str, tuple[tuple[Code | None, str], ...]]

    def choose(self, key: str, environment: Environment) -> str | None:
        """The first line of a choice whose condition is known to hold; None when there is no such choice."""
        environment.governing = self.governing.value(environment)
        for when, value in self.choices.get(key, ()):
            if when is None or when.value(environment) is True:
                return value
        return None

    def run(self, environment: Environment) -> Run:
        environment.governing = self.governing.value(environment)
        answers = [
            (condition, *self._answer(condition, code, environment))
            for condition, code in self.conditions
            if in_force(condition, environment.governing) is not False
        ]
        found = {answer for _, answer, _ in answers}
        if False in found:
            return Run("refused", answers, None, None, None, frozenset())
        results, missing = self._results(environment)
        missing = missing.union(*(facts for _, _, facts in answers))
        if None in found or missing:
            return Run("unknown", answers, None, None, None, missing)
        amount, term_from, term_to = results
        return Run("granted", answers, amount, term_from, term_to, frozenset())

    def result(self, environment: Environment) -> Result:
        """The result of `run` alone: nothing is read after the first refusal, and what is missing is not named."""
        environment.governing = self.governing.value(environment)
        is_open = False
        for condition, code in self.conditions:
            holds = in_force(condition, environment.governing)
            found = code.value(environment) if holds is not False else True
            if found is False and holds:
                return "refused", None, None, None
            is_open |= found is not True
        results, missing = ([], frozenset()) if is_open else self._results(environment)
        if is_open or missing:
            return "unknown", None, None, None
        amount, term_from, term_to = results
        return "granted", amount, term_from, term_to

    def step_value(self, name: str, environment: Environment) -> Any:
        """The value of a step, computed once in a determination."""
        if name not in environment.steps:
            environment.steps[name] = self.compiler.steps[name].value(environment)
        return environment.steps[name]

    def _answer(self, condition: Condition, code: Code, environment: Environment) -> tuple[bool | None, frozenset[str]]:
        found = code.value(environment)
        unsure = in_force(condition, environment.governing) is None
        if found is True or (found is False and not unsure):
            return found, frozenset()
        missing: set[str] = set()
        if found is None:
            code.missing(environment, missing)
        if unsure:
            self.governing.missing(environment, missing)
        return None, frozenset(missing)

    def _results(self, environment: Environment) -> tuple[list[Any], frozenset[str]]:
        """The amount and the ends of the term, and what keeps them unknown."""
        results: list[Any] = []
        missing: set[str] = set()
        for code in (self.amount, self.term_from, self.term_to):
            value = code.value(environment) if code is not None else None
            if code is not None and is_unknown(value):
                code.missing(environment, missing)
            results.append(value)
        if is_unknown(environment.governing):
            self.governing.missing(environment, missing)
        if results[2] == date.max:
            results[2] = None
        return results, frozenset(missing)


def in_force(condition: Condition, governing: Any) -> bool | None:
    """Whether the condition is in force on the governing date; None while that may turn out either way."""
    if condition.since is None and condition.until is None:
        return True
    first, last = low(governing), high(governing)
    since, until = condition.since or date.min, condition.until or date.max
    if last < since or until < first:
        return False
    return True if since <= first and last <= until else None


def compile_program(measure: Measure, relations: Mapping[str, RelationDefinition]) -> Program:
    """Compile in the order in which expressions may use one another."""
    compiler = new_compiler(measure.tables, relations, measure.calendar)
    named = [(GOVERNING_STEP, measure.governing), *((step.name, step.node) for step in measure.steps)]
    for name, node in named:
        if reads_day(compiler, node):
            compiler.timed.add(name)
        compiler.steps[name] = compiler.compile(node)

    def formula(part: Formula | None) -> Code | None:
        return compiler.compile(part.node) if part is not None else None

    return Program(
        measure=measure,
        compiler=compiler,
        governing=compiler.steps[GOVERNING_STEP],
        conditions=tuple((condition, compiler.compile(condition.node)) for condition in measure.conditions),
        amount=formula(measure.amount),
        term_from=formula(measure.term_from),
        term_to=formula(measure.term_to),
        choices={
            key: tuple((compiler.compile(line.when) if line.when is not None else None, line.value) for line in lines)
            for key, lines in measure.choices.items()
        },
    )
