"""How much of a monthly sum is due for a month that is not due in full: by calendar days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kazna.kernel.money import round_half_up
from kazna.kernel.periods import month_end


def month_amount(
    amount_kopecks: int,
    month: date,
    *,
    first_day: date,
    last_day: date | None,
    prorate_first: bool,
    prorate_last: bool,
) -> int:
    """Kopecks due for one month; part months by calendar days, halves of a kopeck up.

    The function `payments_month_amount` in the database is the same formula.
    """
    end = month_end(month)
    start = max(first_day, month) if prorate_first else month
    stop = min(last_day, end) if prorate_last and last_day else end
    days = max((stop - start).days + 1, 0)
    return round_half_up(Fraction(amount_kopecks * days, end.day))
