"""An officer decides a case that waits for a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.weigh_rights import decided
from kazna.contexts.cases.contracts import (
    AmountRequired,
    CaseAlreadyDecided,
    CaseNotFound,
    CaseState,
    Outcome,
    ReasonRequired,
)
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_grant, draft_refusal
from kazna.contexts.cases.models import Case, Decision
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.events.cause import Cause


@transaction.atomic
def decide_case(
    *,
    case_id: UUID,
    by: str,
    outcome: Outcome,
    reason: str,
    on: date,
    cause: Cause,
    sources: Sources,
    amount_kopecks: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Decision:
    """Grant or refuse with the officer's reason. Two officers at once: the second gets CaseAlreadyDecided.

    Raises CaseNotFound, ReasonRequired, AmountRequired (a grant where the rule gave no amount).
    """
    if not reason.strip():
        raise ReasonRequired()
    known = Case.objects.filter(id=case_id).first()
    if known is None:
        raise CaseNotFound()
    right = sources.rights([known.right_id])[known.right_id]
    desk = Desk.load(measures=[right.measure], subject_ids=[right.subject_id], right_ids=())
    case = desk.last(right.key)
    if case is None or case.id != case_id or case.state != CaseState.WAITING_PERSON:
        raise CaseAlreadyDecided()
    if outcome == Outcome.GRANTED and right.form == "cash" and not (amount_kopecks or right.amount_kopecks):
        raise AmountRequired()
    case.waits_for = ""
    desk.move(case, CaseState.DETERMINED, on, note=reason, by=by)
    signing = Signing(sources, desk)
    if outcome == Outcome.REFUSED:
        draft = draft_refusal(case, right, cause, on=on, decided_by=by, reason=reason)
    else:
        draft = draft_grant(
            desk,
            case,
            right,
            cause,
            on=on,
            decided_by=by,
            reason=reason,
            amount_kopecks=amount_kopecks,
            first_day=first_day,
            last_day=last_day,
        )
    signing.drafts.append(draft)
    decided(desk, case, outcome, right, on=on, by=by)
    return signing.sign()[0]
