"""Parameters and tables: rows chosen by day, key or band, for a block at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from kazna.rules.compile.frame import Array
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.values import Number, Truth, Value, Word, any_wild, either
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.tables import Table
from kazna.rules.language import nodes
from kazna.rules.language.types import Kind, Type

if TYPE_CHECKING:
    from kazna.rules.compile.planes.lowering import Lowering

ANY_DAY = (date.min.toordinal(), date.max.toordinal())


def numerator(kind: Type, value: Any) -> int:
    """A constant of the law as a whole number over the parts of its type; a date as its ordinal, a truth as 0 or 1."""
    if isinstance(value, date):
        return value.toordinal()
    return int(Fraction(value) * kind.parts)


@dataclass(eq=False, slots=True)
class Rows:
    """`values[key, period]` and whether there is a row at all; `starts`: the first day of each period but the first."""

    type: Type
    keys: tuple[str | None, ...]
    starts: Array
    values: Array
    present: Array
    codes: dict[tuple[str, ...], Array] = field(default_factory=dict)

    def key_codes(self, words: tuple[str, ...]) -> Array:
        """The place of each declared word among the keys; the last place is for words without rows."""
        if words not in self.codes:
            places = {key: place for place, key in enumerate(self.keys)}
            self.codes[words] = np.array([places.get(word, len(self.keys)) for word in words], dtype=np.int64)
        return self.codes[words]


def parameter_rows(parameter: Parameter) -> Rows:
    keys = tuple(parameter.rows)
    days: set[int] = set()
    for row in parameter.all_rows():
        days.add(row.start.toordinal())
        if row.end is not None and row.end != date.max:
            days.add((row.end + timedelta(days=1)).toordinal())
    starts = sorted(days)
    values = np.zeros((len(keys) + 1, len(starts) + 1), dtype=np.int64)
    present = np.zeros(values.shape, dtype=np.bool_)
    for place, key in enumerate(keys):
        for period, start in enumerate(starts):
            found = parameter.row(key, date.fromordinal(start))
            if found is not None:
                values[place, period + 1] = numerator(parameter.type, found.value)
                present[place, period + 1] = True
    return Rows(parameter.type, keys, np.array(starts, dtype=np.int64), values, present)


ROWS_OF: dict[int, tuple[Parameter, Rows]] = {}


def _rows(parameter: Parameter) -> Rows:
    """Made once for a parameter while the process lives."""
    found = ROWS_OF.get(id(parameter))
    if found is None or found[0] is not parameter:
        found = ROWS_OF[id(parameter)] = (parameter, parameter_rows(parameter))
    return found[1]


def lower_parameter(lowering: Lowering, node: nodes.ParameterRef) -> Op:
    from kazna.rules.compile.planes.graph import ONCE

    parameter = lowering.parameters.get(node.name)
    if parameter is None:
        return lowering.graph.add("unlimited", (), node.type.kind, node.type, ONCE)
    day = lowering.day(node)
    args = (day,) if node.key is None else (day, lowering.lower(node.key))
    return lowering.graph.on_args("parameter", args, _rows(parameter), node.type)


def lower_table(lowering: Lowering, node: nodes.TableRef) -> Op:
    table = lowering.measure.tables[node.table]
    kind = "lookup" if table.scope.keyed else "band"
    return lowering.graph.on_args(kind, (lowering.lower(node.operand),), _Shared(table), node.type)


class _Shared:
    """A table as data of an operation: equal when it is the same table."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and other.table is self.table

    def __hash__(self) -> int:
        return id(self.table)


def parameter_value(op: Op, args: Sequence[Value]) -> Value:
    rows = op.data
    assert isinstance(rows, Rows)
    day = args[0]
    assert isinstance(day, Number)
    period = np.searchsorted(rows.starts, day.lo, side="right")
    known = day.known()
    if len(args) == 1:
        values, present = rows.values[0][period], rows.present[0][period]
    else:
        word = args[1]
        assert isinstance(word, Word)
        code = rows.key_codes(op.args[1].type.values)[word.codes]
        values, present = rows.values[code, period], rows.present[code, period]
        if word.known is not None:
            known = known & word.known
    return _or_unlimited(rows.type, values, present & known, any_wild(*args))


def _or_unlimited(kind: Type, values: Any, present: Any, wild: Any) -> Value:
    """The values where there are any; a number without one is wild, a date may be any day."""
    if kind.is_number:
        lost = None if np.all(present) else np.logical_not(present)
        return Number(values, values, kind.parts, kind.parts, either(wild, lost))
    if np.all(present):
        return Number(values, values, 1, 1, wild)
    return Number(np.where(present, values, ANY_DAY[0]), np.where(present, values, ANY_DAY[1]), 1, 1, wild)


