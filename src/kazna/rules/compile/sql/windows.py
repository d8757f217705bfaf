"""Windows over monthly amounts: the months that are known are summed, the others have the bounds of the fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.columns import kept
from kazna.rules.compile.sql.dates import month_number
from kazna.rules.compile.sql.layout import fact_column, month_column, rest_column
from kazna.rules.compile.sql.trees import Part, Truthful, Whole
from kazna.rules.compile.sql.values import Bound, Day, Number, within
from kazna.rules.language.nodes import MemberFact, Window
from kazna.rules.language.types import Type

if TYPE_CHECKING:
    from kazna.rules.compile.sql.rules import Rules


def window(rules: Rules, node: Window) -> Number:
    """Within its type as a whole while the day may fall into more than one month."""
    before = rules.value(node.before)
    assert isinstance(before, Day)
    wanted = rules.value(node.at_least) if node.at_least is not None else None
    assert wanted is None or isinstance(wanted, Number)
    months = _Months(rules, node, before)
    settled = trees.compared("=", months.end, month_number(before.high))
    bounds = within(node.type)
    low, high = months.counted(node, wanted, surely=True), months.counted(node, wanted, surely=False)
    ends = [
        Bound(end if settled is True else trees.case([(settled, trees.number(end))], trees.number(limit.top)))
        for end, limit in ((low, bounds.low), (high, bounds.high))
    ]
    exact = settled is True and trees.same(ends[0].top, ends[1].top)
    found = kept(rules.columns, Number(ends[0], ends[0] if exact else ends[1], node.type))
    assert isinstance(found, Number)
    return found


class _Months:
    """The months of one window as columns hold them: `end` is the first month after it."""

    def __init__(self, rules: Rules, node: Window, before: Day) -> None:
        series = node.series
        full = f"{series.relation}.{series.name}" if isinstance(series, MemberFact) else series.name
        layout = rules.shared.layout
        self.series: Type = series.type
        self.size = node.months
        end = month_number(before.low)
        self.end: Whole = rules.columns.keep(end) if isinstance(end, Part) else end
        self.complete = full in layout.complete
        self._columns = rules.columns
        self._name = fact_column(full)
        self._held = tuple(layout.months.get(full, ())) if full in layout.facts else ()
        self._rest: Truthful = False
        if full in layout.rest:
            self._rest = trees.coalesce(rules.columns.base(rest_column(self._name)), trees.truth(False))

    def held(self) -> Iterator[tuple[Truthful, Part]]:
        """Each month there is a column for, and whether it lies in the window."""
        for month in self._held:
            inside = trees.both(
                trees.compared("<", month, self.end), trees.compared(">=", month, trees.subtracted(self.end, self.size))
            )
            if inside is not False:
                yield inside, trees.cast(self._columns.base(month_column(self._name, month)), trees.BIGINT)

    def counted(self, node: Window, wanted: Number | None, *, surely: bool) -> Whole:
        """The least (or greatest) the window can come to."""
        bound = None if wanted is None else (wanted.high if surely else wanted.low)
        limit = int(self.series.lo if surely else self.series.hi)

        def worth(amount: Whole) -> Whole:
            if node.function == "window_sum":
                return amount
            return trees.flag(_reaches(amount, bound, surely))

        total: list[Whole] = []
        outside: Whole = self.size
        for inside, amount in self.held():
            known = amount if self.complete else trees.coalesce(amount, trees.number(limit))
            total.append(_if(inside, worth(known)))
            outside = trees.subtracted(outside, trees.flag(inside))
        unknown = _times(outside, worth(limit))
        zero = _times(outside, worth(0))
        if isinstance(self._rest, Part):
            unknown = _if(self._rest, zero, unknown)
        return _sum([*total, unknown])


def _times(count: Whole, worth: Whole) -> Whole:
    return 0 if trees.same(worth, 0) or trees.same(count, 0) else trees.multiplied(count, worth)


def _sum(parts: list[Whole]) -> Whole:
    constant = sum(part for part in parts if isinstance(part, int))
    rest = [part for part in parts if isinstance(part, Part)]
    return trees.added(trees.total(rest), constant) if rest else constant


def _reaches(amount: Whole, wanted: Bound | None, surely: bool) -> Truthful:
    """At least so much; above zero when nobody says how much."""
    if wanted is None:
        return trees.compared(">", amount, 0)
    found = trees.compared(">=", trees.multiplied(amount, wanted.bottom), wanted.top)
    return trees.coalesce(trees.truth(found), trees.truth(not surely)) if wanted.open else found


def _if(test: Truthful, count: Whole, otherwise: Whole = 0) -> Whole:
    if isinstance(test, bool):
        return count if test else otherwise
    return trees.case([(test, trees.number(count))], trees.number(otherwise))
