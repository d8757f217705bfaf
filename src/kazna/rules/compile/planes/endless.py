"""Rows that whole numbers of a machine cannot hold, once more in numbers without end: a parameter without a row.

Most of a nation has not had the event whose day a parameter is asked for, so such rows are many, and the interpreter
would spend more on them than everything else together.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from kazna.rules.compile.frame import Array
from kazna.rules.compile.planes.context import Context
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.numbers import multiplied
from kazna.rules.compile.planes.values import Number, Value, any_wild
from kazna.rules.evaluate.spans import LIMIT

UNBOUNDED = frozenset({"parameter", "lookup", "band", "/"})  # what may give «any number» as the interpreter does


class Endless(Context):
    """The same questions for some subjects of a block, where a number nobody knows has the interpreter's bounds.

    What is wild even so (a group larger than the law foresees) stays wild.
    """

    def __init__(self, block: Context, taken: Array) -> None:
        few = block.subset(taken)
        super().__init__(few.frame, few.same, block, taken)

    def _shared(self, op: Op) -> Value | None:
        found = super()._shared(op)
        return None if found is not None and op.level.rows and found.wild is not None else found

    def _compute(self, op: Op) -> Value:
        found = super()._compute(op)
        if not isinstance(found, Number) or not op.level.rows:
            return found
        if found.wild is None or op.level.relation is not None:
            return found
        args: list[Any] = [self.value(arg) for arg in op.args]
        if op.kind == "*":  # bounds over different denominators fit no machine's numbers
            return multiplied(op, [_long(arg, self.rows) for arg in args])
        return _unbounded(found, any_wild(*args), self.rows) if op.kind in UNBOUNDED else found


def _long(number: Number, rows: int) -> Number:
    """The same in Python's numbers, an entry for each row."""
    lo, hi, dlo, dhi = (
        np.broadcast_to(np.asarray(one, dtype=object), (rows,))
        for one in (number.lo, number.hi, number.dlo, number.dhi)
    )
    if isinstance(number.dlo, int) and isinstance(number.dhi, int):
        return Number(lo, lo if number.full else hi, number.dlo, number.dhi, number.wild)
    return Number(lo, lo, dlo, dlo, number.wild) if number.full else Number(lo, hi, dlo, dhi, number.wild)


def _unbounded(number: Number, wild: Any, rows: int) -> Number:
    """Any number in the rows that are not `wild` by what the operation was given."""
    lost = number.wild if wild is None else number.wild & ~wild
    found = _long(number, rows)
    lo, hi = np.where(lost, -LIMIT * found.dlo, found.lo), np.where(lost, LIMIT * found.dhi, found.hi)
    return Number(lo, hi, found.dlo, found.dhi, wild)
