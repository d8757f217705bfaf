"""What is done about an overpayment is wanted by one officer and confirmed by another."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kazna.contexts.payments.actions.decide_overpayment import (
    OverpaymentRefused,
    check_decision,
    decide_overpayment,
    owed,
    write_off,
)
from kazna.contexts.payments.contracts import Fault, Means, OverpaymentState
from kazna.contexts.payments.debts import DebtProposal, Overpayment
from kazna.events.cause import Cause

DECIDE, WRITE_OFF = "decide", "write_off"


@transaction.atomic
def propose_decision(
    *,
    overpayment_id: UUID,
    fault: Fault,
    means: Means,
    percent: int,
    monthly_kopecks: int | None,
    explanation: str,
    by: str,
    on: date,
) -> None:
    """Nothing changes until another officer agrees. Raises OverpaymentRefused for what the law does not allow."""
    found = Overpayment.objects.select_for_update().get(pk=overpayment_id)
    if found.state != OverpaymentState.FOUND:
        raise OverpaymentRefused(reason="решение о ней уже есть; откройте его")
    check_decision(fault, means, percent, monthly_kopecks)
    terms = {"fault": str(fault), "means": str(means), "percent": percent, "monthly_kopecks": monthly_kopecks,
             "explanation": explanation}  # fmt: skip
    _keep(found, DECIDE, terms, by, on)


@transaction.atomic
def propose_write_off(*, overpayment_id: UUID, document: str, by: str, on: date) -> None:
    """The rest cannot be recovered; `document` is the ground. Raises OverpaymentRefused."""
    _keep(owed(overpayment_id), WRITE_OFF, {"document": document}, by, on)


@transaction.atomic
def settle_debt_proposal(*, overpayment_id: UUID, agrees: bool, remark: str, by: str, on: date, cause: Cause) -> None:
    """The other officer agrees, then it is done; or gives it back with a remark. Raises OverpaymentRefused."""
    Overpayment.objects.select_for_update().get(pk=overpayment_id)
    found = DebtProposal.to_settle(OverpaymentRefused, agrees=agrees, remark=remark, by=by, overpayment=overpayment_id)
    found.settle(agrees=agrees, remark=remark, by=by, on=on)
    if not agrees:
        return
    who: dict[str, Any] = {"overpayment_id": overpayment_id, "by": found.proposed_by, "confirmed_by": by, "on": on}
    if found.act == DECIDE:
        terms = {**found.terms, "fault": Fault(found.terms["fault"]), "means": Means(found.terms["means"])}
        decide_overpayment(**terms, **who, cause=cause)
    else:
        write_off(**found.terms, **who)


def _keep(found: Overpayment, act: str, terms: dict[str, Any], by: str, on: date) -> None:
    try:
        with transaction.atomic():
            DebtProposal.objects.create(
                overpayment=found, body=found.body, act=act, terms=terms, proposed_by=by, proposed_on=on
            )
    except IntegrityError as taken:
        raise OverpaymentRefused(reason="проект решения уже ждёт второго сотрудника") from taken
