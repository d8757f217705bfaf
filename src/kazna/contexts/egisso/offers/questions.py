"""What a citizen has to be asked before a measure is shown to them, and which answers show it: asked of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from uuid import UUID

from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.measures import public as measures

LONGEST_ID, LONGEST_WORDS = 50, 500
MOST_ANSWERS, MOST_QUESTIONS, MOST_TURNS = 10, 2, 16
YES_NO = (("yes", "Да"), ("no", "Нет"))
Choices = tuple[tuple[str, str], ...]


class Asking:
    """The questionnaire of one citizen: questions of all the measures, each once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.questions: dict[str, Plain] = {}

    def shown_when(self, measure: str, roles: Mapping[str, UUID]) -> list[Plain]:
        """Ways to answer that lead to the measure, any of them is enough; none: it is shown whatever is answered.

        What cannot be asked as a choice stands in words («besides»).
        """
        self.turns = 0
        return [way for way in self._ways(measure, roles, {}) if way]

    def _ways(self, measure: str, roles: Mapping[str, UUID], answers: dict[str, str]) -> Iterator[Plain]:
        self.turns += 1
        turn = measures.turn_of_form(measure=measure, roles=roles, answers=answers, on=self.on)
        if turn.state == "refused":
            return
        question = next((one for one in turn.questions if 2 <= len(_choices(one)) <= MOST_ANSWERS), None)
        deep_enough = len(answers) >= MOST_QUESTIONS or self.turns >= MOST_TURNS
        if question is None or deep_enough:
            yield _way(answers, [one.text for one in turn.questions])
            return
        ident = _ident(question.id)
        self.questions[ident] = {
            "id": ident, "text": question.text[:1000],
            "answers": [{"id": word[:LONGEST_ID], "text": label[:1000]} for word, label in _choices(question)],
        }  # fmt: skip
        for word, _ in _choices(question):
            yield from self._ways(measure, roles, {**answers, question.id: word})


def _way(answers: Mapping[str, str], besides: list[str]) -> Plain:
    way: Plain = {}
    if answers:
        way["answers"] = [{"question": _ident(name), "answer": word[:LONGEST_ID]} for name, word in answers.items()]
    if besides:
        way["besides"] = [text[:LONGEST_WORDS] for text in besides]
    return way


def _choices(question) -> Choices:  # type: ignore[no-untyped-def]
    return YES_NO if question.type == "yes_no" else tuple(question.choices)


def _ident(name: str) -> str:
    return name if len(name) <= LONGEST_ID else sha256(name.encode()).hexdigest()[:32]
