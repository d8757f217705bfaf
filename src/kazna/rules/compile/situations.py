"""From situations to a frame and back: what ties the columns of a nation to the facts of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from kazna.rules.compile.frame import NO_TIE, OTHER_TIE, Array, Column, Frame, Group
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.evaluate.environment import Person
from kazna.rules.evaluate.spans import plain
from kazna.rules.language.types import Kind, Type
from kazna.rules.situation import Prepared, Situation, prepare


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


def decoded(kind: Type, value: Any) -> Any:
    """The value of the engine behind a whole number of a column."""
    if kind.kind is Kind.DATE:
        return date.fromordinal(int(value))
    if kind.kind is Kind.TEXT:
        return kind.values[int(value)]
    if kind.kind is Kind.BOOL:
        return bool(value)
    return int(value) if kind.parts == 1 else plain(Fraction(int(value), kind.parts))


def column_of(kind: Type, values: Sequence[Any]) -> Column:
    """A column of engine values, None meaning unknown."""
    known = np.array([value is not None for value in values], dtype=np.bool_)
    codes = [0 if value is None else coded(kind, value) for value in values]
    return Column(np.array(codes, dtype=dtype_of(kind)), None if known.all() else known)


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


def prepared_row(
    frame: Frame, row: int, facts: Mapping[str, Type], relations: Mapping[str, Mapping[str, Type]]
) -> Prepared:
    """One subject as the interpreter reads it. `facts`, `relations`: what is wanted, with types."""
    found = {
        name: decoded(kind, frame.facts[name].values[row])
        for name, kind in facts.items()
        if name in frame.facts and _is_known(frame.facts[name], row)
    }
    people = {name: _people(frame.relations.get(name), name, row, wanted) for name, wanted in relations.items()}
    return Prepared(found, people, {})


def _is_known(column: Column, row: int) -> bool:
    known: Array | None = column.known
    return known is None or bool(known[row])


def _people(group: Group | None, name: str, row: int, wanted: Mapping[str, Type]) -> list[Person] | None:
    if group is None:
        return None
    place = row if group.group_of_row is None else int(group.group_of_row[row])
    if group.known is not None and not group.known[place]:
        return None
    people = []
    for index, member in enumerate(range(int(group.offsets[place]), int(group.offsets[place + 1]))):
        facts = {
            short: decoded(kind, group.facts[short].values[member])
            for short, kind in wanted.items()
            if short in group.facts and _is_known(group.facts[short], member)
        }
        code = int(group.tie[member])
        tie = None if code == NO_TIE else "" if code == OTHER_TIE else group.ties[code]
        people.append(Person(f"{name}[{index}]", tie, facts))
    return people
