"""Decisions counted months anew: the difference is paid in addition or is an overpayment."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kazna.contexts.payments.actions.settle_months import settle_months
from kazna.contexts.payments.actions.stop_obligations import AwardNotKnown
from kazna.contexts.payments.debts import MonthDue
from kazna.contexts.payments.models import Obligation
from kazna.events.cases import AwardCorrected


@transaction.atomic
def correct_months(events: Sequence[AwardCorrected]) -> None:
    """Write down what each month is worth now and settle it. The same decision again changes nothing.

    Raises AwardNotKnown when the correction overtook the grant: the delivery is tried again.
    """
    cash = [event for event in events if event.form == "cash"]
    known = set(Obligation.objects.filter(award_id__in=[e.award_id for e in cash]).values_list("award_id", flat=True))
    for event in cash:
        if event.award_id not in known:
            raise AwardNotKnown(award_id=event.award_id)
    MonthDue.objects.bulk_create(
        [
            MonthDue(
                award_id=event.award_id, month=one.month, due_kopecks=one.due_kopecks, decision_id=event.decision_id,
                ground=event.ground, reason=event.reason, told_on=event.on,
            )
            for event in cash
            for one in event.differences
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )  # fmt: skip
    for on in sorted({event.on for event in cash}):
        told = [event for event in cash if event.on == on]
        settle_months(
            [event.award_id for event in told],
            on,
            reasons={event.award_id: event.reason for event in told},
            grounds={event.award_id: event.ground for event in told},
        )
