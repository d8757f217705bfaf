"""The door of second looks and terms: complaints, their answers and statistics, late cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kazna.contexts.cases.actions import appeal_decision as acts
from kazna.contexts.cases.actions import stop_clock as clocks
from kazna.contexts.cases.actions.appeal_decision import (
    AnotherOfficerNeeded,
    AppealAlreadyOpen,
    AppealNotFound,
    AppealNotOpen,
)
from kazna.contexts.cases.actions.stop_clock import ClockAlreadyStopped, ClockRuns
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Case
from kazna.contexts.cases.models_appeals import Appeal, ClockStop, Escalation
from kazna.contexts.cases.sources import Doors
from kazna.events.cause import Cause

__all__ = [
    "AnotherOfficerNeeded",
    "AppealAlreadyOpen",
    "AppealNotFound",
    "AppealNotOpen",
    "AppealView",
    "ClockAlreadyStopped",
    "ClockRuns",
    "ClockView",
    "LateCase",
    "Overturned",
    "answer",
    "appeal",
    "clock",
    "file",
    "late",
    "of_decision",
    "queue",
    "resume_clock",
    "statistics",
    "stop_clock",
]
STATISTICS = """
    SELECT measure, min(title), cause, count(*),
           count(*) FILTER (WHERE state <> 'filed'), count(*) FILTER (WHERE state = 'overturned')
    FROM cases_appeal WHERE filed_on >= %(first)s AND filed_on <= %(last)s
    GROUP BY measure, cause ORDER BY measure, cause
"""


@dataclass(frozen=True, slots=True)
class AppealView:
    """A complaint as screens show it. `state`: filed, upheld or overturned; `filed_by` empty: the citizen."""

    appeal_id: UUID
    decision_id: UUID
    decision_number: str
    decision_kind: str
    measure: str
    title: str
    recipient_id: UUID
    filed_on: date
    filed_by: str
    first_by: str
    text: str
    due_on: date
    state: str
    cause: str
    decided_by: str
    decided_on: date | None
    reason: str
    new_decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class Overturned:
    """Complaints about one measure with one cause: filed, answered, won. Cause is empty while not overturned."""

    measure: str
    title: str
    cause: str
    filed: int
    answered: int
    overturned: int


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case past its term (or with its clock stopped): who decides it and since when the supervisor sees it."""

    case_id: UUID
    title: str
    recipient_id: UUID
    due_on: date
    escalated_on: date | None
    clock_reason: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock that stands: since when, why, until when at most."""

    since: date
    reason: str
    last_day: date | None


def file(*, decision_id: UUID, text: str, on: date, cause: Cause, filed_by: str = "") -> AppealView:
    """Complain about a decision. Raises DecisionNotFound, AppealAlreadyOpen."""
    row = acts.file_appeal(decision_id=decision_id, text=text, on=on, cause=cause, sources=Doors(), filed_by=filed_by)
    return _view(row)


def answer(
    *,
    appeal_id: UUID,
    by: str,
    overturned: bool,
    why: str,
    reason: str,
    on: date,
    cause: Cause,
    amount_kopecks: int | None = None,
    first_day: date | None = None,
    ends: bool = False,
    from_start: bool = False,
) -> AppealView:
    """Answer a complaint; overturned makes a new decision. `ends`: it stops the award, `from_start` as if it had
    never been. Raises AppealNotOpen, AnotherOfficerNeeded, ReasonRequired, AmountRequired."""
    row = acts.answer_appeal(
        appeal_id=appeal_id,
        by=by,
        overturned=overturned,
        why=why,
        reason=reason,
        on=on,
        cause=cause,
        sources=Doors(),
        amount_kopecks=amount_kopecks,
        first_day=first_day,
        ends=ends,
        from_start=from_start,
    )
    return _view(row)


def appeal(*, appeal_id: UUID) -> AppealView:
    """One complaint. Raises AppealNotFound when there is none or it is not for the viewer."""
    row = Appeal.objects.filter(id=appeal_id).first()
    if row is None:
        raise AppealNotFound()
    return _view(row)


def of_decision(*, decision_id: UUID) -> AppealView | None:
    """The last complaint about a decision."""
    row = Appeal.objects.filter(decision_id=decision_id).order_by("recorded_at").last()
    return _view(row) if row else None


def queue(*, body: str, limit: int = 50, after: tuple[date, UUID] | None = None) -> list[AppealView]:
    """Complaints of a body that wait, the nearest term first."""
    found = Appeal.objects.filter(body=body, state=Appeal.State.FILED)
    if after:
        found = found.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    return [_view(row) for row in found.order_by("due_on", "id")[:limit]]


def statistics(*, first: date, last: date) -> list[Overturned]:
    """Complaints filed within the days (inclusive), by measure and cause."""
    with connection.cursor() as cursor:
        cursor.execute(STATISTICS, {"first": first, "last": last})
        return [Overturned(*row) for row in cursor.fetchall()]


def late(*, body: str, on: date, limit: int = 50, after: tuple[date, UUID] | None = None) -> list[LateCase]:
    """Cases of a body past their term, and those whose clock stands, the oldest term first."""
    standing = dict(ClockStop.objects.filter(body=body, until=None).values_list("case_id", "reason"))
    found = Case.objects.filter(body=body, due_on__isnull=False).filter(
        Q(state="waiting_person", due_on__lt=on) | Q(id__in=list(standing), state__in=OPEN)
    )
    if after:
        found = found.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    rows = list(found.order_by("due_on", "id")[:limit])
    told = dict(Escalation.objects.filter(case_id__in=[row.id for row in rows]).values_list("case_id", "escalated_on"))
    return [
        LateCase(row.id, row.title, row.recipient_id, row.due_on, told.get(row.id), standing.get(row.id, ""))
        for row in rows
        if row.due_on
    ]


def clock(*, case_id: UUID) -> ClockView | None:
    """Why the term of a case stands, if it does."""
    row = ClockStop.objects.filter(case_id=case_id, until=None).first()
    return ClockView(row.since, row.reason, row.last_day) if row else None


def stop_clock(*, case_id: UUID, kind: str, by: str, on: date) -> None:
    """The term stands from this day; `kind`: a reason of `clock_stops` of the passport.

    Raises CaseNotFound, ReasonRequired, ClockAlreadyStopped.
    """
    clocks.stop_clock(case_id=case_id, kind=kind, by=by, on=on, sources=Doors())


def resume_clock(*, case_id: UUID, on: date) -> date:
    """The term runs again; the new last day. Raises ClockRuns."""
    return clocks.resume_clock(case_id=case_id, on=on, sources=Doors())


def _view(row: Appeal) -> AppealView:
    names = (name for name in AppealView.__slots__ if name != "appeal_id")
    return AppealView(appeal_id=row.id, **{name: getattr(row, name) for name in names})
