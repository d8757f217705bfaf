"""Bars for SVG: where each stands and how high, in the units of the picture; the template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, WIDEST = 720, 260, 34, 64


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar, from the bottom up; `kind` names its pattern."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars; `top` is the value of the highest line, `line_y` where an optional limit stands (None: off)."""

    bars: tuple[Bar, ...]
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = FOOT


def stacked(rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> Chart | None:
    """(label, ((kind, value), …)) per bar; None when there is nothing above zero to draw."""
    top = max((sum(max(value, 0) for _, value in parts) for _, parts in rows), default=0)
    if top <= 0:
        return None
    step = WIDTH / len(rows)
    return Chart(tuple(_bar(place, step, label, parts, top) for place, (label, parts) in enumerate(rows)), top)


@dataclass(frozen=True, slots=True)
class Interval:
    """Places on a line 200 long: both ends, the point between them, and zero, which is always on it."""

    low: float
    at: float
    high: float
    zero: float


def interval(low: float, at: float, high: float) -> Interval:
    least, most = min(low, 0), max(high, 0)
    step = 184 / ((most - least) or 1)
    return Interval(*(round(8 + (value - least) * step, 1) for value in (low, at, high, 0)))


def _bar(place: int, step: float, label: str, values: Sequence[tuple[str, int]], top: int) -> Bar:
    room, bottom, parts = HEIGHT - FOOT, float(HEIGHT - FOOT), []
    for kind, value in values:
        height = round(room * max(value, 0) / top, 1)
        bottom -= height
        if height:
            parts.append(Part(kind, round(bottom, 1), height))
    width = min(step * 0.72, WIDEST)
    return Bar(round(place * step + (step - width) / 2, 1), round(width, 1), label, tuple(parts))
