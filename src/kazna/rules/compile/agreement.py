"""Compare back ends with the interpreter person by person: the interpreter is what a rule means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.decision import Decision, decide
from kazna.rules.compile.frame import Frame, distinct
from kazna.rules.compile.planes.plan import MeasurePlan, make_plan
from kazna.rules.compile.planes.run import decision_at, refusal_masks, run_block
from kazna.rules.compile.python import compile_python
from kazna.rules.compile.situations import Case, cases_of
from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment


@dataclass(frozen=True, slots=True)
class Asked:
    """An edition and the people asked about on one day: as columns and, the same, one by one.

    People of whom exactly the same is known are one case: `case_of_row` says which.
    """

    edition: Edition
    frame: Frame
    cases: list[Case]
    case_of_row: list[int]
    on: date
    parameters: Parameters

    def case(self, row: int) -> Case:
        return self.cases[self.case_of_row[row]]

    def environment(self, row: int) -> Environment:
        return self.environment_of(self.case(row))

    def environment_of(self, case: Case) -> Environment:
        return Environment(facts=case.facts, people=case.people, today=self.on, parameters=self.parameters)

    def of_rows(self, of_cases: list[Decision]) -> list[Decision]:
        """Answers for cases as answers for people."""
        return [of_cases[case] for case in self.case_of_row]


def asked(edition: Edition, frame: Frame, on: date, parameters: Parameters) -> Asked:
    if frame.relations:
        cases, case_of_row = _alike(edition_cases(edition, frame))
        return Asked(edition, frame, cases, case_of_row, on, parameters)
    first, places = distinct(frame)
    told = frame if len(first) == frame.rows else frame.at(first)
    return Asked(edition, frame, edition_cases(edition, told), places.tolist(), on, parameters)


def _alike(cases: list[Case]) -> tuple[list[Case], list[int]]:
    """Each different case once, and which of them each person is."""
    places: dict[Any, int] = {}
    case_of_row = [places.setdefault(_key(case), len(places)) for case in cases]
    found = dict(zip(reversed(case_of_row), reversed(cases), strict=True))
    return [found[place] for place in range(len(places))], case_of_row


def _key(case: Case) -> tuple[Any, ...]:
    people = tuple(
        (name, None if persons is None else tuple((one.tie, tuple(one.facts.items())) for one in persons))
        for name, persons in case.people.items()
    )
    return tuple(case.facts.items()), people


def edition_cases(edition: Edition, frame: Frame) -> list[Case]:
    """The people of a frame one by one, only with what the edition reads."""
    return cases_of(
        frame,
        {name: fact.type for name, fact in edition.facts.items()},
        {
            name: {short: relation.facts[short].type for short in edition.relation_facts[name]}
            for name, relation in edition.relations.items()
        },
    )


def by_interpreter(asked: Asked) -> list[Decision]:
    program = asked.edition.program
    return asked.of_rows([decide(program, asked.environment_of(case)) for case in asked.cases])


def by_planes(asked: Asked) -> list[Decision]:
    """The mass back end; a refusal gets its reasons from the planes of the conditions."""
    plan = make_plan([asked.edition], asked.parameters, asked.on)

    def exact(measure: MeasurePlan, row: int) -> Decision:
        return decide(measure.edition.program, asked.environment(row))

    (answers,) = run_block(plan, asked.frame, exact)
    (masks,) = refusal_masks(plan, asked.frame, exact)
    found = [Decision("refused", None, None, None, int(mask), 0) for mask in masks.tolist()]
    for place, row in enumerate(answers.rows.tolist()):
        found[row] = decision_at(plan.measures[0], answers, place)
    return found


def by_python(asked: Asked) -> list[Decision]:
    """The generated function, person by person."""
    run = compile_python(asked.edition, asked.parameters).decide
    return asked.of_rows([run(case.facts, case.people, asked.on) for case in asked.cases])


Backend = Callable[[Asked], list[Decision]]
BACKENDS: dict[str, Backend] = {"python": by_python, "planes": by_planes}


def by_duckdb(asked: Asked) -> list[Decision]:
    """The same through tables and SQL; read only when wanted."""
    from kazna.rules.compile.sql import decisions

    return decisions.by_duckdb(asked)


DATABASES: dict[str, Backend] = {"duckdb": by_duckdb}  # slower to start: asked for by name


@dataclass(frozen=True, slots=True)
class Difference:
    """One person on whom a back end says something else than the interpreter. `case`: what was known."""

    measure: str
    on: date
    backend: str
    row: int
    expected: Decision
    got: Decision
    case: Case

    def __str__(self) -> str:
        people: dict[str, Any] = {
            name: None if persons is None else [(person.tie, dict(person.facts)) for person in persons]
            for name, persons in self.case.people.items()
        }
        return (
            f"{self.measure} на {self.on}: {self.backend}, человек {self.row}.\n  Должно быть: {self.expected}\n"
            f"  Получилось:  {self.got}\n  Известно: {self.case.facts}\n  Списки: {people}"
        )


@dataclass(slots=True)
class Compared:
    """`states`: how many people the interpreter grants, refuses, leaves undecided. `refused`: back end → why."""

    states: dict[str, int]
    differences: list[Difference]
    refused: dict[str, str]


def compare(asked: Asked, backends: Iterable[str]) -> Compared:
    """Every person on whom a back end differs from the interpreter.

    Compared: state, amount, term, and the conditions not fulfilled or unknown (of a refusal: only those not fulfilled).
    """
    expected = by_interpreter(asked)
    found = Compared({}, [], {})
    for decision in expected:
        found.states[decision.state] = found.states.get(decision.state, 0) + 1
    for name in backends:
        try:
            answers = {**BACKENDS, **DATABASES}[name](asked)
        except CannotCompile as refusal:
            found.refused[name] = str(refusal)
            continue
        for row, (wanted, got) in enumerate(zip(expected, answers, strict=True)):
            if wanted != got and (wanted.state != "refused" or wanted._replace(open=0) != got._replace(open=0)):
                found.differences.append(
                    Difference(asked.edition.id, asked.on, name, row, wanted, got, asked.case(row))
                )
    return found
