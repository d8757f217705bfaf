"""An officer decides a case that waits for a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.propose_act import is_against_rule, needs_second, propose_for_case
from kazna.contexts.cases.actions.weigh_rights import decided
from kazna.contexts.cases.contracts import (
    AmountRequired,
    CaseAlreadyDecided,
    CaseNotFound,
    CaseState,
    NotPossible,
    Outcome,
    ProposalOpen,
    ReasonRequired,
)
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_grant, draft_refusal, draft_ways_given
from kazna.contexts.cases.models import Case, Decision, Proposal
from kazna.contexts.cases.models_appeals import ClockStop
from kazna.contexts.cases.rivals import judge_rivals
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
    confirmed_by: str = "",
) -> Decision:
    """Grant or refuse with the officer's reason. Two officers at once: the second gets CaseAlreadyDecided.

    `confirmed_by`: the second officer, where one is needed. Raises CaseNotFound, ReasonRequired, AmountRequired
    (a grant where the rule gave no amount), ProposalOpen (somebody's draft waits for a second look).
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
    if Proposal.objects.filter(thing_id=case_id, state=Proposal.State.OPEN).exists():
        raise ProposalOpen()
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
    if draft.award is not None:
        desk.load_rivals([right])
        verdict = judge_rivals(right, desk.rivals(right), desk.chosen.get(case.id, frozenset()))
        if verdict.choose:
            raise NotPossible(why=f"сначала гражданин выбирает между мерами: «{verdict.choose[0].held.award.title}»")
        signing.drafts += draft_ways_given(desk, draft, verdict.gives_way, on)
    draft.decision.confirmed_by = confirmed_by
    draft.decision.against_rule = is_against_rule(right, outcome, amount_kopecks)
    signing.drafts.append(draft)
    decided(desk, case, outcome, right, on=on, by=by)
    signing.sign()
    ClockStop.objects.filter(case_id=case_id, until=None).update(until=on)
    return draft.decision


@transaction.atomic
def decide_or_propose(
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
) -> Decision | Proposal:
    """Decide, or leave it to a second officer where the passport or the rule's own answer asks for one."""
    if not reason.strip():
        raise ReasonRequired()
    known = Case.objects.filter(id=case_id).first()
    if known is None:
        raise CaseNotFound()
    right = sources.rights([known.right_id])[known.right_id]
    sums = {"amount_kopecks": amount_kopecks, "first_day": first_day, "last_day": last_day}
    if not needs_second(right, outcome, amount_kopecks):
        return decide_case(
            case_id=case_id, by=by, outcome=outcome, reason=reason, on=on, cause=cause, sources=sources, **sums
        )
    if known.state != CaseState.WAITING_PERSON:
        raise CaseAlreadyDecided()
    return propose_for_case(known, right, by=by, outcome=outcome, reason=reason, on=on, **sums)
