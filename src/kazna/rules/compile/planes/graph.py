"""The graph of what all measures compute: equal parts are one operation, computed once for a block."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from kazna.rules.language.types import Type


@dataclass(frozen=True, slots=True)
class Level:
    """For whom a value is computed: subjects (`rows`), candidates of a relation, pairs of both, or once for all."""

    relation: str | None = None
    rows: bool = False

    def joined(self, other: Level) -> Level:
        return Level(self.relation or other.relation, self.rows or other.rows)


ONCE, ROWS = Level(), Level(rows=True)


@dataclass(eq=False, slots=True)
class Op:
    """`kind` names the function that computes it, `data` what it needs besides the values of `args`."""

    index: int
    kind: str
    args: tuple[Op, ...]
    data: Any
    type: Type
    level: Level


@dataclass(slots=True)
class Graph:
    """Operations in an order in which they can be computed."""

    ops: list[Op] = field(default_factory=list)
    _index: dict[tuple[Hashable, ...], Op] = field(default_factory=dict)

    def add(self, kind: str, args: tuple[Op, ...], data: Hashable, type_: Type, level: Level) -> Op:
        """The operation, new or met before."""
        key = (kind, data, type_.kind, *(arg.index for arg in args), level)
        found = self._index.get(key)
        if found is None:
            found = self._index[key] = Op(len(self.ops), kind, args, data, type_, level)
            self.ops.append(found)
        return found

    def lifted(self, op: Op, level: Level) -> Op:
        """The same value for every row of a finer level."""
        if op.level in (level, ONCE):
            return op
        return self.add("lift", (op,), None, op.type, level)

    def on_args(self, kind: str, args: tuple[Op, ...], data: Hashable, type_: Type) -> Op:
        """An operation on the level its arguments meet at."""
        level = ONCE
        for arg in args:
            level = level.joined(arg.level)
        return self.add(kind, tuple(self.lifted(arg, level) for arg in args), data, type_, level)
