"""Ask for a second look: what one officer wants waits until another confirms it or gives it back."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from kazna.contexts.cases.contracts import AwardAct, AwardNotFound, Outcome, ProposalOpen, ReasonRequired
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting_acts import check_act
from kazna.contexts.cases.models import Award, Case, Proposal
from kazna.contexts.cases.policies import Held, change_day
from kazna.contexts.cases.wording import sum_of
from kazna.contexts.measures.contracts import Right

OUTCOME_ACTS = {Outcome.GRANTED: "grant", Outcome.REFUSED: "refuse"}


def is_against_rule(right: Right, outcome: Outcome, amount_kopecks: int | None) -> bool:
    """An officer decides otherwise than the rule computed. Filling what the rule does not know is not that."""
    if right.state == "unknown":
        return False
    if right.state != outcome:
        return True
    computed = right.amount_kopecks
    return outcome == Outcome.GRANTED and None not in (amount_kopecks, computed) and amount_kopecks != computed


def needs_second(right: Right, outcome: Outcome, amount_kopecks: int | None) -> bool:
    """By the passport always, else when it goes against the rule."""
    return right.passport.get("second_look") == "always" or is_against_rule(right, outcome, amount_kopecks)


def propose_for_case(
    case: Case,
    right: Right,
    *,
    by: str,
    outcome: Outcome,
    reason: str,
    on: date,
    amount_kopecks: int | None,
    first_day: date | None,
    last_day: date | None,
) -> Proposal:
    """Keep what the officer wants of a case. Raises ProposalOpen."""
    computed = right.summary
    if right.amount_kopecks is not None:
        computed = f"{computed} {sum_of(right.amount_kopecks, right.period)}"
    return _keep(
        Proposal(
            id=uuid4(),
            case_id=case.id,
            thing_id=case.id,
            act=OUTCOME_ACTS[outcome],
            title=case.title,
            recipient_id=case.recipient_id,
            subject_id=case.subject_id,
            body=case.body,
            amount_kopecks=amount_kopecks,
            first_day=first_day,
            last_day=last_day,
            reason=reason,
            computed=computed,
            proposed_by=by,
            proposed_on=on,
        )
    )


@transaction.atomic
def propose_act(
    *, award_id: UUID, act: AwardAct, by: str, reason: str, on: date, first_day: date | None, amount_kopecks: int | None
) -> Proposal:
    """Propose to suspend, resume, stop, change or correct an award. Raises AwardNotFound, NotPossible, ProposalOpen."""
    if not reason.strip():
        raise ReasonRequired()
    held = held_award(award_id)
    begins = first_day or (held.stops_on if act == AwardAct.RESUME and held.stops_on else change_day(on))
    check_act(act, held, amount_kopecks=amount_kopecks, first_day=begins, on=on)
    award = held.award
    return _keep(
        Proposal(
            id=uuid4(),
            award_id=award.id,
            thing_id=award.id,
            act=act,
            title=award.title,
            recipient_id=award.recipient_id,
            subject_id=award.subject_id,
            body=award.body,
            amount_kopecks=amount_kopecks,
            first_day=begins,
            reason=reason,
            computed=f"Назначено: {sum_of(award.amount_kopecks, award.period)}",
            proposed_by=by,
            proposed_on=on,
        )
    )


def held_award(award_id: UUID) -> Held:
    """The award with its stop; raises AwardNotFound."""
    award = Award.objects.filter(id=award_id).first()
    if award is None:
        raise AwardNotFound()
    desk = Desk.load(measures=[award.measure], subject_ids=[award.subject_id], right_ids=())
    return next(held for held in desk.held(award.measure, award.subject_id) if held.award.id == award_id)


def _keep(proposal: Proposal) -> Proposal:
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as taken:
        raise ProposalOpen() from taken
    return proposal
