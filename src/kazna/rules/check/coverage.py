"""Examples: each outcome is shown, and each condition once is the only reason of a refusal."""

from __future__ import annotations

from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.examples import read_examples
from kazna.rules.library import Library
from kazna.rules.outcome import Outcome
from kazna.rules.situation import SituationError, TooFewPeople

SHOWN = {"granted": "назначения", "refused": "отказа", "unknown": "нехватки сведений"}


def check_coverage(findings: Findings, library: Library, edition: Edition) -> None:
    outcomes = _outcomes(findings, library, edition)
    states = {outcome.state for outcome in outcomes}
    for state, shown in SHOWN.items():
        if state not in states:
            findings.add(
                edition.measure.place, "untested", f"Нет примера {shown}.", "", "Добавьте его в tests.", "warning"
            )
    for condition in edition.measure.conditions:
        if condition.id not in {reason for outcome in outcomes for reason in _only_reason(outcome)}:
            findings.add(
                condition.place, "untested",
                f"Условие «{condition.id}» ни в одном примере не единственная причина отказа.",
                "Ошибка в нём осталась бы незамеченной.", "Добавьте такой пример.", "warning",
            )  # fmt: skip


def _outcomes(findings: Findings, library: Library, edition: Edition) -> list[Outcome]:
    examples, problems = read_examples(library, edition)
    findings.problems += problems
    outcomes = []
    for example in examples:
        try:
            outcomes.append(edition.determine(example.situation, on=example.on, parameters=library.parameters))
        except (SituationError, TooFewPeople) as refusal:
            findings.add(
                example.place, "example", f"Пример «{example.name}» не считается.", str(refusal), "Исправьте given."
            )
    return outcomes


def _only_reason(outcome: Outcome) -> list[str]:
    failed = [result.id for result in outcome.conditions if result.answer == "no"]
    return failed if len(failed) == 1 else []