def lookup_value(op: Op, args: Sequence[Value]) -> Value:
    assert isinstance(op.data, _Shared)
    table, word = op.data.table, args[0]
    assert isinstance(word, Word)
    kind, words = table.scope.value, op.args[0].type.values
    values = np.array([numerator(kind, table.words[one]) if one in table.words else 0 for one in words], dtype=np.int64)
    present = np.array([one in table.words for one in words], dtype=np.bool_)[word.codes]
    found, every = values[word.codes], [numerator(kind, value) for value in table.words.values()]
    known = np.True_ if word.known is None else word.known
    if kind.kind is Kind.BOOL:
        same = len(set(every)) == 1
        t = np.where(known, present & (found == 1), same and every[0] == 1)
        f = np.where(known, present & (found == 0), same and every[0] == 0)
        return Truth(t, f, word.wild)
    lo, hi = np.where(known, found, min(every)), np.where(known, found, max(every))
    if word.known is None:
        hi = lo
    lost = known & np.logical_not(present)
    if not np.any(lost):
        return Number(lo, hi, kind.parts, kind.parts, word.wild)
    if kind.is_number:
        return Number(lo, hi, kind.parts, kind.parts, either(word.wild, lost))
    return Number(np.where(lost, ANY_DAY[0], lo), np.where(lost, ANY_DAY[1], hi), 1, 1, word.wild)


def band_value(op: Op, args: Sequence[Value]) -> Value:
    assert isinstance(op.data, _Shared)
    table, key = op.data.table, args[0]
    assert isinstance(key, Number)
    kind = table.scope.value
    first, inside = _band(table, key.lo, key.dlo)
    last = first
    if not key.full:
        last, also = _band(table, key.hi, key.dhi)
        inside = inside & also
    values = np.array([numerator(kind, value) for value in table.values], dtype=np.int64)
    lo, hi = _ends(values, first, last)
    if kind.kind is Kind.BOOL:
        return Truth(inside & (lo == 1), inside & (hi == 0), key.wild)
    return _or_unlimited_ends(kind, lo, hi, inside, key.wild)


def _or_unlimited_ends(kind: Type, lo: Any, hi: Any, inside: Any, wild: Any) -> Value:
    if np.all(inside):
        return Number(lo, hi, kind.parts, kind.parts, wild)
    if kind.is_number:
        return Number(lo, hi, kind.parts, kind.parts, either(wild, np.logical_not(inside)))
    return Number(np.where(inside, lo, ANY_DAY[0]), np.where(inside, hi, ANY_DAY[1]), 1, 1, wild)


def _band(table: Table, value: Any, parts: Any) -> tuple[Any, Any]:
    """The band of each key (0 outside) and whether it is inside the table."""
    value = np.asarray(value)
    open_below = bool(table.starts) and table.starts[0] is None
    starts = [start for start in table.starts if start is not None]
    place = np.zeros(value.shape, dtype=np.int64) - (0 if open_below else 1)
    if isinstance(parts, int):
        place = place + np.searchsorted(np.array([_edge(one, parts) for one in starts], dtype=np.int64), value, "right")
    else:
        for start in starts:
            exact = Fraction(start)  # type: ignore[arg-type]
            place = place + (value * exact.denominator >= exact.numerator * parts)
    inside = place >= 0
    if table.top is not None:
        if isinstance(parts, int):
            inside = inside & (value < _edge(table.top, parts))
        else:
            top = Fraction(table.top)  # type: ignore[arg-type]
            inside = inside & (value * top.denominator < top.numerator * parts)
    return np.where(inside, place, 0), inside


def _edge(edge: Any, parts: int) -> int:
    """The least numerator that reaches the edge."""
    return edge.toordinal() if isinstance(edge, date) else ceil(Fraction(edge) * parts)


def _ends(values: Array, first: Any, last: Any) -> tuple[Any, Any]:
    """The least and the greatest value of the bands first..last."""
    lo = values[first]
    if last is first:
        return lo, lo
    lo, hi = np.array(lo), np.array(lo)
    for place, value in enumerate(values):
        among = (first <= place) & (place <= last)
        lo, hi = np.where(among, np.minimum(lo, value), lo), np.where(among, np.maximum(hi, value), hi)
    return lo, hi
