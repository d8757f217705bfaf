"""Calculators open to all: a few questions; the rest stands as in a worked example of the law; the same rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import Reckoning
from kazna.contexts.measures.reckoning_scene import answered, assumed, scene_of
from kazna.kernel.errors import DomainError
from kazna.kernel.places import LAW
from kazna.rules import Edition, Library
from kazna.rules.documents.example import Example
from kazna.rules.examples import read_examples
from kazna.rules.explain import sentences, summary
from kazna.rules.plan import AnswerError, Question, read_answer
from kazna.rules.plan.questions import question_about


class NoCalculator(DomainError):
    sentence = "Для меры «{measure}» калькулятора нет."


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a calculator; `key` names its answer in an address, `plain` says where the answer goes."""

    key: str
    question: Question
    plain: Mapping[str, Any]


def calculators() -> list[str]:
    """Measures that have one, in the order of law/calculators.yaml."""
    return list(_documents())


def questions_of(*, measure: str, on: date) -> list[Asked]:
    """What the calculator asks. Raises NoCalculator, NoEdition."""
    library, document = law.current(), _document(measure)
    edition = library.edition(measure, on)
    return [_asked(library, edition, number, plain) for number, plain in enumerate(document["ask"], 1)]


def reckon(*, measure: str, typed: Mapping[str, str], on: date) -> Reckoning:
    """The answer of the rule to what was typed (question key → text), and what was taken as usual.

    A wrong or empty answer gives a Reckoning without a state, its `problems` by key. Raises NoCalculator, NoEdition.
    """
    asked, values, problems = questions_of(measure=measure, on=on), {}, {}
    for one in asked:
        try:
            values[one.key] = read_answer(one.question, typed.get(one.key, "").strip()[:80])
        except AnswerError:
            problems[one.key] = f"{one.question.text}: {_lower(one.question.help)}"
    if problems:
        return Reckoning(problems=problems)
    library, document = law.current(), _document(measure)
    edition = library.edition(measure, on)
    example = _example(edition, document["example"])
    scene = scene_of(document, example, [(one.plain, values[one.key]) for one in asked], on)
    outcome = edition.determine(scene, on=on, parameters=library.parameters)
    return Reckoning(
        state=outcome.state,
        amount_kopecks=outcome.amount_kopecks,
        period=str(edition.document["period"]),
        first_day=outcome.term_from,
        last_day=outcome.term_to,
        summary=summary(outcome, edition),
        sentences=tuple(sentences(outcome, edition)),
        assumed=tuple(assumed(edition, scene, answered(document))),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


@cache
def _documents() -> Mapping[str, Mapping[str, Any]]:
    told = yaml.safe_load((LAW / "calculators.yaml").read_text(encoding="utf-8"))["calculators"]
    return {one["measure"]: one for one in told}


def _document(measure: str) -> Mapping[str, Any]:
    try:
        return _documents()[measure]
    except KeyError:
        raise NoCalculator(measure=measure) from None


@cache
def _example(edition: Edition, name: str) -> Example:
    found, _problems = read_examples(law.current(), edition)
    return next(one for one in found if one.name == name)


def _asked(library: Library, edition: Edition, number: int, plain: Mapping[str, Any]) -> Asked:
    key = f"q{number}"
    if "fact" in plain:
        definition = library.facts[plain["fact"]]
        question = question_about(definition, text=plain.get("title", ""), measure=edition.id)
        return Asked(key, question, plain)
    kind, low, high = ("whole", plain.get("low", 0), plain.get("high", 30))
    if "member" in plain:
        kind, low, high = ("money", 0, 100_000_000_00)
    words = plain.get("help") or f"Целое число от {low} до {high}."
    question = Question(key, plain["title"], kind, low, high, (), "", words, "", "", "", "", (edition.id,))
    return Asked(key, question, plain)
