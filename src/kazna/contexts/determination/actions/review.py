"""Approve a proposal, or withdraw it before anything was decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.determination.actions.propose import note
from kazna.contexts.determination.contracts import (
    ProposalHeld,
    ProposalNotFound,
    ProposalNotOpen,
    ReasonMissing,
    SamePerson,
)
from kazna.contexts.determination.models import Proposal

State = Proposal.State
WORDS = {
    State.PROPOSED: "ждёт утверждения",
    State.HELD: "остановлено пределами",
    State.APPROVED: "утверждено",
    State.RELEASED: "выпущено",
    State.WITHDRAWN: "отозвано",
}


@transaction.atomic
def approve(*, proposal_id: UUID, by: str, on: date) -> None:
    """Let it be released. Raises ProposalNotFound, ProposalHeld, ProposalNotOpen, SamePerson."""
    proposal = locked(proposal_id)
    if proposal.state == State.HELD:
        raise ProposalHeld(why=" ".join(proposal.held_for))
    if proposal.state != State.PROPOSED:
        raise ProposalNotOpen(state=WORDS[State(proposal.state)])
    if by == proposal.made_by:
        raise SamePerson(login=by)
    proposal.state, proposal.approved_by, proposal.approved_on = State.APPROVED, by, on
    proposal.save(update_fields=["state", "approved_by", "approved_on"])
    note(proposal, "approve", by)


@transaction.atomic
def withdraw(*, proposal_id: UUID, by: str, reason: str, on: date) -> None:
    """Take it back, whoever does. Raises ProposalNotFound, ProposalNotOpen, ReasonMissing."""
    proposal = locked(proposal_id)
    if not reason.strip():
        raise ReasonMissing()
    if proposal.state in (State.RELEASED, State.WITHDRAWN):
        raise ProposalNotOpen(state=WORDS[State(proposal.state)])
    if proposal.chunks.filter(is_done=True).exists():
        raise ProposalNotOpen(state="выпускается")
    proposal.state, proposal.withdrawn_by, proposal.withdrawn_on = State.WITHDRAWN, by, on
    proposal.reason = reason.strip()
    proposal.save(update_fields=["state", "withdrawn_by", "withdrawn_on", "reason"])
    note(proposal, "withdraw", by, reason.strip())


def locked(proposal_id: UUID) -> Proposal:
    """The proposal, nobody else's meanwhile. Raises ProposalNotFound."""
    found = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if found is None:
        raise ProposalNotFound()
    return found
