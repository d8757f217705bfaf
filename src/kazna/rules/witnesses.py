"""Proof by example that a missing fact matters: two completions that differ in it alone and give two answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from kazna.rules.axis import ORDERED, axis_of
from kazna.rules.cases import domain
from kazna.rules.language.types import Type
from kazna.rules.program import Result

MOST_RUNS = 16
DECADES = 8


def samples(kind: Type, *, alone: bool) -> tuple[Any, ...]:
    """A few values of a fact: both ends, and values between them, finer towards the lower end, for one asked alone."""
    values = domain(kind)
    if values:
        return values if alone else (values[0], values[-1])
    if kind.kind not in ORDERED:
        return ()
    axis = axis_of(kind)
    width = axis.high - axis.low
    between = [axis.low + width // 10**step for step in range(1, DECADES)] if alone else []
    return tuple(axis.write(place) for place in dict.fromkeys([axis.low, axis.high, *between]))


def witnessed(
    tried: Mapping[str, tuple[Any, ...]], result_with: Callable[[Mapping[str, Any]], Result]
) -> frozenset[str]:
    """The facts of `tried` (name → samples) that are proved to matter; nothing is said of the others."""
    count = 1
    for values in tried.values():
        count *= len(values)
    if not 0 < count <= MOST_RUNS:
        return frozenset()
    names = list(tried)
    results = {}
    for values in product(*tried.values()):
        result = result_with(dict(zip(names, values, strict=True)))
        if result[0] != "unknown":
            results[values] = result
    return frozenset(name for place, name in enumerate(names) if _turns(results, place))


def _turns(results: Mapping[tuple[Any, ...], Any], place: int) -> bool:
    lines: dict[tuple[Any, ...], set[Any]] = {}
    for values, result in results.items():
        lines.setdefault(values[:place] + values[place + 1 :], set()).add(result)
    return any(len(line) > 1 for line in lines.values())
