"""Examples: each outcome is shown, and each condition once is the only reason of a refusal."""

from __future__ import annotations

from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.examples import read_examples
from kazna.rules.library import Library
from kazna.rules.program import Run
from kazna.rules.situation import SituationError, TooFewPeople

SHOWN = {"granted": "назначения", "refused": "отказа", "unknown": "нехватки сведений"}


def check_coverage(findings: Findings, library: Library, edition: Edition) -> None:
    runs = _runs(findings, library, edition)
    states = {run.state for run in runs}
    for state, shown in SHOWN.items():
        if state not in states:
            findings.add(
                edition.measure.place, "untested", f"Нет примера {shown}.", "", "Добавьте его в tests.", "warning"
            )
    for condition in edition.measure.conditions:
        if condition.id not in {reason for run in runs for reason in _only_reason(run)}:
            findings.add(
                condition.place, "untested",
                f"Условие «{condition.id}» ни в одном примере не единственная причина отказа.",
                "Ошибка в нём осталась бы незамеченной.", "Добавьте такой пример.", "warning",
            )  # fmt: skip


def _runs(findings: Findings, library: Library, edition: Edition) -> list[Run]:
    examples, problems = read_examples(library, edition)
    findings.problems += problems
    runs = []
    for example in examples:
        try:
            runs.append(edition.determiner.decide(example.situation, on=example.on, parameters=library.parameters))
        except (SituationError, TooFewPeople) as refusal:
            findings.add(
                example.place, "example", f"Пример «{example.name}» не считается.", str(refusal), "Исправьте given."
            )
    return runs


def _only_reason(run: Run) -> list[str]:
    failed = [condition.id for condition, answer, _ in run.answers if answer is False]
    return failed if len(failed) == 1 else []
