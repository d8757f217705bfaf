"""Run the examples written in the documents and say how the answers differ from the expected ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.kernel.errors import DomainError
from kazna.rules.documents.example import Example, ExampleReading
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.strict_yaml import Unreadable
from kazna.rules.edition import Edition
from kazna.rules.library import Library
from kazna.rules.outcome import Outcome
from kazna.rules.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """`differences`: one Russian sentence each, empty when the example holds. `outcome` None: it could not run."""

    measure: str
    edition_from: date
    name: str
    place: Place
    ok: bool
    differences: tuple[str, ...]
    outcome: Outcome | None


def run_examples(library: Library, measure: str | None = None) -> list[ExampleResult]:
    """Every example of every edition, or of one measure."""
    return [
        result
        for identity, editions in library.measures.items()
        if measure in (None, identity)
        for edition in editions
        for result in run_edition(library, edition)
    ]


def read_examples(library: Library, edition: Edition) -> tuple[list[Example], list[Problem]]:
    """The examples of an edition that can be run, and what is wrong with the others."""
    findings = Findings()
    steps = {step.name: step.node.type for step in edition.measure.steps}
    reading = ExampleReading(findings, library.facts, library.relations, steps)
    try:
        entries = edition.measure.tests
    except Unreadable as error:
        return [], [error.problem]
    return [example for entry in entries if (example := reading.read(entry)) is not None], findings.problems


def run_edition(library: Library, edition: Edition) -> Iterator[ExampleResult]:
    examples, problems = read_examples(library, edition)
    for problem in problems:
        yield _result(edition, problem.what, problem.place, (str(problem),), None)
    for example in examples:
        try:
            outcome = edition.determine(example.situation, on=example.on, parameters=library.parameters)
        except DomainError as refusal:
            yield _result(edition, example.name, example.place, (str(refusal),), None)
            continue
        yield _result(edition, example.name, example.place, tuple(_differences(example, outcome)), outcome)


def _result(
    edition: Edition, name: str, place: Place, differences: tuple[str, ...], outcome: Outcome | None
) -> ExampleResult:
    return ExampleResult(edition.id, edition.start, name, place, not differences, differences, outcome)


def _differences(example: Example, outcome: Outcome) -> Iterator[str]:
    got = _answer(outcome)
    for key, expected in example.expect.items():
        if key == "steps":
            for step, value in expected.items():
                if got["steps"].get(step) != value:
                    yield f"steps.{step}: получилось {got['steps'].get(step)}, ожидалось {value}"
        elif got[key] != expected:
            yield f"{key}: получилось {_shown(got[key])}, ожидалось {_shown(expected)}"


def _answer(outcome: Outcome) -> dict[str, Any]:
    return {
        "state": outcome.state,
        "amount": outcome.amount_kopecks,
        "because": sorted(result.id for result in outcome.conditions if result.answer == "no"),
        "missing": sorted(outcome.missing),
        "term_from": outcome.term_from,
        "term_to": outcome.term_to,
        "steps": {step.name: step.value for step in outcome.steps},
    }


def _shown(value: Any) -> str:
    return ", ".join(value) or "ничего" if isinstance(value, list) else str(value)
