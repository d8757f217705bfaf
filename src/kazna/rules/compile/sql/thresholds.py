"""Move a function of one date to the constant side: «age below 17» becomes «born after such a day»."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kazna.rules.compile.planes.thresholds import SWAPPED, first_day_when
from kazna.rules.compile.sql.trees import Part
from kazna.rules.compile.sql.values import Day, Number
from kazna.rules.evaluate.functions import FUNCTIONS
from kazna.rules.evaluate.logic import ON_KNOWN
from kazna.rules.language.nodes import Call, Compare, Node

if TYPE_CHECKING:
    from kazna.rules.compile.sql.rules import Rules


def moved(rules: Rules, node: Compare) -> list[tuple[str, Day, date]] | None:
    """The comparison as comparisons of its one date with constants, all of which must hold; None when it cannot be.

    Exact for bounds too: the function is monotone in that date.
    """
    for call, sign, other in ((node.left, node.sign, node.right), (node.right, SWAPPED[node.sign], node.left)):
        bound = _constant(rules, other) if isinstance(call, Call) and sign != "!=" else None
        if isinstance(call, Call) and isinstance(bound, (int, Fraction)) and call.function in FUNCTIONS:
            found = _of_call(rules, call, sign, bound)
            if found is not None:
                return found
    return None


def _constant(rules: Rules, node: Node) -> Any:
    value = rules.value(node)
    if isinstance(value, Number):
        return value.constant
    if isinstance(value, Day) and value.exact and not isinstance(value.low, Part):
        return value.low
    return None


def _of_call(rules: Rules, call: Call, sign: str, bound: int | Fraction) -> list[tuple[str, Day, date]] | None:
    function, directions = FUNCTIONS[call.function]
    constants = [_constant(rules, argument) for argument in call.arguments]
    places = [place for place, value in enumerate(constants) if value is None]
    if len(places) != 1 or len(directions) != len(constants):
        return None
    place = places[0]
    operand = rules.value(call.arguments[place])
    if not isinstance(operand, Day):
        return None

    def edge_of(one: str) -> tuple[str, Day, date]:
        def holds(day: date) -> bool:
            return ON_KNOWN[one](function(*constants[:place], day, *constants[place + 1 :]), bound)

        grows = (one in (">", ">=")) == (directions[place] > 0)
        edge = first_day_when(holds) if grows else first_day_when(lambda day: not holds(day))
        if edge is None:  # it never starts to hold, or never fails
            return (">" if grows else "<=", operand, date.max)
        return (">=" if grows else "<", operand, edge)

    return [edge_of(one) for one in (">=", "<=")] if sign == "=" else [edge_of(sign)]
