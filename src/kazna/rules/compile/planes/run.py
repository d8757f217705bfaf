"""Run a plan over blocks: an AND of planes for each measure, amounts only for those who may get them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kazna.rules.compile.decision import Decision
from kazna.rules.compile.frame import Array, Frame
from kazna.rules.compile.planes.aggregates import whole
from kazna.rules.compile.planes.calendar import NEVER
from kazna.rules.compile.planes.context import Context
from kazna.rules.compile.planes.endless import Endless
from kazna.rules.compile.planes.plan import MeasurePlan, Plan
from kazna.rules.compile.planes.values import Number, Value

BLOCK = 32_768
UNKNOWN, GRANTED = 0, 1
Exact = Callable[[MeasurePlan, int], Decision]


@dataclass(slots=True)
class Answers:
    """Those who are granted or undecided in one measure: row numbers of the block and what they get.

    `amount`, `term_from` and `term_to` mean something only where `state` is GRANTED; days are ordinals, NEVER is an
    open end. `open`: the mask of `Decision.open`. `refused` counts the rest.
    """

    rows: Array
    state: Array
    amount: Array
    term_from: Array
    term_to: Array
    open: Array
    refused: int


def run_block(plan: Plan, frame: Frame, exact: Exact, same: Mapping[str, Value] | None = None) -> list[Answers]:
    """The answers of every measure for one block. `exact` decides the rows that whole numbers cannot hold.

    `same`: facts that are the same for everybody in the block.
    """
    return answers_of(plan, Context(frame, same), exact)


def answers_of(plan: Plan, context: Context, exact: Exact) -> list[Answers]:
    """As `run_block`, for a block of which something may be computed already."""
    return [_measure(context, measure, exact) for measure in plan.measures]


def refusal_masks(plan: Plan, frame: Frame, exact: Exact, same: Mapping[str, Value] | None = None) -> list[Array]:
    """For each measure the mask of conditions known not to hold: not zero where the person is refused."""
    context = Context(frame, same)
    masks = []
    for measure in plan.measures:
        mask, strange = np.zeros(frame.rows, dtype=np.int64), np.zeros(frame.rows, dtype=np.bool_)
        for plane in measure.planes:
            truth: Any = context.value(plane.op)
            mask |= np.where(truth.f, np.int64(1) << plane.bit, 0)
            if truth.wild is not None:
                strange |= truth.wild
        for row in np.flatnonzero(strange).tolist():
            mask[row] = exact(measure, row).no
        masks.append(mask)
    return masks


def _measure(context: Context, measure: MeasurePlan, exact: Exact) -> Answers:
    answers = _plainly(context, measure)
    strange = np.flatnonzero(answers.open < 0)
    if len(strange):
        _settle(context, answers, strange, measure, exact)
    return answers


def _plainly(context: Context, measure: MeasurePlan) -> Answers:
    """The answers with the wild rows left WILD."""
    refused, unsure = _together(context, measure)
    possible = np.unpackbits(~refused, count=context.rows).view(np.bool_)
    rows = np.flatnonzero(possible)
    if len(rows) == 0:
        return _nobody(context.rows)
    open_rows = np.flatnonzero(np.unpackbits(~refused & unsure, count=context.rows).view(np.bool_))
    answers = _of_possible(context, measure, rows, open_rows)
    answers.refused = context.rows - len(rows)
    return answers


def _together(context: Context, measure: MeasurePlan) -> tuple[Any, Any]:
    """Who is refused by some plane, and whom some plane is not known to let through, eight rows to a byte."""
    width = (context.rows + 7) // 8
    refused, holding = np.zeros(width, dtype=np.uint8), np.full(width, 255, dtype=np.uint8)
    for plane in measure.planes:
        holds, fails = context.bits(plane.op)
        refused |= fails
        holding &= holds
    return refused, ~holding


WILD = np.int64(-(2**63))  # the sign bit of an open mask: set while a row waits for the interpreter


def _of_possible(context: Context, measure: MeasurePlan, rows: Array, open_rows: Array) -> Answers:
    """`open_rows`: those of `rows` for whom a condition is open (or wild)."""
    few = context if len(rows) == context.rows else context.subset(rows)
    mask = np.zeros(len(rows), dtype=np.int64)
    if len(open_rows):
        mask[np.searchsorted(rows, open_rows)] = _open_planes(context, measure, open_rows)
    results = []
    for place, op in enumerate((measure.amount, measure.term_from, measure.term_to, measure.governing)):
        if op is None:
            results.append(np.zeros(len(rows), dtype=np.int64))
            continue
        value: Any = few.value(op)
        assert isinstance(value, Number)
        if not value.full:
            mask |= np.where(value.known(), 0, np.int64(1) << (measure.result_bit + place))
        if value.wild is not None:
            mask |= np.where(value.wild, WILD, 0)
        results.append(_whole(value, len(rows)))
    term_to = results[2] if measure.term_to is not None else np.full(len(rows), NEVER)
    state = (mask == 0).astype(np.int8)
    return Answers(rows, state, results[0], results[1], term_to, mask, 0)


def _whole(value: Number, rows: int) -> Array:
    """The number of each row; it means something where it is known."""
    found = whole(value.lo if isinstance(value.dlo, int) and value.dlo == 1 else value.lo // value.dlo, rows)
    if found.dtype != object:
        return found
    means = value.known() if value.wild is None else value.known() & ~value.wild
    return np.where(means, found, 0).astype(np.int64)


def _open_planes(context: Context, measure: MeasurePlan, rows: Array) -> Array:
    """The mask of conditions not known to hold in these rows, with WILD where one is wild."""
    mask = np.zeros(len(rows), dtype=np.int64)
    for plane in measure.planes:
        truth: Any = context.value(plane.op)
        if truth.full and truth.wild is None:
            continue
        mask |= np.where(truth.t[rows] if np.ndim(truth.t) else truth.t, 0, np.int64(1) << plane.bit)
        if truth.wild is not None:
            mask |= np.where(truth.wild[rows] if np.ndim(truth.wild) else truth.wild, WILD, 0)
    return mask


def _nobody(rows: int) -> Answers:
    nothing = np.zeros(0, dtype=np.int64)
    return Answers(nothing, nothing.astype(np.int8), nothing, nothing, nothing, nothing, rows)


FIELDS = ("state", "amount", "term_from", "term_to", "open")


def _settle(context: Context, answers: Answers, strange: Array, measure: MeasurePlan, exact: Exact) -> None:
    """Count wild rows in numbers without end, let the interpreter decide what stays wild; the refused leave."""
    again = _plainly(Endless(context, answers.rows[strange]), measure)
    answers.state[strange] = -1
    places = strange[again.rows]
    for name in FIELDS:  # they may be columns of the block itself
        whole_column = getattr(answers, name).copy()
        whole_column[places] = getattr(again, name)
        setattr(answers, name, whole_column)
    for place in places[again.open < 0].tolist():
        _replace(answers, place, exact(measure, int(answers.rows[place])))
    _drop_refused(answers)


def _replace(answers: Answers, place: int, found: Decision) -> None:
    """Put the interpreter's answer; a refusal is marked by an impossible state and dropped later."""
    answers.state[place] = {"granted": GRANTED, "unknown": UNKNOWN, "refused": -1}[found.state]
    answers.amount[place] = found.amount or 0
    answers.term_from[place] = 0 if found.term_from is None else found.term_from.toordinal()
    answers.term_to[place] = NEVER if found.term_to is None else found.term_to.toordinal()
    answers.open[place] = found.open


def _drop_refused(answers: Answers) -> None:
    kept = answers.state >= 0
    answers.refused += int(np.count_nonzero(~kept))
    for name in ("rows", *FIELDS):
        setattr(answers, name, getattr(answers, name)[kept])


def decision_at(measure: MeasurePlan, answers: Answers, place: int) -> Decision:
    """One answer as the interpreter gives it."""
    if answers.state[place] != GRANTED:
        return Decision("unknown", None, None, None, 0, int(answers.open[place]))
    first, last = int(answers.term_from[place]), int(answers.term_to[place])
    return Decision(
        "granted",
        int(answers.amount[place]) if measure.amount is not None else None,
        date.fromordinal(first) if measure.term_from is not None else None,
        None if measure.term_to is None or last == NEVER else date.fromordinal(last),
        0,
        0,
    )
