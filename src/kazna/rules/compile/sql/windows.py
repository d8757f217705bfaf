"""Windows over monthly amounts: the months that are known are summed, the others have the bounds of the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.columns import kept
from kazna.rules.compile.sql.dates import month_number
from kazna.rules.compile.sql.layout import fact_column, rest_column
from kazna.rules.compile.sql.numbers import ROUNDINGS
from kazna.rules.compile.sql.trees import Part, Truthful, Whole
from kazna.rules.compile.sql.values import Bound, Day, Number, within
from kazna.rules.language.nodes import MemberFact, Window

if TYPE_CHECKING:
    from kazna.rules.compile.sql.rules import Rules


def window(rules: Rules, node: Window) -> Number:
    """Within its type as a whole while the day may fall into more than one month."""
    before = rules.value(node.before)
    assert isinstance(before, Day)
    at_least = rules.value(node.at_least) if node.at_least is not None else None
    assert at_least is None or isinstance(at_least, Number)
    months = _Months(rules, node, before)
    if node.function == "window_sum":
        lowest, highest = (int(end) for end in (node.series.type.lo, node.series.type.hi))
        total, unknown = months.total, months.unknown
        low = trees.added(total, trees.multiplied(unknown, lowest))
        high = trees.added(total, trees.multiplied(unknown, highest))
    else:
        low, high = months.counted(at_least, surely=True), months.counted(at_least, surely=False)
    bounds = within(node.type)
    ends = [
        Bound(trees.case([(months.settled, trees.number(end))], trees.number(limit.top)))
        for end, limit in ((low, bounds.low), (high, bounds.high))
    ]
    found = kept(rules.columns, Number(ends[0], ends[1], node.type))
    assert isinstance(found, Number)
    return found


class _Months:
    """The months of one window as the list of the series holds them."""

    def __init__(self, rules: Rules, node: Window, before: Day) -> None:
        self.rules, self.node, self.dialect = rules, node, rules.shared.dialect
        layout = rules.shared.layout
        member = isinstance(node.series, MemberFact)
        full = f"{node.series.relation}.{node.series.name}" if isinstance(node.series, MemberFact) else node.series.name
        self.end = month_number(before.low)
        self.settled: Truthful = trees.compared("=", self.end, month_number(before.high))
        self.held: Part | None = None
        self.rest_zero: Truthful = False
        if full in layout.facts:
            columns = rules.columns
            name = fact_column(full)
            list_column = rules.inside.fact(node.series.name) if member and rules.inside else columns.base(name)
            rest = columns.base(rest_column(name))
            self.rest_zero = trees.coalesce(rest, trees.truth(False))
            first = trees.added(trees.subtracted(self.end, node.months), 1 - layout.first_month[full])
            last = trees.subtracted(self.end, layout.first_month[full])
            size = self.dialect.size(list_column)
            start = trees.greatest(first, 1)
            stop = trees.least(last, size)
            inside = self.dialect.months_inside(list_column, start, trees.tree(trees.greatest(stop, 0)))
            some = trees.compared("<=", start, stop)
            asked = trees.either(trees.is_null(list_column), trees.negated(some))
            self.held = columns.keep(trees.case([(asked, exp.Null())], inside))

    def _of(self, count: Part) -> Part:
        """A count over the months held; zero where there are none."""
        return trees.coalesce(count, trees.number(0))

    @property
    def total(self) -> Whole:
        if self.held is None:
            return 0
        return trees.case([(trees.is_null(self.held), trees.number(0))], self.dialect.total(self.held))

    @property
    def _known(self) -> Whole:
        return 0 if self.held is None else self._of(self._guarded(self.dialect.how_many_known(self.held)))

    def _guarded(self, count: Part) -> Part:
        assert self.held is not None
        return trees.case([(trees.is_null(self.held), trees.number(0))], count)

    @property
    def _outside(self) -> Whole:
        """Months of the window that the list does not reach."""
        if self.held is None:
            return self.node.months
        return trees.subtracted(self.node.months, self._guarded(self.dialect.size(self.held)))

    @property
    def unknown(self) -> Whole:
        left = trees.subtracted(self.node.months, self._known)
        if self.rest_zero is False:
            return left
        outside = trees.tree(self._outside)
        return trees.subtracted(left, trees.case([(self.rest_zero, outside)], trees.number(0)))

    def counted(self, at_least: Number | None, *, surely: bool) -> Whole:
        """Months with an amount of at least so much (above zero when nobody says how much)."""
        wanted = None if at_least is None else (at_least.high if surely else at_least.low)
        sign = ">" if wanted is None else ">="
        series = self.node.series.type
        end = int(series.lo if surely else series.hi)
        reached: Truthful = end > 0 if wanted is None else _reaches(end, wanted, surely)
        zero_counts: Truthful = False if wanted is None else _reaches(0, wanted, surely)
        found: Whole = 0
        if self.held is not None:
            found = self._guarded(self._how_many(sign, wanted, surely))
        found = trees.added(found, _if(reached, self.unknown))
        outside = trees.both(self.rest_zero, zero_counts)
        return trees.added(found, _if(outside, self._outside))

    def _how_many(self, sign: str, wanted: Bound | None, surely: bool) -> Part:
        assert self.held is not None
        if wanted is None:
            return self.dialect.how_many(self.held, sign, trees.number(0))
        least = trees.number(_rounded_up(wanted))
        if not wanted.open:
            return self.dialect.how_many(self.held, sign, least)
        none = trees.number(0) if surely else self.dialect.how_many_known(self.held)
        gone = trees.is_null(trees.tree(wanted.top))
        filled = trees.coalesce(least, trees.number(0))
        return trees.case([(gone, none)], self.dialect.how_many(self.held, sign, filled))


def _rounded_up(wanted: Bound) -> Whole:
    """The least whole number of kopecks that is enough."""
    return ROUNDINGS["round_up"](wanted.top, wanted.bottom, True)


def _reaches(amount: int, wanted: Bound, surely: bool) -> Truthful:
    found = trees.compared(">=", trees.multiplied(wanted.bottom, amount), wanted.top)
    return trees.coalesce(trees.truth(found), trees.truth(not surely)) if wanted.open else found


def _if(test: Truthful, count: Whole) -> Whole:
    if isinstance(test, bool):
        return count if test else 0
    return trees.case([(test, trees.number(count))], trees.number(0))
