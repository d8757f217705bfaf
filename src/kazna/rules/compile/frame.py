"""Many situations side by side: one column per fact, people of relations sorted by their group.

Values are whole numbers: bool as bool; int, rate and money as int64 numerators over `type.parts` (money: kopecks);
a date as the int32 proleptic ordinal of the day; text as the index in the declared `values` of its type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
OTHER_TIE = -2  # a tie that no part of the relation names: the candidate never belongs
NO_TIE = -1  # no tie given: the candidate belongs without conditions


@dataclass(slots=True)
class Column:
    """`known` None: every value is known; a value where `known` is False means nothing.

    A series: `values` and `known` are matrices rows × months, the first being `first_month` (year * 12 + month - 1);
    `rest_zero` (one flag or one per row): months outside are zero, not unknown.
    """

    values: Array
    known: Array | None = None
    first_month: int = 0
    rest_zero: bool | Array = False

    def __len__(self) -> int:
        return len(self.values)

    def part(self, rows: slice | Array) -> Column:
        rest = self.rest_zero if isinstance(self.rest_zero, bool) else self.rest_zero[rows]
        return Column(self.values[rows], None if self.known is None else self.known[rows], self.first_month, rest)


@dataclass(slots=True)
class Group:
    """The candidates of one relation, sorted by group: those of group g are `offsets[g]`..`offsets[g + 1]`.

    `group_of_row`: which group a subject looks at (None: row i looks at group i), so that a family is held once.
    `known`: per group, False when the relation is unknown as a whole; None: all are known.
    `tie`: per candidate, the index in `ties`, or NO_TIE, or OTHER_TIE. `facts`: short name → column of candidates.
    """

    offsets: Array
    tie: Array
    ties: tuple[str, ...]
    facts: Mapping[str, Column] = field(default_factory=dict)
    group_of_row: Array | None = None
    known: Array | None = None

    @property
    def groups(self) -> int:
        return len(self.offsets) - 1

    def of_rows(self, rows: slice) -> Group:
        """The group table as these subjects see it; only candidates they look at stay when rows are groups in order."""
        if self.group_of_row is not None:
            mine = self.group_of_row[rows]
            if len(mine) == 0 or np.any(mine[1:] < mine[:-1]):
                return Group(self.offsets, self.tie, self.ties, self.facts, mine, self.known)
            first, last = int(mine[0]), int(mine[-1]) + 1
            return self._groups(first, last, mine - first)
        return self._groups(rows.start, rows.stop, None)

    def _groups(self, first: int, last: int, group_of_row: Array | None) -> Group:
        offsets = self.offsets[first : last + 1]
        members = slice(int(offsets[0]), int(offsets[-1]))
        return Group(
            offsets - offsets[0],
            self.tie[members],
            self.ties,
            {name: column.part(members) for name, column in self.facts.items()},
            group_of_row,
            None if self.known is None else self.known[first:last],
        )


@dataclass(slots=True)
class Frame:
    """`rows` subjects; a fact or relation that is absent is unknown for all of them."""

    rows: int
    facts: Mapping[str, Column] = field(default_factory=dict)
    relations: Mapping[str, Group] = field(default_factory=dict)

    def block(self, start: int, stop: int) -> Frame:
        """The subjects `start`..`stop`, sharing memory with the whole."""
        rows = slice(start, min(stop, self.rows))
        return Frame(
            rows.stop - rows.start,
            {name: column.part(rows) for name, column in self.facts.items()},
            {name: group.of_rows(rows) for name, group in self.relations.items()},
        )

    def at(self, rows: Array) -> Frame:
        """The subjects at these places; a frame without relations."""
        assert not self.relations
        return Frame(len(rows), {name: column.part(rows) for name, column in self.facts.items()})


def distinct(frame: Frame) -> tuple[Array, Array]:
    """One place for each different subject of a frame without relations, and which of them each subject is like."""
    if not frame.facts or frame.rows == 0:
        return np.arange(frame.rows), np.arange(frame.rows)
    parts = [part for column in frame.facts.values() for part in _told(column, frame.rows)]
    told = np.ascontiguousarray(np.concatenate(parts, axis=1))
    _, first, like = np.unique(told.view(f"V{told.shape[1] * 8}").ravel(), return_index=True, return_inverse=True)
    if len(first) == frame.rows:
        return np.arange(frame.rows), np.arange(frame.rows)
    return first, like


def _told(column: Column, rows: int) -> list[Array]:
    """What a column says of each subject as whole numbers: its values, zero where unknown, and what is known."""
    known = np.ones(column.values.shape, dtype=np.bool_) if column.known is None else column.known
    values = np.where(known, column.values, 0).astype(np.int64).reshape(rows, -1)
    rest = np.broadcast_to(column.rest_zero, rows).astype(np.int64).reshape(rows, 1)
    return [values, known.astype(np.int64).reshape(rows, -1), rest]
