"""Read what a person typed: the value in the engine's units, or a sentence that says what is wrong."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from kazna.kernel.errors import DomainError
from kazna.kernel.money import NARROW_SPACE
from kazna.rules.evaluate.spans import plain
from kazna.rules.plan.questions import Question

YES, NO = {"да", "yes", "true"}, {"нет", "no", "false"}
FIGURE = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")  # no exponent: «1e999999999» would take the whole memory
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class AnswerError(DomainError):
    """An answer that does not fit its question."""

    sentence = "Ответ «{answer}» не подходит: {question} {help}"


def read_answer(question: Question, answer: Any) -> Any:
    """A bool, word, date, int or Fraction (money in kopecks); raises AnswerError."""
    found: Any
    if isinstance(answer, bool):
        found = answer if question.type == "yes_no" else None
    elif isinstance(answer, date) and not isinstance(answer, datetime):
        found = answer if question.type == "date" else None
    else:
        found = READERS[question.type](question, str(answer).strip().lower())
    if found is None:
        raise AnswerError(answer=answer, question=question.text, help=question.help)
    return found


def _yes_no(_: Question, words: str) -> bool | None:
    return True if words in YES else False if words in NO else None


def _choice(question: Question, words: str) -> str | None:
    for word, label in question.choices:
        if words in (word.lower(), label.lower()):
            return word
    return None


def _date(_: Question, words: str) -> date | None:
    for shape in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(words, shape).date()
        except ValueError:
            continue
        return found if EARLIEST <= found <= LATEST else None
    return None


def _number(question: Question, words: str) -> int | Fraction | None:
    bare = words.removesuffix("₽").replace(NARROW_SPACE, "").replace(" ", "").replace(",", ".")
    if not FIGURE.fullmatch(bare):
        return None
    value = Fraction(bare) * (100 if question.type == "money" else 1)
    whole = question.type == "number" or value.denominator == 1
    return plain(value) if whole and question.low <= value <= question.high else None


def _months(_: Question, __: str) -> None:
    """A row of months comes from a register, not from one line of text."""


READERS: dict[str, Any] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "date": _date,
    "whole": _number,
    "number": _number,
    "money": _number,
    "months": _months,
}
