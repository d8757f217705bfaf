"""«What would have to be different»: the nearest change of one fact that turns a refusal into a grant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kazna.rules.cases import domain, with_values
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.edition import Edition
from kazna.rules.evaluate.spans import plain
from kazna.rules.explain.wording import name_of, say_fact
from kazna.rules.language.types import Kind
from kazna.rules.outcome import Outcome
from kazna.rules.situation import prepare

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
MOST_CHANGES = 3
Grants = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """With `fact` equal to `value` (everything else as it is) the measure would be granted."""

    fact: str
    value: Any
    sentence: str


def nearest_changes(outcome: Outcome, edition: Edition) -> list[Change]:
    """Changes of one fact each, proved by determining again; empty when no single fact is enough.

    Facts marked `fixed` in the vocabulary are not proposed. A threshold is found by halving, so it is the
    nearest one where the measure turns on the fact once.
    """
    failed = [set(dict(result.facts)) for result in outcome.conditions if result.answer == "no"]
    candidates = sorted(set.intersection(*failed)) if failed else []
    found = []
    for name in candidates:
        definition = edition.determiner.definition(name)
        if definition is not None and not definition.fixed and definition.type.kind is not Kind.SERIES:
            found += list(_changes(outcome, edition, name, definition))
    return found[:MOST_CHANGES]


def _changes(outcome: Outcome, edition: Edition, name: str, definition: FactDefinition) -> Iterator[Change]:
    now = _known(outcome, name)
    if now is None:
        return
    grants = _grants(outcome, edition, name)
    values = domain(definition.type)
    if values:
        for value in values:
            if value != now and grants(value):
                yield _change(edition, name, definition, now, value, "")
                return
    else:
        yield from _thresholds(edition, name, definition, now, grants)


def _known(outcome: Outcome, name: str) -> Any:
    return next((value for result in outcome.conditions for fact, value in result.facts if fact == name), None)


def _grants(outcome: Outcome, edition: Edition, name: str) -> Grants:
    """Whether the measure is granted with another value of the fact."""
    prepared = prepare(outcome.situation, edition.facts, edition.relations)
    environment = edition.determiner.environment(prepared, outcome.on, edition.parameters)
    return lambda value: edition.program.run(with_values(environment, {name: value})).state == "granted"


def _thresholds(edition: Edition, name: str, definition: FactDefinition, now: Any, grants: Grants) -> Iterator[Change]:
    read, write, low, high = _axis(definition)
    for end in (low, high):
        if end == read(now) or not grants(write(end)):
            continue
        refused, granted = read(now), end
        while abs(granted - refused) > 1:
            middle = (granted + refused) // 2
            if grants(write(middle)):
                granted = middle
            else:
                refused = middle
        yield _change(edition, name, definition, now, write(granted), _border(definition, granted < read(now)))


def _axis(definition: FactDefinition) -> tuple[Callable[[Any], int], Callable[[int], Any], int, int]:
    """The values as whole numbers in order: kopecks, days, thousandths."""
    kind = definition.type
    if kind.kind is Kind.DATE:
        return date.toordinal, date.fromordinal, FIRST_DAY.toordinal(), LAST_DAY.toordinal()
    parts = kind.parts
    return (
        lambda value: int(Fraction(value) * parts),
        lambda number: plain(Fraction(number, parts)),
        int(kind.lo * parts),
        int(kind.hi * parts),
    )


def _border(definition: FactDefinition, is_lower: bool) -> str:
    if definition.type.kind is Kind.DATE:
        return "не позже " if is_lower else "не раньше "
    return "не больше " if is_lower else "не меньше "


def _change(edition: Edition, name: str, definition: FactDefinition, now: Any, value: Any, border: str) -> Change:
    sentence = (
        f"Было бы положено, если бы {name_of(edition, name)} — {border}{say_fact(definition, value)} "
        f"(сейчас {say_fact(definition, now)})."
    )
    return Change(name, value, sentence)
