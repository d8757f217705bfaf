"""Ask back what was paid for a programme that was not carried out."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Sum

from kazna.contexts.payments.actions.settle_months import settle_months
from kazna.contexts.payments.debts import MonthDue
from kazna.contexts.payments.models import Order
from kazna.events.programmes import ProgrammeBroken

BREACH = "breach"


@transaction.atomic
def claim_back(events: Sequence[ProgrammeBroken]) -> None:
    """Name the claimed kopecks an overpayment, the newest months first, never more than was credited; repeatable.

    All awards the person had of the measure count: one that grew is several.
    """
    for event in events:
        if MonthDue.objects.filter(decision_id=event.programme_id).exists() or event.claimed_kopecks <= 0:
            continue
        first = Order.objects.filter(award_id=event.award_id).first()
        if first is None:
            continue
        paid = (
            Order.objects.filter(recipient_id=event.recipient_id, measure=first.measure, state="credited")
            .values("award_id", "month")
            .annotate(kopecks=Sum("amount_kopecks"))
            .order_by("-month", "award_id")
        )
        left, touched = event.claimed_kopecks, []
        for row in paid:
            part = min(left, row["kopecks"])
            if part:
                MonthDue.objects.create(
                    award_id=row["award_id"], month=row["month"], due_kopecks=row["kopecks"] - part,
                    decision_id=event.programme_id, ground=BREACH, reason=event.reason, told_on=event.on,
                )  # fmt: skip
                touched.append(row["award_id"])
                left -= part
        settle_months(
            touched, event.on,
            reasons=dict.fromkeys(touched, event.reason), grounds=dict.fromkeys(touched, BREACH),
        )  # fmt: skip
