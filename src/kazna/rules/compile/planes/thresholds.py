"""Move a function of a date to the constant side: «age below 17» becomes «born after such a day»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from kazna.rules.compile.planes.graph import Op
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.evaluate.logic import ON_KNOWN
from kazna.rules.language.types import Kind

SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Moved(NamedTuple):
    """`operand sign value` is the comparison asked for. Two of them joined by «and» stand for an equality."""

    operand: Op
    sign: str
    value: date


def moved(sign: str, call: Op, bound: Any) -> list[Moved] | None:
    """The comparison of a call with a constant as comparisons of its one variable date; None when it cannot be.

    Exact for bounds too: the function is monotone in that date.
    """
    function, directions = FUNCTIONS[str(call.data)]
    places = [place for place, arg in enumerate(call.args) if arg.kind != "constant"]
    if len(places) != 1 or not directions or call.args[places[0]].type.kind is not Kind.DATE or sign == "!=":
        return None
    place = places[0]
    way = directions[min(place, len(directions) - 1)]
    constants = [arg.data for arg in call.args]

    def at(day: date) -> Any:
        return function(*constants[:place], day, *constants[place + 1 :])

    operand = call.args[place]
    if sign == "=":
        first, last = moved(">=", call, bound), moved("<=", call, bound)
        return None if first is None or last is None else [*first, *last]
    grows = sign in (">", ">=") if way > 0 else sign in ("<", "<=")
    compare = ON_KNOWN[sign]

    def holds(day: date) -> bool:
        return compare(at(day), bound)

    edge = first_day_when(holds) if grows else first_day_when(lambda day: not holds(day))
    if edge is None:  # the predicate never starts to hold (or to fail)
        return [Moved(operand, ">" if grows else "<=", date.max)]
    return [Moved(operand, ">=" if grows else "<", edge)]


def first_day_when(holds: Callable[[date], bool]) -> date | None:
    """The first day of the calendar on which a predicate that starts to hold once holds."""
    low, high = date.min.toordinal(), date.max.toordinal() + 1
    while low < high:
        middle = (low + high) // 2
        if holds(date.fromordinal(middle)):
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(low) if low <= date.max.toordinal() else None
