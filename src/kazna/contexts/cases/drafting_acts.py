"""Draft what officers do with awards in force: suspend, resume, stop, change the sum, correct an error."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kazna.contexts.cases.contracts import AwardAct, DecisionKind, NotPossible
from kazna.contexts.cases.desk import Desk, content_id
from kazna.contexts.cases.drafting import draft_stop
from kazna.contexts.cases.models import Award, Decision
from kazna.contexts.cases.policies import Held, change_day
from kazna.contexts.cases.recounting import told_difference
from kazna.contexts.cases.signing import Draft
from kazna.events.cases import MonthDifference
from kazna.events.cause import Cause
from kazna.kernel.periods import month_start, next_month

KINDS = {
    AwardAct.SUSPEND: DecisionKind.SUSPEND,
    AwardAct.RESUME: DecisionKind.RESUME,
    AwardAct.STOP: DecisionKind.STOP,
    AwardAct.CHANGE: DecisionKind.CHANGE,
    AwardAct.CORRECT: DecisionKind.CORRECT,
    AwardAct.WAIVE: DecisionKind.STOP,
}
WHY = {AwardAct.CORRECT: "error"}
ENDS = (AwardAct.SUSPEND, AwardAct.STOP, AwardAct.WAIVE)


def check_act(act: AwardAct, held: Held, *, amount_kopecks: int | None, first_day: date, on: date) -> None:
    """Raise NotPossible with the reason why the award cannot be treated so."""
    award = held.award
    if award.period != "month" and act not in (AwardAct.STOP, AwardAct.WAIVE, AwardAct.CORRECT):
        raise NotPossible(why="так поступают только с ежемесячными выплатами")
    if act == AwardAct.RESUME:
        if not held.is_suspended:
            raise NotPossible(why="возобновить можно только приостановленное назначение")
        if first_day < (held.stops_on or first_day):
            raise NotPossible(why="возобновить можно не раньше дня, с которого приостановлено")
    elif not held.is_live(on):
        raise NotPossible(why="назначение уже прекращено, окончено или приостановлено")
    elif first_day < award.first_day:
        raise NotPossible(why="день раньше начала назначения")
    if act in (*ENDS, AwardAct.CHANGE) and first_day < month_start(on):
        raise NotPossible(why="прошлые месяцы не меняют: ошибку в них исправляют решением об исправлении")
    if award.last_day is not None and first_day > award.last_day:
        raise NotPossible(why="день позже конца назначения")
    if act in (AwardAct.CHANGE, AwardAct.CORRECT):
        if not amount_kopecks:
            raise NotPossible(why="не названа новая сумма")
        if amount_kopecks == award.amount_kopecks:
            raise NotPossible(why="сумма та же, что и была")


def draft_act(
    desk: Desk,
    held: Held,
    act: AwardAct,
    cause: Cause,
    *,
    on: date,
    first_day: date,
    amount_kopecks: int | None,
    reason: str,
    by: str,
    confirmed_by: str,
) -> Draft:
    """Two officers about an award: what is behind is corrected month by month, the rest goes on anew."""
    award = held.award
    if act in ENDS:
        ground = {"event": "WAIVED" if act == AwardAct.WAIVE else "OFFICER", "happened_on": on.isoformat()}
        draft = draft_stop(desk, held, cause, stops_on=first_day, on=on, reason=reason, ground=ground)
        draft.decision.kind = KINDS[act]
    else:
        draft = draft_anew(desk, held, act, cause, on=on, first_day=first_day, amount_kopecks=amount_kopecks)
        draft.decision.reason = reason
    decision = draft.decision
    decision.decided_by, decision.confirmed_by, decision.against_rule = by, confirmed_by, True
    decision.award_id = draft.award.id if draft.award else award.id
    return draft


def draft_anew(
    desk: Desk, held: Held, act: AwardAct, cause: Cause, *, on: date, first_day: date, amount_kopecks: int | None
) -> Draft:
    award = held.award
    amount = award.amount_kopecks if amount_kopecks is None else amount_kopecks
    begins = max(first_day, change_day(on)) if act == AwardAct.CORRECT else first_day
    goes_on = award.period == "month" and (award.last_day is None or begins <= award.last_day)
    decision = Decision(
        kind=KINDS[act],
        on=on,
        body=award.body,
        territory=award.territory,
        case_id=award.case_id,
        replaces_award_id=award.id if goes_on else None,
        measure=award.measure,
        title=award.title,
        subject_id=award.subject_id,
        recipient_id=award.recipient_id,
        amount_kopecks=amount,
        first_day=first_day,
        last_day=award.last_day,
        ground={"why": WHY.get(act, "officer"), "award": award.number, "period": award.period},
    )
    draft = Draft(decision=decision, cause=cause)
    if act == AwardAct.CORRECT and (behind := _behind(award, first_day, begins, amount)):
        draft.corrected = [(award, behind)]
        decision.ground["differences"] = [told_difference(award.id, one) for one in behind]
    if goes_on:
        draft.award = _next(desk, award, begins, amount, on)
        if act != AwardAct.RESUME:
            draft.stops, draft.stops_on, draft.stop_reason = award, begins, "Назначение заменено новым."
            desk.stop(award, begins)
        desk.hold(draft.award)
    return draft


def _behind(award: Award, first_day: date, begins: date, amount: int) -> tuple[MonthDifference, ...]:
    """Whole months from the first one corrected to the one before the new award; a single payment is one month."""
    month, found = month_start(first_day), []
    if award.period != "month":
        return (MonthDifference(month_start(award.first_day), award.amount_kopecks, amount),)
    while month < begins and (award.last_day is None or month <= award.last_day):
        found.append(MonthDifference(month, award.amount_kopecks, amount))
        month = next_month(month)
    return tuple(found)


def _next(desk: Desk, award: Award, begins: date, amount: int, on: date) -> Award:
    own = [h for h in desk.held(award.measure, award.subject_id) if h.award.recipient_id == award.recipient_id]
    ordinal = len(own) + 1
    copied = {
        name: getattr(award, name)
        for name in (
            *("case_id", "measure", "code", "title", "subject_id", "recipient_id", "child_id", "body", "territory"),
            *("form", "period", "last_day", "ends_on"),
        )
    }
    award_id: UUID = content_id("award", award.measure, award.subject_id, award.recipient_id, ordinal)
    return Award(
        id=award_id, replaces_id=award.id, ordinal=ordinal, amount_kopecks=amount, first_day=begins, granted_on=on,
        **copied,
    )  # fmt: skip
