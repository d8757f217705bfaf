"""One turn of an application's form: what is known, what is left to ask of the applicant, what it would come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from kazna.contexts.measures import library as law
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.situation import Scene, set_scene
from kazna.contexts.measures.subjects import subject_of
from kazna.contexts.registers import public as registers
from kazna.rules.explain import summary
from kazna.rules.plan import Plan, Question, make_plan, read_answer
from kazna.rules.plan.form import with_answer

MOST_TURNS = 100


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer ready to be kept as a fact of `kind` about a person: `value` under `path`, plain JSON.

    `path` empty: the fact itself is the answer (yes), `value` tells which.
    """

    question: Question
    typed: str
    person_id: UUID
    kind: str
    path: str
    value: Any


@dataclass(frozen=True, slots=True)
class FormTurn:
    """`questions`: left to ask, best first. `answered`: in the order they were asked. `requests`: «holder: what»."""

    state: str
    amount_kopecks: int | None
    summary: str
    questions: tuple[Question, ...]
    answered: tuple[Answered, ...]
    requests: tuple[str, ...]

    @property
    def next_question(self) -> Question | None:
        return self.questions[0] if self.questions else None


def turn_of_form(*, measure: str, roles: Mapping[str, UUID], answers: Mapping[str, str], on: date) -> FormTurn:
    """The form of a measure for these people after these answers (question id → what was typed).

    Only what no agency holds is asked, and only while it can still change the answer. Raises AnswerError, NoEdition.
    """
    library = law.current()
    edition = library.edition(measure, on)
    book = Book(registers.facts_around(sorted(set(roles.values()), key=str)))
    scene = set_scene(library, edition, roles, book, on, on)
    situation, left, answered = scene.situation, dict(answers), []
    for _ in range(MOST_TURNS):
        outcome = edition.determine(situation, on=on, parameters=library.parameters)
        plan = make_plan([(edition, outcome)])
        question = next((one for one in plan.questions if one.id in left), None)
        if question is None:
            break
        typed = str(left.pop(question.id))
        value = read_answer(question, typed)
        situation = with_answer(situation, question.id, value)
        answered.append(_answered(question, typed, value, scene, roles))
    return FormTurn(
        state=outcome.state,
        amount_kopecks=outcome.amount_kopecks,
        summary=summary(outcome, edition),
        questions=_askable(plan),
        answered=tuple(answered),
        requests=_requests(plan),
    )


def _askable(plan: Plan) -> tuple[Question, ...]:
    """A row of months comes from a register, never from a form."""
    return tuple(one for one in plan.questions if one.type != "months")


def _requests(plan: Plan) -> tuple[str, ...]:
    found: dict[str, dict[str, None]] = {}
    for request in plan.requests:
        for _, title in request.facts:
            found.setdefault(request.holder, {})[title] = None
    return tuple(f"{holder}: {'; '.join(titles)}" for holder, titles in found.items())


def _answered(question: Question, typed: str, value: Any, scene: Scene, roles: Mapping[str, UUID]) -> Answered:
    owner, bracket, _ = question.id.partition("].")
    if bracket:
        relation, _, place = owner.partition("[")
        person = scene.rows[relation][int(place)]
    else:
        person = roles.get(question.person) or subject_of(roles)
    return Answered(question, typed, person, question.kind, question.path, _plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value
