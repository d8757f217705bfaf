"""«What would have to be different»: the nearest change of one fact, or of two, that turns a refusal into a grant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kazna.rules.axis import axis_of
from kazna.rules.cases import domain
from kazna.rules.edition import Edition
from kazna.rules.explain.trial import FIRST_DAY, LAST_DAY, Trial
from kazna.rules.outcome import Outcome

MOST_CHANGES = 3
MOST_PAIRS_TRIED = 120


@dataclass(frozen=True, slots=True)
class Change:
    """With `fact` equal to `value` (everything else as it is) the measure would be granted."""

    fact: str
    value: Any
    sentence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """With both facts equal to these values the measure would be granted; either alone is not enough."""

    first: tuple[str, Any]
    second: tuple[str, Any]
    sentence: str


def nearest_changes(outcome: Outcome, edition: Edition) -> list[Change]:
    """Changes of one fact each, proved by determining again; empty when no single fact is enough.

    Facts marked `fixed` in the vocabulary are not proposed.
    """
    failed = _failed(outcome)
    trial = Trial.of(outcome, edition)
    found: list[Change] = []
    for name in sorted(set.intersection(*failed)) if failed else []:
        definition = trial.changeable(name)
        if definition is not None:
            for value, border in trial.turns(name, definition):
                sentence = f"Было бы положено, если бы: {trial.said(name, value, border)}."
                found.append(Change(name, value, sentence))
    return found[:MOST_CHANGES]


def nearest_pairs(outcome: Outcome, edition: Edition) -> list[Pair]:
    """Changes of two facts that together are enough, when no single fact is; proved by determining again."""
    failed = _failed(outcome)
    if not failed or nearest_changes(outcome, edition):
        return []
    trial = Trial.of(outcome, edition)
    names = [name for name in sorted(set.union(*failed)) if trial.changeable(name) is not None]
    able = [pair for pair in combinations(names, 2) if all(facts.intersection(pair) for facts in failed)]
    found: list[Pair] = []
    for first, second in able[:MOST_PAIRS_TRIED]:
        pair = next(_together(trial, first, second), None)
        if pair is not None:
            found.append(pair)
        if len(found) == MOST_CHANGES:
            break
    return found


def _failed(outcome: Outcome) -> list[set[str]]:
    return [set(dict(result.facts)) for result in outcome.conditions if result.answer == "no"]


def _together(trial: Trial, first: str, second: str) -> Iterator[Pair]:
    """The second fact is set to a value that might help, the first is turned; then the second is brought near."""
    one, other = trial.changeable(first), trial.changeable(second)
    assert one is not None and other is not None  # only changeable facts are paired
    for helping in _extremes(trial, second):
        for value, border in trial.turns(first, one, {second: helping}):
            for near, edge in trial.turns(second, other, {first: value}):
                said = f"{trial.said(first, value, border)}; {trial.said(second, near, edge)}"
                yield Pair((first, value), (second, near), f"Было бы положено, если бы одновременно: {said}.")


def _extremes(trial: Trial, name: str) -> list[Any]:
    """Every other value where there are few, else both ends."""
    definition = trial.changeable(name)
    assert definition is not None  # only changeable facts are paired
    values = domain(definition.type)
    if not values:
        axis = axis_of(definition.type, first=FIRST_DAY, last=LAST_DAY)
        values = (axis.write(axis.low), axis.write(axis.high))
    return [value for value in values if value != trial.facts[name]]
