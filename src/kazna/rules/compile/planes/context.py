"""One block of subjects: computes each operation once, on the level it belongs to, when somebody needs it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from kazna.rules.compile.frame import Array, Column, Frame, Group
from kazna.rules.compile.planes.aggregates import (
    Stretches,
    aggregated,
    belongs,
    enough,
    of_unknown_relation,
    where_known,
    whole,
)
from kazna.rules.compile.planes.expressions import COMPUTE
from kazna.rules.compile.planes.graph import Op
from kazna.rules.compile.planes.lookups import ANY_DAY, numerator
from kazna.rules.compile.planes.values import Number, Truth, Value, Word, exact
from kazna.rules.compile.planes.windows import window
from kazna.rules.language.types import Kind, Type


def column_value(column: Column | None, kind: Type) -> Value:
    """A column as a value; a column nobody has is unknown for all."""
    if column is None:
        return _nobody_knows(kind)
    values, known = column.values, column.known
    if kind.kind is Kind.BOOL:
        return Truth(values) if known is None else Truth(values & known, np.logical_not(values) & known)
    if kind.kind is Kind.TEXT:
        return Word(values if known is None else np.where(known, values, 0), known)
    if kind.kind is not Kind.DATE and values.dtype != np.int64:
        values = values.astype(np.int64)
    if known is None:
        return Number(values, values, kind.parts, kind.parts)
    low, high = ANY_DAY if kind.kind is Kind.DATE else (int(kind.lo * kind.parts), int(kind.hi * kind.parts))
    return Number(np.where(known, values, low), np.where(known, values, high), kind.parts, kind.parts)


def _nobody_knows(kind: Type) -> Value:
    if kind.kind is Kind.BOOL:
        return Truth(np.False_, np.False_)
    if kind.kind is Kind.TEXT:
        return Word(np.int32(0), np.False_)
    if kind.kind is Kind.DATE:
        return Number(*ANY_DAY)
    return Number(int(kind.lo * kind.parts), int(kind.hi * kind.parts), kind.parts, kind.parts)


def constant_value(kind: Type, value: Any) -> Value:
    """The same known value for every subject; a word that is not declared is unknown."""
    if kind.kind is Kind.TEXT:
        known = None if value in kind.values else np.False_
        return Word(np.int32(kind.values.index(value) if known is None else 0), known)
    if kind.kind is Kind.BOOL:
        return Truth(np.bool_(value))
    return exact(numerator(kind, value), kind.parts if kind.is_number else 1)


class People:
    """The candidates of one relation as the subjects of a context see them."""

    def __init__(self, group: Group, rows: int) -> None:
        self.group, self.rows = group, rows
        self.groups = Stretches(group.offsets)

    @cached_property
    def sizes(self) -> Array:
        sizes = np.diff(self.group.offsets)
        return sizes if self.group.group_of_row is None else sizes[self.group.group_of_row]

    @cached_property
    def pairs(self) -> Stretches:
        """One stretch for each subject: its pairs with the candidates it looks at."""
        return Stretches(np.concatenate(([0], np.cumsum(self.sizes))))

    @cached_property
    def row_of_pair(self) -> Array:
        return np.repeat(np.arange(self.rows), self.sizes)

    @cached_property
    def candidate_of_pair(self) -> Array | None:
        """None when pairs are the candidates themselves, in their order."""
        places = self.group.group_of_row
        if places is None:
            return None
        starts = self.group.offsets[:-1][places] - self.pairs.offsets[:-1]
        found: Array = np.arange(int(self.pairs.offsets[-1])) + np.repeat(starts, self.sizes)
        return found


class Context:
    """`same`: facts that are the same for all subjects. Fact columns and families come from `frame`.

    `parent`: the block these subjects are taken from, `taken`: which of its rows; it shares what it has computed.
    """

    def __init__(
        self,
        frame: Frame,
        same: Mapping[str, Value] | None = None,
        parent: Context | None = None,
        taken: Array | None = None,
    ) -> None:
        self.frame, self.same, self.parent, self.taken = frame, same or {}, parent, taken
        self.rows = frame.rows
        self.done: dict[int, Value] = {}
        self._people: dict[str, People | None] = {}
        self._bits: dict[int, tuple[Array, Array]] = {}

    def subset(self, taken: Array) -> Context:
        """The same questions for some of the subjects."""
        relations = {
            name: Group(group.offsets, group.tie, group.ties, group.facts,
                        taken if group.group_of_row is None else group.group_of_row[taken], group.known)
            for name, group in self.frame.relations.items()
        }  # fmt: skip
        return Context(Frame(len(taken), self.frame.facts, relations), self.same, self, taken)

    def people(self, relation: str) -> People | None:
        if relation not in self._people:
            group = self.frame.relations.get(relation)
            self._people[relation] = None if group is None else People(group, self.rows)
        return self._people[relation]

    def value(self, op: Op) -> Value:
        found = self.done.get(op.index)
        if found is None:
            found = self.done[op.index] = self._compute(op)
        return found

    def bits(self, op: Op) -> tuple[Array, Array]:
        """Where a condition is known to hold and known to fail (wild rows: neither), eight rows to a byte."""
        found = self._bits.get(op.index)
        if found is None:
            truth: Any = self.value(op)
            holds = np.packbits(whole(truth.t, self.rows))
            fails = ~holds if truth.full else np.packbits(whole(truth.f, self.rows))
            if truth.wild is not None:
                tame = ~np.packbits(whole(truth.wild, self.rows))
                holds, fails = holds & tame, fails & tame
            found = self._bits[op.index] = (holds, fails)
        return found

    def _shared(self, op: Op) -> Value | None:
        """What the block these subjects are taken from has computed already."""
        if self.parent is not None and self.taken is not None:
            if not op.level.rows:
                return self.parent.value(op)
            if op.level.relation is None and (op.index in self.parent.done or op.kind == "fact"):
                return self.parent.value(op).take(self.taken)
        return None

    def _compute(self, op: Op) -> Value:
        found = self._shared(op)
        if found is None:
            special = SPECIAL.get(op.kind)
            found = special(self, op) if special else COMPUTE[op.kind](op, [self.value(arg) for arg in op.args])
        return found


def _fact(context: Context, op: Op) -> Value:
    if op.data in context.same:
        return context.same[op.data]
    return column_value(context.frame.facts.get(str(op.data)), op.type)


def _candidate(context: Context, op: Op) -> Value:
    people = context.people(str(op.level.relation))
    return column_value(people.group.facts.get(str(op.data)) if people is not None else None, op.type)


def _belongs(context: Context, op: Op) -> Value:
    people = context.people(str(op.level.relation))
    if people is None:
        return Truth(np.False_, np.False_)
    args: list[Any] = [context.value(arg) for arg in op.args]
    tie = people.group.tie
    if op.level.rows and people.candidate_of_pair is not None:
        tie = tie[people.candidate_of_pair]
    return belongs(op, args, tie, people.group.ties)


def _lift(context: Context, op: Op) -> Value:
    """A value of subjects or of candidates, repeated for their pairs."""
    (inner,) = op.args
    value = context.value(inner)
    people = context.people(str(op.level.relation))
    if people is None:
        return value
    if inner.level.relation is None:
        return value.take(people.row_of_pair)
    return value if people.candidate_of_pair is None else value.take(people.candidate_of_pair)


def _aggregate(context: Context, op: Op) -> Value:
    relation = str(op.data[1])
    people = context.people(relation)
    if people is None:
        return of_unknown_relation(op)
    per_pair = any(arg.level.rows for arg in op.args)
    if not per_pair and context.parent is not None and context.taken is not None:
        return _by_group(context.parent, op, people)
    if not per_pair:
        return _by_group(context, op, people)
    known = people.group.known
    if known is not None and people.group.group_of_row is not None:
        known = known[people.group.group_of_row]
    return _counted(context, op, people.pairs, known)


def _counted(context: Context, op: Op, stretches: Stretches, known: Array | None) -> Value:
    """The aggregate of each stretch, where enough people are known of."""
    args: list[Any] = [context.value(arg) for arg in op.args]
    value = aggregated(op, args, stretches)
    sufficient = enough(args[0], stretches, op.data[-1])
    if sufficient is not None:
        known = sufficient if known is None else known & sufficient
    return value if known is None else where_known(known, value, of_unknown_relation(op))


def _by_group(context: Context, op: Op, people: People) -> Value:
    """Computed once for each group and handed to the subjects who look at it."""
    key = -1 - op.index
    value = context.done.get(key)
    if value is None:
        value = context.done[key] = _counted(context, op, people.groups, people.group.known)
    return value if people.group.group_of_row is None else value.take(people.group.group_of_row)


def _window(context: Context, op: Op) -> Value:
    args: list[Any] = [context.value(arg) for arg in op.args]
    name, relation = op.data[:2]
    if relation is None:
        column, taken = context.frame.facts.get(name), context.taken
    else:
        people = context.people(relation)
        column = people.group.facts.get(name) if people is not None else None
        taken = people.candidate_of_pair if people is not None and op.level.rows else None
    return window(op, args, column if column is None or taken is None else column.part(taken))


SPECIAL: dict[str, Any] = {
    "fact": _fact,
    "candidate": _candidate,
    "belongs": _belongs,
    "lift": _lift,
    "aggregate": _aggregate,
    "window": _window,
}
