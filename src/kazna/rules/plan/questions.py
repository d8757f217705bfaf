"""Questions to the citizen, made from the vocabulary: text, type, what answers are possible, help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.explain.wording import say
from kazna.rules.language.types import Kind
from kazna.rules.plan.wanted import SELF, Wanted

ANSWERS = {
    Kind.BOOL: "yes_no",
    Kind.TEXT: "choice",
    Kind.INT: "whole",
    Kind.RATE: "number",
    Kind.MONEY: "money",
    Kind.DATE: "date",
}
EFFORT = {"yes_no": 1, "choice": 2, "date": 2, "whole": 3, "number": 3, "money": 4}
HARDEST = 12  # a whole row of months
MANY_CHOICES = 12
HELP = {
    "yes_no": "Ответьте «да» или «нет».",
    "choice": "Выберите один ответ.",
    "date": "День, месяц и год, например 31.01.2026.",
    "whole": "Целое число от {low} до {high}.",
    "number": "Число от {low} до {high}, дробная часть через запятую.",
    "money": "В рублях, копейки через запятую: от {low} до {high}.",
    "months": "Сумма за каждый месяц.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """`id`: the fact as missing lists name it. `type`: yes_no, choice, date, whole, number, money or months.

    `low`..`high`: of a number, in the engine's units (money in kopecks). `choices`: (word, label).
    `kind`, `path`: where an answer is kept. `measures`: that wait for it.
    """

    id: str
    text: str
    type: str
    low: Any
    high: Any
    choices: tuple[tuple[str, str], ...]
    unit: str
    help: str
    person: str
    whose: str
    kind: str
    path: str
    measures: tuple[str, ...]

    @property
    def effort(self) -> int:
        """How much an answer costs a person; a long list costs as much as a number."""
        long_list = len(self.choices) > MANY_CHOICES
        return EFFORT["whole"] if long_list else EFFORT.get(self.type, HARDEST)


def questions_of(wanted: Iterable[Wanted]) -> tuple[Question, ...]:
    """Questions for what nobody but the citizen knows; first those that bring most measures nearest to an answer."""
    left = [_question(one) for one in wanted if one.is_for_citizen]
    ordered = []
    while left:
        needs = {measure: sum(measure in one.measures for one in left) for one in left for measure in one.measures}
        best = min(left, key=lambda one: (-_worth(one, needs), one.id))
        left.remove(best)
        ordered.append(best)
    return tuple(ordered)


def _worth(question: Question, needs: dict[str, int]) -> Fraction:
    """Measures per effort; a measure that needs several answers counts for each of them in part."""
    return sum((Fraction(1, needs[measure]) for measure in question.measures), Fraction(0)) / question.effort


def question_about(definition: FactDefinition, *, text: str = "", measure: str = "") -> Question:
    """The question about one fact of the visitor, whoever else may hold it; `text`: other words for it."""
    found = _question(Wanted(definition.name, definition, None, SELF, "", (measure,)))
    return replace(found, text=text or definition.title)


def _question(one: Wanted) -> Question:
    definition = one.definition
    assert definition is not None  # a list of people is never asked of the citizen
    kind = definition.type
    answer = ANSWERS.get(kind.kind, "months")
    low, high = (kind.lo, kind.hi) if kind.is_number else (None, None)
    is_money = kind.kind is Kind.MONEY
    words = HELP[answer].format(low=say(low, is_money=is_money), high=say(high, is_money=is_money))
    return Question(
        id=one.name,
        text=definition.question or f"{definition.title}?",
        type=answer,
        low=low,
        high=high,
        choices=tuple(definition.labels.items()) if answer == "choice" else (),
        unit=definition.unit,
        help=words if one.person in (SELF, "applicant") else f"{words} О ком: {one.whose}.",
        person=one.person,
        whose=one.whose,
        kind=str(definition.plain.get("kind") or ""),
        path=str(definition.plain.get("path") or ""),
        measures=one.measures,
    )
