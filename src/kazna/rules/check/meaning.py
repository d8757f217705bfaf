"""Meaning by ranges alone: conditions and comparisons nothing can change, conditions at odds, amounts below zero."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from kazna.rules.documents.measure import Condition, Formula, Step
from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.language.cases import Case, Cases, test_of
from kazna.rules.language.nodes import Compare, Joined, Literal, Node, Not, OneOf
from kazna.rules.language.types import Kind

PARTS = (Compare, OneOf, Joined, Not)


def check_meaning(findings: Findings, edition: Edition) -> None:
    """Evaluate every condition and comparison with all facts unknown: an answer means that it decides nothing."""
    environment = Environment(facts={}, people={}, today=date.max, parameters={}, static=True)
    constant: set[str] = set()
    for condition, code in edition.program.conditions:
        found = code.value(environment)
        if found is None:
            found = _by_cases(condition.node)
        if found is not None:
            constant.add(condition.id)
            findings.add(
                condition.place, "constant",
                f"Условие «{condition.id}» всегда {'выполнено' if found else 'не выполнено'}.",
                "Так следует из одних диапазонов, какими бы ни были факты.", "Проверьте числа и range фактов.",
                "warning" if found else "error",
            )  # fmt: skip
    for part in _texts(edition):
        if not (isinstance(part, Condition) and part.id in constant):
            _check_parts(findings, edition, part, environment)
    _check_contradictions(findings, [one for one in edition.measure.conditions if one.id not in constant])
    _check_amount(findings, edition)


def _texts(edition: Edition) -> Iterator[Condition | Step | Formula]:
    measure = edition.measure
    yield from measure.conditions
    yield from (step for step in measure.steps if step.source is not None and not step.shared)
    yield from (part for part in (measure.amount, measure.term_from, measure.term_to) if part is not None)


def _by_cases(node: Node) -> bool | None:
    """Whether it holds in every case of its comparisons, or in none: `x > 5 and x < 3`; None when it depends."""
    cases = Cases()
    cases.add(node)
    tried = cases.all()
    answers: set[bool] = set()
    test = test_of(node)
    for case in tried or ():
        answers.add(test(case))
        if len(answers) == 2:
            return None
    return answers.pop() if answers else None


def _check_parts(
    findings: Findings, edition: Edition, part: Condition | Step | Formula, environment: Environment
) -> None:
    """A comparison inside that can never fail, or never hold; of a constant `and` its parts are not told again."""
    waiting = [part.node]
    while waiting:
        node = waiting.pop()
        known = None
        if isinstance(node, PARTS) and not isinstance(node.children()[0], Literal):
            known = edition.program.compiler.compile(node).value(environment)
        if known is None or is_unknown(known):
            waiting.extend(node.children())
        elif node is not part.node or not isinstance(part, Condition):
            place = part.source.place_inside(node.position) if part.source is not None else part.place
            findings.add(
                place, "constant_part", f"Эта часть всегда {'верна' if known else 'неверна'}.",
                "Так следует из диапазонов: она ничего не решает.", "Проверьте числа и range фактов или уберите её.",
                "warning",
            )  # fmt: skip


def _check_contradictions(findings: Findings, conditions: list[Condition]) -> None:
    """Two conditions in force together that can never both hold: nobody would get the measure."""
    for one, other in combinations(conditions, 2):
        cases, mine = Cases(), Cases()
        cases.add(one.node)
        mine.add(other.node)
        shares = cases.atoms() & mine.atoms()
        cases.add(other.node)
        tried = cases.all() if shares and _meet(one, other) else None
        if tried is not None and not _some_case(tried, one.node, other.node):
            findings.add(
                other.place, "contradiction", f"Условия «{one.id}» и «{other.id}» не могут выполниться вместе.",
                "Меру не получил бы никто.", f"Сравните с условием в строке {one.place.line}.",
            )  # fmt: skip


def _some_case(tried: Iterator[Case], one: Node, other: Node) -> bool:
    first, second = test_of(one), test_of(other)
    return any(first(case) and second(case) for case in tried)


def _meet(one: Condition, other: Condition) -> bool:
    """Whether both are in force on some day."""
    start = max(one.since or date.min, other.since or date.min)
    return start <= min(one.until or date.max, other.until or date.max)


def _check_amount(findings: Findings, edition: Edition) -> None:
    amount = edition.measure.amount
    if amount is None or amount.node.type.kind is not Kind.MONEY:
        return
    if amount.node.type.hi <= 0:
        findings.add(amount.place, "no_amount", "Сумма никогда не больше нуля.", what_to_do="Проверьте выражение.")
    elif amount.node.type.lo < 0:
        findings.add(
            amount.place, "negative", "По диапазонам сумма может стать отрицательной.", "",
            "Если это исключено условиями, оставьте; иначе напишите max(0, …).", "warning",
        )  # fmt: skip
