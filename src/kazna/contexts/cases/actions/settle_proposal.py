"""The second officer confirms what the first one proposed, or gives it back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.decide_case import decide_case
from kazna.contexts.cases.actions.propose_act import held_award
from kazna.contexts.cases.contracts import AwardAct, Outcome, ProposalNotOpen, ReasonRequired, SamePerson
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting_acts import check_act, draft_act
from kazna.contexts.cases.models import Decision, Proposal
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.events.cause import Cause

OUTCOMES = {"grant": Outcome.GRANTED, "refuse": Outcome.REFUSED}


@transaction.atomic
def confirm_proposal(*, proposal_id: UUID, by: str, on: date, cause: Cause, sources: Sources) -> Decision:
    """Sign what was proposed. Of two who press at once the second gets ProposalNotOpen. Raises SamePerson too.

    What became impossible meanwhile (the case was decided, the award ended) raises its own refusal.
    """
    proposal = _open(proposal_id, by)
    _settle(proposal, Proposal.State.CONFIRMED, by, on, "")
    if proposal.case_id is not None:
        return decide_case(
            case_id=proposal.case_id,
            by=proposal.proposed_by,
            confirmed_by=by,
            outcome=OUTCOMES[proposal.act],
            reason=proposal.reason,
            on=on,
            cause=cause,
            sources=sources,
            amount_kopecks=proposal.amount_kopecks,
            first_day=proposal.first_day,
            last_day=proposal.last_day,
        )
    return _act(proposal, by, on, cause, sources)


@transaction.atomic
def return_proposal(*, proposal_id: UUID, by: str, reason: str, on: date) -> None:
    """Give it back with a reason; the case or the award stays as it is. Raises ProposalNotOpen, SamePerson."""
    if not reason.strip():
        raise ReasonRequired()
    _settle(_open(proposal_id, by), Proposal.State.RETURNED, by, on, reason)


def _open(proposal_id: UUID, by: str) -> Proposal:
    proposal = Proposal.objects.select_for_update().filter(id=proposal_id, state=Proposal.State.OPEN).first()
    if proposal is None:
        raise ProposalNotOpen()
    if proposal.proposed_by == by:
        raise SamePerson()
    return proposal


def _settle(proposal: Proposal, state: str, by: str, on: date, reason: str) -> None:
    proposal.state, proposal.second_by, proposal.second_on, proposal.second_reason = state, by, on, reason
    proposal.save(update_fields=["state", "second_by", "second_on", "second_reason"])


def _act(proposal: Proposal, by: str, on: date, cause: Cause, sources: Sources) -> Decision:
    award = held_award(proposal.award_id).award
    desk = Desk.load(measures=[award.measure], subject_ids=[award.subject_id], right_ids=())
    held = next(one for one in desk.held(award.measure, award.subject_id) if one.award.id == award.id)
    act, first_day = AwardAct(proposal.act), proposal.first_day or on
    check_act(act, held, amount_kopecks=proposal.amount_kopecks, first_day=first_day, on=on)
    signing = Signing(sources, desk)
    signing.drafts.append(
        draft_act(
            desk,
            held,
            act,
            cause,
            on=on,
            first_day=first_day,
            amount_kopecks=proposal.amount_kopecks,
            reason=proposal.reason,
            by=proposal.proposed_by,
            confirmed_by=by,
        )
    )
    return signing.sign()[0]
