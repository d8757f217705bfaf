"""When and how much: pure questions about the terms of a measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kazna.contexts.measures import public as measures
from kazna.contexts.payments.contracts import Means
from kazna.kernel.part_months import month_amount
from kazna.kernel.periods import add_months, month_start

__all__ = ["Terms", "month_amount", "most_percent", "terms_of"]

MOST_BY_DECISION, MOST_BY_COURT = 20, 50  # percent of each payment: 81-FZ art. 19, 400-FZ art. 29
DELIVERY_DAY, DELIVERY_SHIFT = 3, 1  # benefits of the Fund: on the 3rd for the previous month


@dataclass(frozen=True, slots=True)
class Terms:
    """How a measure is paid. `pay_day` of the month `pay_shift` months after the one paid for.

    `first_within` working days: the first payment does not wait for the next delivery day.
    """

    pay_day: int | None
    pay_shift: int
    first_within: int | None
    prorate_first: bool
    prorate_last: bool

    def regular_day(self, month: date) -> date:
        """The day on which a month is paid."""
        return add_months(month, self.pay_shift) + timedelta(days=(self.pay_day or 1) - 1)

    def first_month_from(self, first_day: date, on: date) -> date:
        """The first month not before `first_day` whose delivery day has not passed on a day."""
        month = max(month_start(first_day), add_months(month_start(on), -self.pay_shift))
        return month if self.regular_day(month) >= on else add_months(month, 1)


def terms_of(document: Mapping[str, Any]) -> Terms:
    """The terms in a measure's document.

    Pensions and monthly cash count from the day of the right, benefits pay the first month whole; the last
    incomplete month is paid by calendar days. The passport may say otherwise (prorate_first, prorate_last).
    """
    payment = document["passport"].get("payment") or {}
    is_monthly = document["period"] == "month"
    this_month = payment.get("of") == "this_month"
    prorate_first, prorate_last = measures.part_months(
        kind=document["kind"], period=document["period"], passport=document["passport"]
    )
    return Terms(
        pay_day=payment.get("day", DELIVERY_DAY) if is_monthly else None,
        pay_shift=0 if not is_monthly or this_month else DELIVERY_SHIFT,
        first_within=payment.get("first_within_working_days"),
        prorate_first=prorate_first,
        prorate_last=prorate_last,
    )


def most_percent(means: Means) -> int:
    """The largest lawful part of a payment, percent; 0 for means that touch no payments."""
    return {Means.WITHHOLDING: MOST_BY_DECISION, Means.COURT: MOST_BY_COURT}.get(means, 0)
