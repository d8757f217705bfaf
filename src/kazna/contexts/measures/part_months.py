"""Which months of a measure are counted by days: said once, for what is decided and for what is paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FROM_THE_DAY = frozenset({"PENSION", "PENSION_SUPPLEMENT", "MONTHLY_CASH"})


def part_months(*, kind: str, period: str, passport: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether the first and the last incomplete month are counted by calendar days.

    Pensions and monthly cash count from the day of the right, benefits pay the first month whole; the last
    incomplete month goes by days. The passport may say otherwise (`payment.prorate_first`, `prorate_last`).
    """
    payment = passport.get("payment") or {}
    is_monthly = period == "month"
    first = is_monthly and payment.get("prorate_first", kind in FROM_THE_DAY)
    return bool(first), bool(is_monthly and payment.get("prorate_last", True))
