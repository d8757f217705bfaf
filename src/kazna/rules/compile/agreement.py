"""Compare back ends with the interpreter person by person: the interpreter is what a rule means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.compile.decision import Decision, decide
from kazna.rules.compile.frame import Frame
from kazna.rules.compile.planes.plan import MeasurePlan, make_plan
from kazna.rules.compile.planes.run import decision_at, refusal_masks, run_block
from kazna.rules.compile.python import compile_python
from kazna.rules.compile.situations import prepared_row
from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment

Backend = Callable[[Edition, Frame, date, Parameters], list[Decision]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One person on whom a back end says something else than the interpreter. `facts`: what was known."""

    measure: str
    backend: str
    row: int
    expected: Decision
    got: Decision
    facts: dict[str, Any]
    people: dict[str, Any]

    def __str__(self) -> str:
        known = "; ".join(f"{name}={value}" for name, value in self.facts.items())
        return (
            f"{self.measure}: {self.backend}, человек {self.row}: получилось {self.got}, должно быть {self.expected}."
            f" Известно: {known}; списки: {self.people}"
        )


def environment_of(edition: Edition, frame: Frame, row: int, on: date, parameters: Parameters) -> Environment:
    """The interpreter's view of one row, only with what the edition reads."""
    prepared = prepared_row(
        frame,
        row,
        {name: fact.type for name, fact in edition.facts.items()},
        {
            name: {short: relation.facts[short].type for short in edition.relation_facts[name]}
            for name, relation in edition.relations.items()
        },
    )
    return Environment(facts=prepared.facts, people=prepared.people, today=on, parameters=parameters)


def by_interpreter(edition: Edition, frame: Frame, on: date, parameters: Parameters) -> list[Decision]:
    program = edition.program
    return [decide(program, environment_of(edition, frame, row, on, parameters)) for row in range(frame.rows)]


def by_planes(edition: Edition, frame: Frame, on: date, parameters: Parameters) -> list[Decision]:
    """The mass back end; a refusal gets its reasons from the planes of the conditions."""
    plan = make_plan([edition], parameters, on)

    def exact(measure: MeasurePlan, row: int) -> Decision:
        return decide(measure.edition.program, environment_of(edition, frame, row, on, parameters))

    (answers,) = run_block(plan, frame, exact)
    (masks,) = refusal_masks(plan, frame, exact)
    found = [Decision("refused", None, None, None, int(mask), 0) for mask in masks.tolist()]
    for place, row in enumerate(answers.rows.tolist()):
        found[row] = decision_at(plan.measures[0], answers, place)
    return found


def by_python(edition: Edition, frame: Frame, on: date, parameters: Parameters) -> list[Decision]:
    """The generated function, person by person."""
    run = compile_python(edition, parameters).decide
    found = []
    for row in range(frame.rows):
        environment = environment_of(edition, frame, row, on, parameters)
        found.append(run(environment.facts, environment.people, on))
    return found


BACKENDS: dict[str, Backend] = {"python": by_python, "planes": by_planes}


def differences(
    edition: Edition, frame: Frame, on: date, parameters: Parameters, backends: dict[str, Backend]
) -> Iterator[Difference]:
    """Every person on whom a back end differs from the interpreter.

    Compared: state, amount, term, and the conditions not fulfilled or unknown (of a refusal: only those not fulfilled).
    """
    expected = by_interpreter(edition, frame, on, parameters)
    for name, backend in backends.items():
        for row, (wanted, got) in enumerate(zip(expected, backend(edition, frame, on, parameters), strict=True)):
            if wanted.state == "refused":
                wanted, got = wanted._replace(open=0), got._replace(open=0)
            if wanted != got:
                environment = environment_of(edition, frame, row, on, parameters)
                people = {
                    relation: None if persons is None else [(person.tie, dict(person.facts)) for person in persons]
                    for relation, persons in environment.people.items()
                }
                yield Difference(edition.id, name, row, wanted, got, dict(environment.facts), people)
