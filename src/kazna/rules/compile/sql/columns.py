"""Columns computed one from another, level by level: each distinct expression once, however many rules name it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlglot import exp

from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.layout import PARAMETERS
from kazna.rules.compile.sql.relations import equal, joined, named, nested, of, selected, table
from kazna.rules.compile.sql.trees import Part, Truthful
from kazna.rules.compile.sql.values import Bound, Day, Number, Truth, Value, Word

BASE = "computed"
BELOW = "below"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A row of the table of parameters, joined: at most one for each `key` (and day between `first` and `last`)."""

    name: str
    key: str
    day: str | None
    on: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Defined:
    """A column above the base. `part` computes it from lower levels; `join` instead when it comes by a join."""

    name: str
    level: int
    uses: frozenset[str]
    part: Part | None
    join: Lookup | None = None


@dataclass(slots=True)
class Columns:
    """`stages`: base column → after which round of counting it is there (facts: 0)."""

    prefix: str
    stages: dict[str, int] = field(default_factory=dict)
    defined: dict[str, Defined] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def base(self, name: str, stage: int = 0) -> exp.Column:
        """A column that the rows come with."""
        self.stages.setdefault(name, stage)
        return trees.column(name)

    def keep(self, part: Part) -> Part:
        """The expression as a column of its own; columns and constants stay as they are."""
        if isinstance(part, (exp.Column, exp.Literal, exp.Boolean, exp.Null)) or not any(part.find_all(exp.Column)):
            return part
        text = part.sql(copy=False)
        if text not in self._names:
            uses = frozenset(column.name for column in part.find_all(exp.Column))
            self._add(text, uses, part, None)
        return trees.column(self._names[text])

    def look_up(self, lookup: Lookup) -> exp.Column:
        """The joined value; NULL where there is no row."""
        text = repr(lookup)
        if text not in self._names:
            uses = frozenset(name for name in (lookup.key, lookup.day) if name is not None)
            self._add(text, uses, None, lookup)
        return trees.column(self._names[text])

    def _add(self, text: str, uses: frozenset[str], part: Part | None, join: Lookup | None) -> None:
        name = f"{self.prefix}{len(self.defined)}"
        level = 1 + max((self.defined[use].level for use in uses if use in self.defined), default=0)
        self.defined[name] = Defined(name, level, uses, part, join)
        self._names[text] = name

    def stage(self, names: Iterable[str]) -> int:
        """The round of counting after which all of these can be computed."""
        return max((self.stages[name] for name in self.closure(names) if name in self.stages), default=0)

    def closure(self, names: Iterable[str], available: frozenset[str] = frozenset()) -> set[str]:
        """Everything needed to compute the columns; what is available is not looked into."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            if name in self.defined and name not in available:
                waiting += self.defined[name].uses
        return found

    def select(self, wanted: Iterable[str], source: exp.Select, available: frozenset[str] = frozenset()) -> exp.Select:
        """The wanted columns over a source that gives the base ones and those available."""
        names = list(dict.fromkeys(wanted))
        needed = self.closure(names, available)
        todo = [self.defined[name] for name in needed if name in self.defined and name not in available]
        have = {name for name in needed if name not in self.defined or name in available}
        for level in sorted({one.level for one in todo}):
            here = sorted((one for one in todo if one.level == level), key=lambda one: one.name)
            later = {use for one in todo if one.level > level for use in one.uses} | set(names)
            kept = sorted(name for name in have if name in later)
            source = _layer(source, kept, here)
            have |= {one.name for one in here}
        return selected([trees.column(name) for name in names], nested(source, BASE))


def _layer(source: exp.Select, kept: Iterable[str], here: Iterable[Defined]) -> exp.Select:
    """The kept columns and the new ones, over the level below. Facts and joined rows never share a name."""
    parts: list[Part] = [trees.column(name) for name in kept]
    joins = []
    for one in here:
        if one.part is not None:
            parts.append(named(one.part, one.name))
        elif one.join is not None:
            parts.append(named(of(one.name, one.join.value), one.name))
            joins.append(_row_of(one.join, one.name))
    return selected(parts, nested(source, BELOW), joins=joins)


def _row_of(lookup: Lookup, alias: str) -> exp.Join:
    """The row of the parameter for the key, in force on the day."""
    where: list[Part] = [equal(trees.column("name"), exp.Literal.string(lookup.name))]
    match: list[Part] = [equal(of(alias, "key"), of(BELOW, lookup.key))]
    first, last = trees.column("first"), trees.column("last")
    if lookup.on is not None:
        on = trees.cast(exp.Literal.string(lookup.on), trees.DATE)
        where += [exp.LTE(this=first, expression=on), exp.GTE(this=last, expression=on)]
    if lookup.day is not None:
        day = of(BELOW, lookup.day)
        match += [exp.LTE(this=of(alias, "first"), expression=day), exp.GTE(this=of(alias, "last"), expression=day)]
    columns = [trees.column("key"), first, last, trees.column(lookup.value)]
    rows = selected(columns, table(PARAMETERS), where=trees.both(*where))
    return joined(nested(rows, alias), trees.truth(trees.both(*match)), left=True)


def kept(columns: Columns, value: Value) -> Value:
    """The value with every bound a column."""
    if isinstance(value, Truth):
        surely = _truth(columns, value.surely)
        return Truth(surely, surely if value.surely is value.possibly else _truth(columns, value.possibly))
    if isinstance(value, Number):
        low = _bound(columns, value.low)
        return Number(low, low if value.exact else _bound(columns, value.high), value.type, value.wild)
    if isinstance(value, Day):
        low_day = columns.keep(value.low) if isinstance(value.low, Part) else value.low
        return Day(low_day, columns.keep(value.high) if isinstance(value.high, Part) else value.high)
    return Word(columns.keep(value.value) if isinstance(value.value, Part) else value.value)


def _truth(columns: Columns, value: Truthful) -> Truthful:
    return value if isinstance(value, bool) else columns.keep(value)


def _bound(columns: Columns, bound: Bound) -> Bound:
    top = columns.keep(bound.top) if isinstance(bound.top, Part) else bound.top
    bottom = columns.keep(bound.bottom) if isinstance(bound.bottom, Part) else bound.bottom
    return Bound(top, bottom, bound.open)


def names_in(value: Value) -> set[str]:
    """The columns a value reads."""
    parts: tuple[object, ...]
    if isinstance(value, Truth):
        parts = (value.surely, value.possibly)
    elif isinstance(value, Number):
        parts = (value.low.top, value.low.bottom, value.high.top, value.high.bottom)
    elif isinstance(value, Day):
        parts = (value.low, value.high)
    else:
        parts = (value.value,)
    return {column.name for part in parts if isinstance(part, Part) for column in part.find_all(exp.Column)}
