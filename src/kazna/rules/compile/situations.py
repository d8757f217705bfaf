"""From situations to a frame and back: what ties the columns of a nation to the facts of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from kazna.rules.compile.frame import NO_TIE, OTHER_TIE, Column, Frame, Group
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.environment import Person
from kazna.rules.evaluate.series import Series
from kazna.rules.evaluate.spans import plain
from kazna.rules.language.types import Kind, Type
from kazna.rules.situation import Situation, prepare


class NotOnTheGrid(ValueError):
    """A rate finer than its declared digits: a column of whole numerators cannot hold it."""


def dtype_of(kind: Type) -> Any:
    """How a column of this type is kept."""
    if kind.kind is Kind.BOOL:
        return np.bool_
    if kind.kind is Kind.DATE:
        return np.int32
    return np.int32 if kind.kind is Kind.TEXT else np.int64


def coded(kind: Type, value: Any) -> int:
    """A known value of the engine as a whole number of a column."""
    if kind.kind is Kind.DATE:
        return int(value.toordinal())
    if kind.kind is Kind.TEXT:
        return kind.values.index(value)
    if kind.kind is Kind.BOOL:
        return int(value)
    numerator = Fraction(value) * kind.parts
    if numerator.denominator != 1:
        raise NotOnTheGrid(f"{value} is not a whole number of 1/{kind.parts}")
    return numerator.numerator


def column_of(kind: Type, values: Sequence[Any]) -> Column:
    """A column of engine values, None meaning unknown."""
    if kind.kind is Kind.SERIES:
        return _series_column(values)
    known = np.array([value is not None for value in values], dtype=np.bool_)
    codes = [0 if value is None else coded(kind, value) for value in values]
    return Column(np.array(codes, dtype=dtype_of(kind)), None if known.all() else known)


def _series_column(values: Sequence[Series | None]) -> Column:
    """Months of all series side by side; a month outside a series whose rest is zero is known to be zero."""
    given = [series for series in values if series is not None and series.months]
    first = min((series.first for series in given), default=0)
    width = max((series.first + len(series.months) for series in given), default=first) - first
    amounts = np.zeros((len(values), width), dtype=np.int64)
    known = np.zeros((len(values), width), dtype=np.bool_)
    rest = np.array([series is not None and series.rest_zero for series in values], dtype=np.bool_)
    known[rest] = True
    for row, series in enumerate(values):
        start = series.first - first if series is not None else 0
        for place, amount in enumerate(series.months if series is not None else (), start):
            amounts[row, place], known[row, place] = amount or 0, amount is not None
    return Column(amounts, None if known.all() else known, first, rest)


def _series_at(column: Column, row: int) -> Series:
    known = np.ones(column.values.shape[1], dtype=np.bool_) if column.known is None else column.known[row]
    months = tuple(int(amount) if told else None for amount, told in zip(column.values[row], known, strict=True))
    rest = column.rest_zero if isinstance(column.rest_zero, bool) else bool(column.rest_zero[row])
    return Series(column.first_month, months, rest)


def ties_of(relation: RelationDefinition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.tie for part in relation.parts))


def frame_of(
    situations: Iterable[Situation],
    facts: Mapping[str, FactDefinition],
    relations: Mapping[str, RelationDefinition],
) -> Frame:
    """The situations as columns of the facts and relations named; out-of-range values become unknown."""
    prepared = [prepare(situation, facts, relations) for situation in situations]
    return Frame(
        len(prepared),
        {name: column_of(fact.type, [one.facts.get(name) for one in prepared]) for name, fact in facts.items()},
        {name: _group(relation, [one.people.get(name) for one in prepared]) for name, relation in relations.items()},
    )


def _group(relation: RelationDefinition, lists: Sequence[list[Person] | None]) -> Group:
    ties = ties_of(relation)
    people = [person for one in lists for person in one or ()]
    known = np.array([one is not None for one in lists], dtype=np.bool_)
    return Group(
        offsets=np.concatenate(([0], np.cumsum([len(one or ()) for one in lists], dtype=np.int64))),
        tie=np.array([_tie(ties, person.tie) for person in people], dtype=np.int16),
        ties=ties,
        facts={
            name: column_of(fact.type, [person.facts.get(name) for person in people])
            for name, fact in relation.facts.items()
        },
        known=None if known.all() else known,
    )


def _tie(ties: tuple[str, ...], tie: str | None) -> int:
    if tie is None:
        return NO_TIE
    return ties.index(tie) if tie in ties else OTHER_TIE


class Case(NamedTuple):
    """One subject as the interpreter reads it: known facts, and people (None: nobody knows them)."""

    facts: dict[str, Any]
    people: dict[str, list[Person] | None]


def cases_of(frame: Frame, facts: Mapping[str, Type], relations: Mapping[str, Mapping[str, Type]]) -> list[Case]:
    """Every subject of a frame. `facts`, `relations`: what is wanted, with types."""
    known = [dict[str, Any]() for _ in range(frame.rows)]
    for name, kind in facts.items():
        if name in frame.facts:
            _fill(known, name, _values(kind, frame.facts[name]))
    people = {name: _people(frame.relations.get(name), name, frame.rows, wanted) for name, wanted in relations.items()}
    return [Case(own, {name: lists[row] for name, lists in people.items()}) for row, own in enumerate(known)]


def _fill(rows: Sequence[dict[str, Any]], name: str, values: Sequence[Any]) -> None:
    for row, value in zip(rows, values, strict=True):
        if value is not None:
            row[name] = value


def _values(kind: Type, column: Column) -> list[Any]:
    """A column as values of the engine, None where unknown."""
    if kind.kind is Kind.SERIES:
        return [_series_at(column, row) for row in range(len(column))]
    values = [_decoded(kind, value) for value in column.values.tolist()]
    if column.known is None:
        return values
    return [value if told else None for value, told in zip(values, column.known.tolist(), strict=True)]


def _decoded(kind: Type, value: Any) -> Any:
    """A value of the engine from its code; a code that means nothing (an unknown row) stands for nothing."""
    if kind.kind is Kind.DATE:
        return _day(value)
    if kind.kind is Kind.TEXT:
        return kind.values[value] if 0 <= value < len(kind.values) else None
    return value if kind.parts == 1 else plain(Fraction(value, kind.parts))


@lru_cache(maxsize=200_000)
def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal > 0 else None


def _people(group: Group | None, name: str, rows: int, wanted: Mapping[str, Type]) -> Sequence[list[Person] | None]:
    if group is None:
        return [None] * rows
    facts = [dict[str, Any]() for _ in range(int(group.offsets[-1]))]
    for short, kind in wanted.items():
        if short in group.facts:
            _fill(facts, short, _values(kind, group.facts[short]))
    words = {NO_TIE: None, OTHER_TIE: "", **dict(enumerate(group.ties))}
    ties = [words[code] for code in group.tie.tolist()]
    offsets = group.offsets.tolist()
    groups = [
        [Person(f"{name}[{place - start}]", ties[place], facts[place]) for place in range(start, stop)]
        for start, stop in pairwise(offsets)
    ]
    lists = (
        groups
        if group.known is None
        else [one if told else None for one, told in zip(groups, group.known.tolist(), strict=True)]
    )
    return lists if group.group_of_row is None else [lists[place] for place in group.group_of_row.tolist()]
