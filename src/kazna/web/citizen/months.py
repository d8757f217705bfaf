"""Month against month: what came, and why more or less than the month before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.contexts.payments.public import PaymentView
from kazna.web.charts import Chart, stacked

MOST_MONTHS = 12
COUNTED = {"credited": "paid", "scheduled": "expected", "in_register": "expected", "sent": "expected"}


@dataclass(frozen=True, slots=True)
class Change:
    """A measure whose sum differs between two months; kopecks, 0 where nothing came."""

    award_id: UUID
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Month:
    """Sums by the day of payment. `paid` is credited, `expected` is on its way."""

    first_day: date
    paid: int
    expected: int

    @property
    def total(self) -> int:
        return self.paid + self.expected


def months_of(orders: Sequence[PaymentView]) -> list[Month]:
    """The last months with money, oldest first."""
    sums: dict[date, dict[str, int]] = {}
    for order in orders:
        if kind := COUNTED.get(order.state):
            month = sums.setdefault(order.pay_on.replace(day=1), {"paid": 0, "expected": 0})
            month[kind] += order.amount_kopecks
    return [Month(first_day, **sums[first_day]) for first_day in sorted(sums)][-MOST_MONTHS:]


def changes(orders: Sequence[PaymentView], months: Sequence[Month]) -> list[Change]:
    """What makes the last month differ from the one before it; the greatest difference first."""
    if len(months) < 2:
        return []
    before, after = (_by_award(orders, month.first_day) for month in months[-2:])
    found = [Change(award, before.get(award, 0), after.get(award, 0)) for award in before | after]
    return sorted((one for one in found if one.before != one.after), key=lambda one: -abs(one.after - one.before))


def chart_of(months: Sequence[Month]) -> Chart | None:
    """Bars of the months; None when one bar would say no more than a figure."""
    rows = [(f"{one.first_day:%m.%y}", [("paid", one.paid), ("expected", one.expected)]) for one in months]
    return stacked(rows) if len(rows) > 1 else None


def _by_award(orders: Sequence[PaymentView], month: date) -> Mapping[UUID, int]:
    found: dict[UUID, int] = {}
    for order in orders:
        if order.state in COUNTED and order.pay_on.replace(day=1) == month:
            found[order.award_id] = found.get(order.award_id, 0) + order.amount_kopecks
    return found
