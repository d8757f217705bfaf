"""What is known about a case: the facts, the people around, and why something is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kazna.kernel.errors import DomainError
from kazna.kernel.money import Money
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.environment import Person
from kazna.rules.evaluate.series import Series, series_of
from kazna.rules.evaluate.spans import plain
from kazna.rules.language.types import Kind, Type

OUT_OF_RANGE = "out_of_range"
TIE = "tie"


class SituationError(DomainError):
    """A value whose type is not the declared one: a defect of the caller, not of the data."""

    sentence = "Факт «{name}» дан не в том виде: {value!r}."


class TooFewPeople(DomainError):
    """A relation that by law always has somebody came with fewer people."""

    sentence = "В списке «{name}» людей меньше, чем бывает: {count} вместо {least} и больше."


class TooManyPeople(DomainError):
    """A relation came with more people than the law's own bound, by which overflow is excluded."""

    sentence = "В списке «{name}» людей больше, чем бывает: {count} вместо {most} и меньше."


@dataclass(frozen=True, slots=True)
class Situation:
    """`facts`: `role.fact` → value. `relations`: name → candidates as rows of short fact names and `tie`.

    Values: bool, int, Fraction or Decimal, date, str; money is int kopecks (or Money); a series of monthly amounts is
    a Series, or `{"from": "2025-01", "months": [kopecks or None, ...], "rest": 0 or None}`. None or absent means
    unknown; `unknown_reasons` says why (not asked, no answer, two sources disagree). A relation that is None
    or absent is unknown as a whole, an empty list is known to be empty.
    """

    facts: Mapping[str, Any]
    relations: Mapping[str, Sequence[Mapping[str, Any]] | None] = field(default_factory=dict)
    unknown_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Prepared:
    """The situation in the engine's values, only what an edition reads."""

    facts: dict[str, Any]
    people: dict[str, list[Person] | None]
    reasons: dict[str, str]


def prepare(
    situation: Situation, facts: Mapping[str, FactDefinition], relations: Mapping[str, RelationDefinition]
) -> Prepared:
    """Check and convert; a value out of its declared range becomes unknown, with that reason."""
    prepared = Prepared({}, {}, dict(situation.unknown_reasons))
    for name, definition in facts.items():
        value = _converted(prepared.reasons, name, definition, situation.facts.get(name))
        if value is not None:
            prepared.facts[name] = value
    for name, relation in relations.items():
        rows = situation.relations.get(name)
        prepared.people[name] = None if rows is None else _people(prepared, relation, rows)
    return prepared


def _people(prepared: Prepared, relation: RelationDefinition, rows: Sequence[Mapping[str, Any]]) -> list[Person]:
    if len(rows) < relation.least:
        raise TooFewPeople(name=relation.name, count=len(rows), least=relation.least)
    if len(rows) > relation.most:
        raise TooManyPeople(name=relation.name, count=len(rows), most=relation.most)
    people = []
    for index, row in enumerate(rows):
        label = f"{relation.name}[{index}]"
        known = {
            short: value
            for short, definition in relation.facts.items()
            if (value := _converted(prepared.reasons, f"{label}.{short}", definition, row.get(short))) is not None
        }
        people.append(Person(label, row.get(TIE), known))
    return people


def converted(name: str, definition: FactDefinition, value: Any) -> Any:
    """One value as the engine holds it; None when unknown or out of its declared range."""
    return None if value is None else _converted({}, name, definition, value)


def _converted(reasons: dict[str, str], name: str, definition: FactDefinition, value: Any) -> Any:
    if value is None:
        return None
    kind = definition.type
    found = _of_kind(kind.kind, value)
    if found is None:
        raise SituationError(name=name, value=value)
    if kind.kind in (Kind.BOOL, Kind.DATE):
        return found
    if isinstance(found, Series):
        return _within(reasons, name, found, kind)
    outside = (kind.is_number and not kind.lo <= found <= kind.hi) or (
        kind.kind is Kind.TEXT and found not in kind.values
    )
    if outside:
        reasons[name] = OUT_OF_RANGE
        return None
    return found


def _within(reasons: dict[str, str], name: str, found: Series, kind: Type) -> Series:
    """The series with every month out of range unknown."""
    if all(amount is None or kind.lo <= amount <= kind.hi for amount in found.months):
        return found
    reasons[name] = OUT_OF_RANGE
    months = tuple(amount if amount is not None and kind.lo <= amount <= kind.hi else None for amount in found.months)
    return replace(found, months=months)


def _of_kind(kind: Kind, value: Any) -> Any:
    """The value as the engine holds it, or None when it is of another type."""
    if kind is Kind.BOOL:
        return value if isinstance(value, bool) else None
    if kind is Kind.DATE:
        return value if isinstance(value, date) and not isinstance(value, datetime) else None
    if kind is Kind.TEXT:
        return value if isinstance(value, str) else None
    if kind is Kind.SERIES:
        return series_of(value)
    if isinstance(value, bool):
        return None
    if kind is Kind.MONEY and isinstance(value, Money):
        return value.kopecks
    if isinstance(value, int):
        return value
    return plain(Fraction(value)) if kind is Kind.RATE and isinstance(value, (Decimal, Fraction)) else None
