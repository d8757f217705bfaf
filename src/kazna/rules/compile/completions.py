"""What nobody knows told in a few ways: answers that differ between them show that what is unknown matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from kazna.rules.compile.frame import Array, Column, Frame
from kazna.rules.language.types import Kind, Type

WAYS = ((0, 0), (1, 1), (0, 1), (1, 0))  # which end of its type a fact of the subject, and of a candidate, is told as


def completions(
    frame: Frame, facts: Mapping[str, Type], relations: Mapping[str, Mapping[str, Type]], on: date
) -> Iterator[Frame]:
    """The frame with every unknown fact told, way by way; a relation unknown as a whole stays unknown."""
    for own, of_member in WAYS:
        told = {name: _told(column, facts[name], own, on) for name, column in frame.facts.items()}
        groups = {}
        for name, group in frame.relations.items():
            members = {short: _told(column, relations[name][short], of_member, on)
                       for short, column in group.facts.items()}  # fmt: skip
            groups[name] = replace(group, facts=members)
        yield Frame(frame.rows, told, groups)


def _told(column: Column, kind: Type, end: int, on: date) -> Column:
    if column.known is None:
        return column
    values: Array = np.where(column.known, column.values, _end(kind, end, on)).astype(column.values.dtype)
    return Column(values, None, column.first_month, kind.kind is Kind.SERIES or column.rest_zero)


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
