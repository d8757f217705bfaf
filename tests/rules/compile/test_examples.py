"""Every example of the law has the same answer on every back end, and so have trial people of every measure."""

from __future__ import annotations

from functools import cache

import pytest

from kazna.kernel.places import LAW
from kazna.rules import Edition, Library, load_library
from kazna.rules.compile.agreement import BACKENDS, asked, by_interpreter, compare
from kazna.rules.compile.situations import frame_of
from kazna.rules.examples import read_examples
from kazna.rules.trial import Trial


@cache
def law() -> Library:
    return load_library(LAW)


def editions() -> list[Edition]:
    return [edition for rows in law().measures.values() for edition in rows]


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.id)
def test_back_ends_agree_on_the_examples(edition):
    days: dict = {}
    for example in read_examples(law(), edition)[0]:
        days.setdefault(example.on, []).append(example.situation)
    for day, situations in days.items():
        frame = frame_of(situations, edition.facts, edition.relations)

        found = compare(asked(edition, frame, day, law().parameters), BACKENDS)

        assert (found.differences, found.refused) == ([], {})


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.id)
def test_back_ends_agree_on_trial_people(edition):
    trial = Trial(law(), edition, seed=3)
    for chunk in range(3):
        found = compare(asked(edition, trial.frame(100, chunk), trial.day(chunk), law().parameters), BACKENDS)

        assert (found.differences, found.refused) == ([], {})


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.id)
def test_the_short_way_is_the_way_with_a_trace(edition):
    """`decide` takes a value for unknown where `Program.run` asks what is missing; both must say the same."""
    trial = Trial(law(), edition, seed=4)
    question = asked(edition, trial.frame(40), trial.day(0), law().parameters)

    for row, decision in enumerate(by_interpreter(question)):
        run = edition.program.run(question.environment(row))
        conditions = [condition.id for condition in edition.measure.conditions]
        no = sum(1 << conditions.index(condition.id) for condition, answer, _ in run.answers if answer is False)
        assert run.result == decision[:4]
        assert no == decision.no
