"""Counting over the candidates of a relation: each aggregate as grouped counters, computed once for all measures.

Groups are counted by an inner join, so nobody is padded; a group without candidates has no row, which reads as zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile, compiling
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.columns import Columns, kept, names_in
from kazna.rules.compile.sql.layout import TIE, fact_column, group_column
from kazna.rules.compile.sql.logic import truth_of
from kazna.rules.compile.sql.trees import Part, Truthful, Whole
from kazna.rules.compile.sql.values import (
    FIRST_DAY,
    NEVER,
    NOBODY_KNOWS,
    SQL,
    Bound,
    Day,
    Number,
    Truth,
    Value,
    constant,
    over,
    whole_number,
)
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.language.nodes import Aggregate
from kazna.rules.language.types import Kind, Type

if TYPE_CHECKING:
    from kazna.rules.compile.sql.rules import Rules


@dataclass(frozen=True, slots=True)
class Counter:
    """One aggregated column. `column`: what is aggregated of each candidate (None: candidates are counted).

    `brought`: columns of the subject it needs; without any, each group is counted once for all its subjects.
    """

    name: str
    function: str
    column: str | None
    brought: frozenset[str]
    stage: int


@dataclass(slots=True)
class People:
    """The candidates of one relation, and everything counted over them."""

    relation: RelationDefinition
    subject: Columns
    columns: Columns = field(init=False)
    brought: set[str] = field(default_factory=set)
    counters: dict[tuple[str, str | None], Counter] = field(default_factory=dict)
    belongs: Truth | None = None

    def __post_init__(self) -> None:
        self.columns = Columns(f"{self.relation.name}_")

    def fact(self, short: str) -> exp.Column:
        return self.columns.base(fact_column(f"{self.relation.name}.{short}"))

    def tie(self) -> exp.Column:
        return self.columns.base(fact_column(f"{self.relation.name}.{TIE}"))

    def bring(self, value: Value) -> None:
        for name in names_in(value):
            self.brought.add(name)
            self.columns.base(name, self.subject.stage([name]))

    def count(self, test: Truthful) -> Whole:
        """Candidates for whom the test holds."""
        if test is False:
            return 0
        return self._counted("count", None if test is True else trees.truth(test))

    def total(self, value: Part) -> Whole:
        if not _has_columns(value):
            return trees.multiplied(self.count(True), value)
        return self._counted("sum", value)

    def best(self, function: str, value: Part) -> Part:
        """The least or greatest; NULL of nobody."""
        return trees.column(self._counter(function, value).name) if _has_columns(value) else value

    def _counted(self, function: str, part: Part | None) -> Part:
        counter = self._counter(function, part)
        return self.subject.keep(trees.coalesce(trees.column(counter.name), trees.number(0)))

    def _counter(self, function: str, part: Part | None) -> Counter:
        column = None if part is None else self._column(part)
        if (function, column) not in self.counters:
            needed = self.columns.closure([column] if column is not None else [])
            name = f"{self.relation.name}__n{len(self.counters)}"
            brought = frozenset(needed & self.brought)
            counter = Counter(name, function, column, brought, 1 + self.subject.stage(brought))
            self.counters[(function, column)] = counter
            self.subject.base(name, counter.stage)
        return self.counters[(function, column)]

    def _column(self, part: Part) -> str:
        column = self.columns.keep(part)
        assert isinstance(column, exp.Column)
        return column.name


def _has_columns(part: Part) -> bool:
    return any(part.find_all(exp.Column))


def people_of(rules: Rules, relation: str) -> People:
    shared = rules.shared
    if relation not in shared.people:
        shared.people[relation] = People(shared.relations[relation], shared.columns)
    return shared.people[relation]


def aggregate(rules: Rules, node: Aggregate) -> Value:
    layout = rules.shared.layout
    unknown = _of_unknown(node, rules.shared.relations[node.relation])
    if node.relation not in layout.relations:
        return unknown
    group = people_of(rules, node.relation)
    outer, rules.inside = rules.inside, group
    try:
        counted, told = _counted(rules, group, node), _told(rules, group)
    finally:
        rules.inside = outer
    if node.relation not in layout.complete:
        looked_at = rules.shared.columns.base(group_column(node.relation))
        told = trees.both(trees.negated(trees.is_null(looked_at)), told)
    return counted if told is True else kept(rules.shared.columns, _where_known(told, counted, unknown, node.type))


def _told(rules: Rules, group: People) -> Truthful:
    """Whether the list is told in full: fewer people than by law always belong means that somebody is missing."""
    least = group.relation.least
    return True if least == 0 else trees.compared(">=", group.count(_belongs(rules, group).possibly), least)


def _belongs(rules: Rules, group: People) -> Truth:
    """Without a tie always; else by the conditions of the parts with this tie."""
    if group.belongs is None:
        tie = group.tie()
        untied = trees.is_null(tie)
        surely: list[Truthful] = [untied]
        possibly: list[Truthful] = [untied]
        for part in group.relation.parts:
            mine = trees.coalesce(trees.operator(exp.EQ, tie, trees.word(part.tie)), trees.truth(False))
            with compiling(group.relation.place):
                when = truth_of(rules, part.when) if part.when is not None else Truth(True, True)
            surely.append(trees.both(mine, when.surely))
            possibly.append(trees.both(mine, when.possibly))
        found = kept(group.columns, Truth(trees.either(*surely), trees.either(*possibly)))
        assert isinstance(found, Truth)
        group.belongs = found
    return group.belongs


def _counted(rules: Rules, group: People, node: Aggregate) -> Value:
    belongs = _belongs(rules, group)
    where = truth_of(rules, node.where) if node.where is not None else Truth(True, True)
    if node.kind == "all":
        surely = trees.negated(trees.both(belongs.possibly, trees.negated(where.surely)))
        fails = trees.both(belongs.surely, trees.negated(where.possibly))
        nobody_open = trees.compared("=", group.count(trees.negated(surely)), 0)
        return Truth(nobody_open, trees.compared("=", group.count(fails), 0))
    counts = Truth(trees.both(belongs.surely, where.surely), trees.both(belongs.possibly, where.possibly))
    if node.kind in ("count", "any", "none"):
        sure, maybe = group.count(counts.surely), group.count(counts.possibly)
        if node.kind == "count":
            return whole_number(sure, maybe, node.type)
        some = Truth(trees.compared(">", sure, 0), trees.compared(">", maybe, 0))
        return some if node.kind == "any" else Truth(trees.negated(some.possibly), trees.negated(some.surely))
    assert node.subject is not None
    subject = rules.value(node.subject)
    return _sum(group, counts, subject, node) if node.kind == "sum" else _extreme(group, counts, subject, node)


def _sum(group: People, counts: Truth, subject: Value, node: Aggregate) -> Number:
    assert isinstance(subject, Number)
    low, high = (_numerator(bound, subject, node.type) for bound in (subject.low, subject.high))
    certain = [(counts.surely, trees.tree(low))], [(counts.surely, trees.tree(high))]
    downwards, upwards = trees.tree(trees.least(low, 0)), trees.tree(trees.greatest(high, 0))
    if subject.positive:
        downwards = trees.number(0)
    if subject.type.hi <= 0 and not subject.wild:
        upwards = trees.number(0)
    lows = trees.case([*certain[0], (counts.possibly, downwards)], trees.number(0))
    highs = trees.case([*certain[1], (counts.possibly, upwards)], trees.number(0))
    parts = node.type.parts
    if not subject.open:
        return Number(Bound(group.total(lows), parts), Bound(group.total(highs), parts), node.type, subject.wild)
    ends = []
    for total, bound in ((lows, subject.low), (highs, subject.high)):
        gone = trees.both(counts.possibly, trees.is_null(trees.tree(bound.top)))
        some = trees.compared(">", group.count(gone), 0)
        filled = trees.coalesce(total, trees.number(0))
        ends.append(Bound(trees.case([(some, _nothing())], trees.tree(group.total(filled))), parts, True))
    return Number(ends[0], ends[1], node.type, subject.wild)


def _nothing() -> Part:
    return trees.cast(exp.Null(), trees.BIGINT)


def _numerator(bound: Bound, subject: Number, kind: Type) -> Whole:
    if not kind.exact or not isinstance(bound.bottom, int):
        raise CannotCompile(
            backend=SQL,
            what="Под знаком суммы или выбора стоит частное с переменным делителем.",
            why="У такой суммы нет постоянного знаменателя.",
            what_to_do="Округлите частное или делите после сложения.",
        )
    return over(bound, subject.type, kind.parts)


def _extreme(group: People, counts: Truth, subject: Value, node: Aggregate) -> Number | Day:
    """The best of the sure ones bounds it on one side, the best of all possible ones on the other."""
    if isinstance(subject, Number):
        if subject.open:
            raise CannotCompile(
                backend=SQL,
                what="Наименьшее или наибольшее из значений параметра, которого на эту дату может не быть.",
                what_to_do="Выберите параметр после подсчёта.",
            )
        low: Any = _numerator(subject.low, subject, node.type)
        high: Any = _numerator(subject.high, subject, node.type)
        empty: Any = constant(node.empty, node.type).low.top  # type: ignore[arg-type]
    else:
        assert isinstance(subject, Day)
        low, high, empty = subject.low, subject.high, node.empty
    least = node.kind == "min"
    sure, maybe = counts.surely, counts.possibly

    def over_those(test: Truthful, function: str, value: Any) -> Part:
        part = trees.tree(value)
        null = trees.cast(exp.Null(), trees.DATE if isinstance(subject, Day) else trees.BIGINT)
        return group.best(function, trees.case([(test, part)], null))

    anyone = trees.compared(">", group.count(sure), 0)
    nearest = over_those(maybe if least else sure, node.kind, low)
    farthest = over_those(sure if least else maybe, node.kind, high)
    lowest = trees.least(over_those(maybe, "min", low), empty)
    highest = trees.greatest(over_those(maybe, "max", high), empty)
    ends = [
        trees.case([(anyone, best)], trees.tree(otherwise))
        for best, otherwise in ((nearest, lowest), (farthest, highest))
    ]
    if isinstance(subject, Day):
        return Day(ends[0], ends[1])
    return Number(Bound(ends[0], node.type.parts), Bound(ends[1], node.type.parts), node.type)


def _of_unknown(node: Aggregate, relation: RelationDefinition) -> Value:
    """What is certain about an aggregate over people nobody has named."""
    if node.kind in ("any", "all", "none"):
        return NOBODY_KNOWS
    if node.kind == "count":
        least = relation.least if node.where is None else 0
        return whole_number(least, relation.most, node.type)
    assert node.subject is not None
    each = node.subject.type
    if each.kind is Kind.DATE:
        return Day(FIRST_DAY, NEVER)
    if node.kind == "sum":
        low, high = min(Fraction(0), each.lo * relation.most), max(Fraction(0), each.hi * relation.most)
    else:
        empty = Fraction(node.empty)  # type: ignore[arg-type]
        low, high = min(each.lo, empty), max(each.hi, empty)
    return Number(constant(low, node.type).low, constant(high, node.type).low, node.type)


def _where_known(known: Truthful, value: Value, otherwise: Value, kind: Type) -> Value:
    def pick(one: Any, other: Any) -> Any:
        return trees.case([(known, trees.tree(one))], trees.tree(other))

    if isinstance(value, Truth) and isinstance(otherwise, Truth):
        unknown = trees.negated(known)
        return Truth(trees.both(known, value.surely), trees.either(unknown, value.possibly))
    if isinstance(value, Day) and isinstance(otherwise, Day):
        return Day(pick(value.low, otherwise.low), pick(value.high, otherwise.high))
    assert isinstance(value, Number) and isinstance(otherwise, Number)
    ends = [
        Bound(pick(one.top, other.top), one.bottom, one.open)
        for one, other in ((value.low, otherwise.low), (value.high, otherwise.high))
    ]
    return Number(ends[0], ends[1], kind, value.wild)
