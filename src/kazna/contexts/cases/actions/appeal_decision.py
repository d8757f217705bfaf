"""A complaint against a decision, and the second look by another officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.reconsider_awards import added_by_corrections
from kazna.contexts.cases.actions.weigh_rights import decided
from kazna.contexts.cases.contracts import (
    AmountRequired,
    CaseState,
    DecisionKind,
    DecisionNotFound,
    Outcome,
    ReasonRequired,
)
from kazna.contexts.cases.desk import Desk, content_id
from kazna.contexts.cases.drafting import draft_grant, draft_recount, draft_stop
from kazna.contexts.cases.letters import appeal_answered_letter, appeal_filed_letter
from kazna.contexts.cases.models import Case, Decision
from kazna.contexts.cases.models_appeals import Appeal
from kazna.contexts.cases.policies import change_day
from kazna.contexts.cases.recounting import Chain, nothing_due
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.contexts.delegation import public as delegation
from kazna.contexts.delegation.contracts import Function
from kazna.contexts.measures.contracts import Right
from kazna.contexts.notifications import public as notifications
from kazna.events.cases import AppealMoved
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing.outbox import publish

DAYS = 15  # working days: 210-ФЗ, статья 11.2 часть 6


class AppealAlreadyOpen(DomainError):
    sentence = "Жалоба на это решение уже рассматривается, ответ будет не позже {due}. Подавать её снова не нужно."


class AppealNotFound(DomainError):
    sentence = "Такой жалобы нет или она вам недоступна."


class AppealNotOpen(DomainError):
    sentence = "Этой жалобы нет или на неё уже ответили. Обновите список."


class NothingToEnd(DomainError):
    sentence = "Прекращать нечего: назначения нет или оно уже окончено. Оставьте решение в силе или решите заново."


class AnotherOfficerNeeded(DomainError):
    sentence = "Второй раз решение смотрит другой сотрудник: не тот, кто его принял, и не тот, кто попросил пересмотра."


@transaction.atomic
def file_appeal(
    *, decision_id: UUID, text: str, on: date, cause: Cause, sources: Sources, filed_by: str = ""
) -> Appeal:
    """File a complaint; `filed_by` a supervisor's login, empty: the citizen. The text may be empty: one click.

    Two clicks file it once: the same words of the same person find the complaint that is open. Other words beside an
    open one are refused. Raises DecisionNotFound, AppealAlreadyOpen.
    """
    decision = Decision.objects.filter(id=decision_id).first()
    if decision is None:
        raise DecisionNotFound()
    words = text.strip()[:4000]
    if known := Appeal.objects.filter(decision_id=decision_id, state=Appeal.State.FILED).first():
        return _same(known, words, filed_by)
    number = Appeal.objects.filter(decision_id=decision_id).count() + 1
    appeal, is_new = Appeal.objects.get_or_create(
        id=content_id("appeal", decision_id, number),
        defaults={
            "decision_id": decision.id,
            "decision_number": decision.number,
            "decision_kind": decision.kind,
            "case_id": decision.case_id,
            "measure": decision.measure,
            "title": decision.title,
            "recipient_id": decision.recipient_id,
            "body": _hears(decision),
            "territory": decision.territory,
            "filed_on": on,
            "filed_by": filed_by,
            "first_by": decision.decided_by,
            "text": words,
            "due_on": sources.working_day_after(on, DAYS),
        },
    )
    if not is_new:
        return _same(appeal, words, filed_by)
    publish(AppealMoved(appeal.id, appeal.state, on, cause))
    return appeal


def _same(known: Appeal, words: str, filed_by: str) -> Appeal:
    if (known.text, known.filed_by) != (words, filed_by):
        raise AppealAlreadyOpen(due=f"{known.due_on:%d.%m.%Y}")
    return known


def _hears(decision: Decision) -> str:
    """Who decided, unless an agreement gave away deciding without complaints."""
    matter = delegation.matters([decision.case_id]).get(decision.case_id) if decision.case_id else None
    if matter is None or decision.body != matter.body or Function.APPEALS in matter.functions:
        return decision.body
    return matter.origin_body


@transaction.atomic
def answer_appeal(
    *,
    appeal_id: UUID,
    by: str,
    overturned: bool,
    why: str,
    reason: str,
    on: date,
    cause: Cause,
    sources: Sources,
    amount_kopecks: int | None = None,
    first_day: date | None = None,
    ends: bool = False,
    from_start: bool = False,
) -> Appeal:
    """Leave the decision in force or take another one in its place, linked to it.

    `why`: the cause of an overturned decision (law, facts, missing, procedure, other). `ends`: what was granted is
    stopped, not granted anew; `from_start`: and nothing was due from its first day, by the person's own false words.
    Two officers at once: the second gets AppealNotOpen. Raises ReasonRequired, AnotherOfficerNeeded, AmountRequired.
    """
    if len(reason.strip()) < 10:
        raise ReasonRequired()
    appeal = Appeal.objects.select_for_update().filter(id=appeal_id, state=Appeal.State.FILED).first()
    if appeal is None:
        raise AppealNotOpen()
    if by in (appeal.first_by, appeal.filed_by):
        raise AnotherOfficerNeeded()
    if overturned:
        appeal.cause = Appeal.Cause(why or "other")
        if ends:
            new = _end(appeal, by, reason, on, cause, sources, from_start=from_start)
        else:
            new = _decide_anew(appeal, by, reason, on, cause, sources, amount_kopecks, first_day)
        appeal.new_decision_id = new.id
    appeal.state = Appeal.State.OVERTURNED if overturned else Appeal.State.UPHELD
    appeal.decided_by, appeal.decided_on, appeal.reason = by, on, reason.strip()
    appeal.save()
    publish(AppealMoved(appeal.id, appeal.state, on, cause))
    return appeal


@transaction.atomic
def tell_appeals(events: Sequence[AppealMoved]) -> None:
    """Write to people about their complaints. Repeatable: a notice is written once."""
    rows = {row.id: row for row in Appeal.objects.filter(id__in={event.appeal_id for event in events})}
    notifications.notify(
        [
            appeal_filed_letter(rows[event.appeal_id], event.cause)
            if event.state == Appeal.State.FILED
            else appeal_answered_letter(rows[event.appeal_id], event.cause)
            for event in events
        ]
    )


def _decide_anew(
    appeal: Appeal,
    by: str,
    reason: str,
    on: date,
    cause: Cause,
    sources: Sources,
    amount_kopecks: int | None,
    first_day: date | None,
) -> Decision:
    """The new decision: what was refused or stopped is granted, what was granted gets another sum."""
    first = Decision.objects.get(id=appeal.decision_id)
    right = _right(first, sources)
    if right.form == "cash" and not (amount_kopecks or right.amount_kopecks or first.amount_kopecks):
        raise AmountRequired()
    desk = Desk.load(measures=[first.measure], subject_ids=[first.subject_id], right_ids=())
    case = desk.open_case(right, body=first.body, territory=first.territory)
    desk.weigh(case, right)
    if case.state != CaseState.WAITING_PERSON:
        desk.move(case, CaseState.WAITING_PERSON, on, note=f"Жалоба на решение № {first.number}.", by=by)
    case.waits_for = ""
    desk.move(case, CaseState.DETERMINED, on, note=reason, by=by)
    draft = draft_grant(
        desk,
        case,
        right,
        cause,
        on=on,
        decided_by=by,
        reason=reason.strip(),
        amount_kopecks=amount_kopecks if amount_kopecks else (right.amount_kopecks or first.amount_kopecks),
        first_day=first_day or (first.first_day if first.kind == "stop" else None),
    )
    draft.decision.ground = {"why": "appeal", "appeal": str(appeal.id), "against": first.number, "period": right.period}
    signing = Signing(sources, desk, [draft])
    decided(desk, case, Outcome.GRANTED, right, on=on, by=by)
    return signing.sign()[0]


def _end(
    appeal: Appeal, by: str, reason: str, on: date, cause: Cause, sources: Sources, *, from_start: bool
) -> Decision:
    """The award should not have been granted: nothing is due from the first of the next month.

    What was paid without the person's fault stays paid (Civil Code art. 1109), so months behind are left alone unless
    the person misled: then they are worth nothing, and what was paid becomes an overpayment two people decide about.
    """
    first = Decision.objects.get(id=appeal.decision_id)
    desk = Desk.load(measures=[first.measure], subject_ids=[first.subject_id], right_ids=())
    own = (h for h in desk.held(first.measure, first.subject_id) if h.award.recipient_id == first.recipient_id)
    own = list(own)
    held = next((h for h in reversed(own) if h.is_live(on)), None)
    if held is None:
        raise NothingToEnd()
    ground = {"why": "appeal", "appeal": str(appeal.id), "against": first.number}
    stops_on = max(change_day(on), held.award.first_day)
    if from_start:
        chain = Chain(tuple(own), True, own[0].award.granted_on, added_by_corrections([first.recipient_id]))
        right = _right(first, sources)
        verdict = nothing_due(chain, right, stops_on, on)
        draft = draft_recount(
            desk, chain, verdict, [right], cause, kind=DecisionKind.STOP, on=on, why="appeal", reason=reason
        )
        draft.decision.reason = draft.stop_reason = reason.strip()
        draft.decision.ground |= ground
    else:
        draft = draft_stop(desk, held, cause, stops_on=stops_on, on=on, reason=reason.strip(), ground=ground)
    draft.decision.decided_by = by
    return Signing(sources, desk, [draft]).sign()[0]


def _right(first: Decision, sources: Sources) -> Right:
    """The right the decision stood on; of a stop by an event, the one the case stands on."""
    right_id = first.right_id or (Case.objects.get(id=first.case_id).right_id if first.case_id else None)
    if right_id is None:
        raise AppealNotOpen()
    return sources.rights([right_id])[right_id]
