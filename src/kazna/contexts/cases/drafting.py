"""Draft decisions: what is granted, to whom, for which days. Numbers and documents come at signing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kazna.contexts.cases.contracts import DecisionKind
from kazna.contexts.cases.desk import Desk, content_id
from kazna.contexts.cases.models import Award, Case, Decision
from kazna.contexts.cases.policies import Held, change_day, is_void, last_day_of, new_first_day
from kazna.contexts.cases.recounting import Chain, Verdict
from kazna.contexts.cases.signing import Draft
from kazna.contexts.measures.contracts import Right
from kazna.events.cases import MonthDifference
from kazna.events.cause import Cause
from kazna.kernel.periods import month_start, next_month
from kazna.plumbing.new_rows import fresh


def draft_grant(
    desk: Desk,
    case: Case,
    right: Right,
    cause: Cause,
    *,
    on: date,
    decided_by: str = "",
    reason: str = "",
    amount_kopecks: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Draft:
    """A grant, or a change of the live award: the old one stops where the new one begins.

    The officer's amount and days go before the rule's.
    """
    own = [h for h in desk.held(right.measure, right.subject_id) if h.award.recipient_id == right.recipient_id]
    live = next((h for h in reversed(own) if h.is_live(on)), None) if right.period == "month" else None
    begins = first_day or new_first_day(right, own)
    award = fresh(
        Award,
        id=content_id("award", *right.key, desk.ordinal_of(right)),
        case_id=case.id,
        replaces_id=live.award.id if live else None,
        measure=right.measure,
        code=right.code,
        title=right.short_title,
        subject_id=right.subject_id,
        recipient_id=right.recipient_id,
        child_id=right.roles.get("child"),
        ordinal=desk.ordinal_of(right),
        body=desk.payer(case),
        territory=case.territory,
        amount_kopecks=right.amount_kopecks or 0 if amount_kopecks is None else amount_kopecks,
        form=right.form,
        period=right.period,
        first_day=begins,
        last_day=_last_day(right, begins, last_day),
        granted_on=on,
        ends_on=list(right.passport.get("ends_on", ())),
    )
    decision = _decision(case, right, DecisionKind.CHANGE if live else DecisionKind.GRANT, on, decided_by, reason)
    decision.amount_kopecks, decision.first_day, decision.last_day = award.amount_kopecks, begins, award.last_day
    draft = Draft(decision=decision, cause=cause, case=case, right=right, award=award)
    if live:
        decision.replaces_award_id = live.award.id
        if live.award.last_day is None or begins <= live.award.last_day:
            draft.stops, draft.stop_reason = live.award, "Назначение заменено новым."
            draft.stops_on = month_start(live.award.first_day) if is_void(live.award, on) else begins
            desk.stop(live.award, draft.stops_on)
    desk.hold(award)
    return draft


def draft_ways_given(desk: Desk, grant: Draft, gives_way: Sequence[Held], on: date) -> list[Draft]:
    """Stops of the awards that end for a grant: the new one begins where they stop, so no day is paid twice."""
    award, stops = grant.award, []
    if award is None or not gives_way:
        return []
    if award.period == "month" and award.first_day < change_day(on):
        award.first_day = change_day(on)
        if award.last_day is not None and award.last_day < award.first_day:
            award.last_day = award.first_day
        grant.decision.first_day, grant.decision.last_day = award.first_day, award.last_day
    for held in gives_way:
        ground = {"event": "REPLACED", "happened_on": on.isoformat(), "replaced_by": award.measure}
        reason = f"Назначена другая мера, с которой эта вместе не предоставляется: «{award.title}»."
        stops_on = max(award.first_day, held.award.first_day)
        stops.append(draft_stop(desk, held, grant.cause, stops_on=stops_on, on=on, reason=reason, ground=ground))
    return stops


def draft_refusal(case: Case, right: Right, cause: Cause, *, on: date, decided_by: str = "", reason: str = "") -> Draft:
    """A refusal with the reasons of the rule, and the stated one where the rule alone would not refuse."""
    decision = _decision(case, right, DecisionKind.REFUSE, on, decided_by, reason)
    return Draft(decision=decision, cause=cause, case=case, right=right)


def draft_stop(
    desk: Desk,
    held: Held,
    cause: Cause,
    *,
    stops_on: date,
    on: date,
    reason: str,
    ground: dict[str, str],
    right: Right | None = None,
) -> Draft:
    """The end of an award; nothing is due from `stops_on`."""
    award = held.award
    decision = fresh(
        Decision,
        kind=DecisionKind.STOP,
        on=on,
        body=award.body,
        territory=award.territory,
        case_id=award.case_id,
        right_id=right.id if right else None,
        award_id=award.id,
        measure=award.measure,
        title=award.title,
        subject_id=award.subject_id,
        recipient_id=award.recipient_id,
        first_day=stops_on,
        reason=reason,
        ground={**ground, "award": award.number, "period": award.period},
    )
    desk.stop(award, stops_on)
    return Draft(decision=decision, cause=cause, right=right, stops=award, stops_on=stops_on, stop_reason=reason)


def draft_recount(
    desk: Desk,
    chain: Chain,
    verdict: Verdict,
    rights: Sequence[Right],
    cause: Cause,
    *,
    kind: DecisionKind,
    on: date,
    why: str,
    reason: str,
) -> Draft:
    """What a recount changes: months behind, the end of the last award, the award that goes on.

    `rights`: what the answers of the verdict are stored as, today's last; all of them are named in the ground.
    """
    last, right = chain.last.award, rights[-1]
    decision = fresh(
        Decision,
        kind=kind,
        on=on,
        body=last.body,
        territory=last.territory,
        case_id=last.case_id,
        right_id=right.id,
        award_id=last.id,
        measure=last.measure,
        title=last.title,
        subject_id=last.subject_id,
        recipient_id=last.recipient_id,
        first_day=verdict.begins or verdict.stops_on,
        last_day=verdict.last_day,
        reason=right.summary if kind == DecisionKind.STOP else reason,
        ground={"why": why, "award": last.number, "period": last.period, "rights": [str(r.id) for r in rights]},
    )
    if verdict.differences:
        decision.ground["differences"] = [one.in_ground() for one in verdict.differences]
    draft = Draft(decision=decision, cause=cause, right=right, corrected=_corrected(chain, verdict))
    if verdict.stops_on is not None:
        draft.stops, draft.stops_on, draft.stop_reason = last, verdict.stops_on, decision.reason
        desk.stop(last, verdict.stops_on)
    if verdict.begins is not None:
        draft.award = _next_award(desk, last, right, verdict, on)
        decision.amount_kopecks, decision.replaces_award_id = verdict.amount_kopecks, last.id
        desk.hold(draft.award)
    elif kind != DecisionKind.STOP:
        decision.amount_kopecks, decision.first_day = last.amount_kopecks, last.first_day
        decision.last_day = last.last_day
    return draft


def _corrected(chain: Chain, verdict: Verdict) -> list[tuple[Award, tuple[MonthDifference, ...]]]:
    by_award = {item.award.id: item.award for item in chain.held}
    told: dict[UUID, list[MonthDifference]] = {}
    for one in verdict.differences:
        told.setdefault(one.award_id, []).append(one.month)
    return [(by_award[award_id], tuple(months)) for award_id, months in told.items()]


def _next_award(desk: Desk, last: Award, right: Right, verdict: Verdict, on: date) -> Award:
    return fresh(
        Award,
        id=content_id("award", *right.key, desk.ordinal_of(right)),
        case_id=last.case_id,
        replaces_id=last.id,
        measure=last.measure,
        code=last.code,
        title=last.title,
        subject_id=last.subject_id,
        recipient_id=last.recipient_id,
        child_id=last.child_id,
        ordinal=desk.ordinal_of(right),
        body=last.body,
        territory=last.territory,
        amount_kopecks=verdict.amount_kopecks,
        form=last.form,
        period=last.period,
        first_day=verdict.begins,
        last_day=verdict.last_day,
        granted_on=on,
        ends_on=list(right.passport.get("ends_on", ())),
    )


def stop_after(day: date, award: Award) -> date:
    """What happened on a day ends payments from the first of the next month, not before the award begins."""
    return max(next_month(day), award.first_day)


def _last_day(right: Right, begins: date, last_day: date | None) -> date | None:
    """Inclusive. A single cash payment is due on its first day alone."""
    if right.period == "once" and right.form == "cash":
        return begins
    return last_day or last_day_of(right)


def _decision(case: Case, right: Right, kind: DecisionKind, on: date, decided_by: str, reason: str) -> Decision:
    return fresh(
        Decision,
        kind=kind,
        on=on,
        body=case.body,
        territory=case.territory,
        case_id=case.id,
        right_id=right.id,
        measure=right.measure,
        title=right.title,
        subject_id=right.subject_id,
        recipient_id=right.recipient_id,
        decided_by=decided_by,
        reason=reason,
    )
