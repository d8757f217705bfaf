"""Examples: each outcome is shown; each condition holds, once is the only reason of refusal, is tried at its border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from kazna.kernel.errors import DomainError
from kazna.rules.documents.measure import Condition
from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.evaluate.code import Code
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.examples import read_examples
from kazna.rules.language.nodes import Aggregate, Compare, Literal, Node, ParameterRef, Window
from kazna.rules.language.types import Kind, Type
from kazna.rules.library import Library
from kazna.rules.program import Run
from kazna.rules.situation import prepare

SHOWN = {"granted": "назначения", "refused": "отказа", "unknown": "нехватки сведений"}
ORDERED = ("<", "<=", ">", ">=")


def check_coverage(findings: Findings, library: Library, edition: Edition) -> None:
    borders = [border for condition in edition.measure.conditions for border in _borders(edition, condition)]
    runs = list(_runs(findings, library, edition, borders))
    states = {run.state for run in runs}
    for state, shown in SHOWN.items():
        if state not in states:
            findings.add(
                edition.measure.place, "untested", f"Нет примера {shown}.", "", "Добавьте его в tests.", "warning"
            )
    reasons = {reason for run in runs for reason in _only_reason(run)}
    held = {condition.id for run in runs for condition, answer, _ in run.answers if answer is True}
    for condition in edition.measure.conditions:
        if condition.id not in reasons:
            findings.add(
                condition.place, "untested",
                f"Условие «{condition.id}» ни в одном примере не единственная причина отказа.",
                "Ошибка в нём осталась бы незамеченной.", "Добавьте такой пример.", "warning",
            )  # fmt: skip
        if condition.id not in held:
            findings.add(
                condition.place, "untested", f"Условие «{condition.id}» ни в одном примере не выполнено.", "",
                "Добавьте такой пример.", "warning",
            )  # fmt: skip
    for border in borders:
        border.report(findings)


@dataclass(slots=True)
class _Border:
    """A comparison of a condition with a constant or a parameter, and what examples showed of it."""

    condition: Condition
    node: Compare
    left: Code
    right: Code
    touched: bool = False
    near: set[bool] = field(default_factory=set)

    def look(self, environment: Environment) -> None:
        one, other = self.left.value(environment), self.right.value(environment)
        if is_unknown(one) or is_unknown(other):
            return
        self.touched = self.touched or one == other
        if _distance(one, other) <= _unit(self.node.left.type):
            self.near.add(_answer(self.node.sign, one, other))

    def report(self, findings: Findings) -> None:
        lacking = [] if self.touched else ["ровно на границе"]
        lacking += [] if len(self.near) == 2 else ["рядом с ней по обе стороны"]
        if lacking:
            source, position = self.condition.source, self.node.position
            place = source.place_inside(position) if source is not None else self.condition.place
            findings.add(
                place, "untested_border", f"Порог условия «{self.condition.id}» не проверен {' и '.join(lacking)}.",
                "Ошибка в знаке («меньше» или «не больше») осталась бы незамеченной.", "Добавьте примеры.", "warning",
            )  # fmt: skip


def _borders(edition: Edition, condition: Condition) -> Iterator[_Border]:
    """Comparisons outside counts over people: there the value is one number or day."""
    waiting: list[Node] = [condition.node]
    compiler = edition.program.compiler
    while waiting:
        node = waiting.pop()
        if isinstance(node, Compare) and node.sign in ORDERED:
            threshold = node.right if isinstance(node.right, (Literal, ParameterRef)) else node.left
            if isinstance(threshold, (Literal, ParameterRef)) and node.left.type.kind is not Kind.RATE:
                yield _Border(condition, node, compiler.compile(node.left), compiler.compile(node.right))
        elif not isinstance(node, (Aggregate, Window)):
            waiting.extend(node.children())


def _distance(one: Any, other: Any) -> Any:
    return abs((one - other).days) if isinstance(one, date) else abs(one - other)


def _unit(kind: Type) -> Fraction:
    """How near is near: a day, a whole one, a rouble."""
    return Fraction(100 if kind.kind is Kind.MONEY else 1)


def _answer(sign: str, one: Any, other: Any) -> bool:
    return bool({"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign])


def _runs(findings: Findings, library: Library, edition: Edition, borders: list[_Border]) -> Iterator[Run]:
    examples, problems = read_examples(library, edition)
    findings.problems += problems
    determiner = edition.determiner
    for example in examples:
        try:
            prepared = prepare(example.situation, edition.facts, edition.relations)
        except DomainError as refusal:
            findings.add(
                example.place, "example", f"Пример «{example.name}» не считается.", str(refusal), "Исправьте given."
            )
            continue
        environment = determiner.environment(prepared, example.on, library.parameters)
        run, _ = determiner.decide(environment)
        for border in borders:
            border.look(environment)
        yield run


def _only_reason(run: Run) -> list[str]:
    failed = [condition.id for condition, answer, _ in run.answers if answer is False]
    return failed if len(failed) == 1 else []
