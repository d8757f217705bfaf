"""The values of a number or date as whole numbers in order: kopecks, days, thousandths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kazna.rules.evaluate.spans import plain
from kazna.rules.language.types import Kind, Type

ORDERED = frozenset({Kind.INT, Kind.RATE, Kind.MONEY, Kind.DATE})


@dataclass(frozen=True, slots=True)
class Axis:
    """`read` turns a value into a place on the axis, `write` a place into a value; `low`..`high` inclusive."""

    read: Callable[[Any], int]
    write: Callable[[int], Any]
    low: int
    high: int


def axis_of(kind: Type, *, first: date = date.min, last: date = date.max) -> Axis:
    """The axis of a type of ORDERED; dates from `first` to `last`."""
    if kind.kind is Kind.DATE:
        return Axis(date.toordinal, date.fromordinal, first.toordinal(), last.toordinal())
    parts = kind.parts
    return Axis(
        lambda value: int(Fraction(value) * parts),
        lambda place: plain(Fraction(place, parts)),
        int(kind.lo * parts),
        int(kind.hi * parts),
    )


def first_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The least place of `low`..`high` where a condition that once true stays true holds; `high + 1` if nowhere."""
    end = high + 1
    while low < end:
        middle = (low + end) // 2
        if holds(middle):
            end = middle
        else:
            low = middle + 1
    return low
