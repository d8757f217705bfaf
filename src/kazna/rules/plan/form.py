"""One turn of a form that asks only what no agency can give: answers in, next questions and answers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.outcome import Outcome
from kazna.rules.plan.answers import read_answer
from kazna.rules.plan.plan import Plan, make_plan
from kazna.rules.situation import Situation

MOST_TURNS = 500


@dataclass(frozen=True, slots=True)
class Form:
    """`outcomes`: one per edition. `plan.questions`: what is left to ask, best first. `is_done`: nothing is left.

    `unused`: answers to questions that were never asked; they changed nothing.
    """

    situation: Situation
    outcomes: tuple[Outcome, ...]
    plan: Plan
    unused: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        return not self.plan.questions


def fill_form(
    *,
    editions: Sequence[Edition],
    situation: Situation,
    answers: Mapping[str, Any],
    on: date,
    parameters: Parameters,
) -> Form:
    """The form after these answers (question id → what was typed); raises AnswerError on one that does not fit.

    Questions are taken one at a time, best first: an answer may make others needless, and those are not asked.
    """
    left = dict(answers)
    for _ in range(MOST_TURNS):
        outcomes = [edition.determine(situation, on=on, parameters=parameters) for edition in editions]
        plan = make_plan(zip(editions, outcomes, strict=True))
        question = next((one for one in plan.questions if one.id in left), None)
        if question is None:
            break
        situation = with_answer(situation, question.id, read_answer(question, left.pop(question.id)))
    return Form(situation, tuple(outcomes), plan, tuple(sorted(left)))


def with_answer(situation: Situation, name: str, value: Any) -> Situation:
    """The situation with one fact told; `member[1].student` is a fact of the second member."""
    owner, bracket, short = name.partition("].")
    if not bracket:
        return Situation({**situation.facts, name: value}, situation.relations, situation.unknown_reasons)
    relation, _, place = owner.partition("[")
    rows: Iterable[Mapping[str, Any]] = situation.relations[relation] or ()
    told = [{**row, short: value} if index == int(place) else row for index, row in enumerate(rows)]
    return Situation(situation.facts, {**situation.relations, relation: told}, situation.unknown_reasons)
