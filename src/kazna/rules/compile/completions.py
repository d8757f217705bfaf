"""What nobody knows told in a few ways: answers that differ between them show that what is unknown matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import numpy as np

from kazna.rules.compile.frame import Array, Column, Frame
from kazna.rules.language.types import Kind, Type

WAYS = ((0, 0), (1, 1), (0, 1), (1, 0))  # which end of its type an even and an odd fact is told as


def completions(
    frame: Frame, facts: Mapping[str, Type], relations: Mapping[str, Mapping[str, Type]], on: date
) -> Iterator[Frame]:
    """The frame with every unknown fact told, once for each way; a relation unknown as a whole stays unknown."""
    for way in WAYS:
        turn = (way[number % 2] for number in count())
        told = {name: _told(frame.facts[name], kind, next(turn), on) for name, kind in facts.items()}
        groups = {
            name: replace(
                group,
                facts={
                    short: _told(column, relations[name][short], next(turn), on)
                    for short, column in group.facts.items()
                },
            )
            for name, group in frame.relations.items()
        }
        yield Frame(frame.rows, told, groups)


def _told(column: Column, kind: Type, end: int, on: date) -> Column:
    if kind.kind is Kind.SERIES:
        month = int((kind.lo, kind.hi)[end])
        values = column.values if column.known is None else np.where(column.known, column.values, month)
        return Column(values, None, column.first_month, True)
    if column.known is None:
        return column
    values: Array = np.where(column.known, column.values, _end(kind, end, on)).astype(column.values.dtype)
    return Column(values, None)


def _end(kind: Type, end: int, on: date) -> int:
    match kind.kind:
        case Kind.BOOL:
            return end
        case Kind.TEXT:
            return (0, len(kind.values) - 1)[end]
        case Kind.DATE:
            return (on - timedelta(days=(7_000, 20)[end])).toordinal()
        case _:
            return int((kind.lo, kind.hi)[end] * kind.parts)
