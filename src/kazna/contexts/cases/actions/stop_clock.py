"""The clock of a case: days on which the body waits for others do not count, as many as the passport allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.contracts import CaseNotFound, ReasonRequired
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Case
from kazna.contexts.cases.models_appeals import ClockStop
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import Right
from kazna.kernel.errors import DomainError

RULES, ANSWER = "rules", "answer_of_citizen"


class ClockAlreadyStopped(DomainError):
    sentence = "Срок по этому делу уже остановлен."


class ClockRuns(DomainError):
    sentence = "Срок по этому делу и так идёт."


@transaction.atomic
def stop_clock(*, case_id: UUID, kind: str, by: str, on: date, sources: Sources) -> None:
    """From this day the term does not run. `kind`: one of the reasons of the passport.

    Raises CaseNotFound, ReasonRequired, ClockAlreadyStopped.
    """
    case = Case.objects.select_for_update().filter(id=case_id, state__in=OPEN, due_on__isnull=False).first()
    if case is None:
        raise CaseNotFound()
    way = _way(sources.rights([case.right_id])[case.right_id], kind)
    if way is None:
        raise ReasonRequired()
    if ClockStop.objects.filter(case_id=case_id, until=None).exists():
        raise ClockAlreadyStopped()
    _stop(case, way, by, on, sources).save()


@transaction.atomic
def resume_clock(*, case_id: UUID, on: date, sources: Sources) -> date:
    """The term runs again and is longer by the working days it stood; the new last day. Raises ClockRuns."""
    case = Case.objects.select_for_update().filter(id=case_id).first()
    stop = ClockStop.objects.select_for_update().filter(case_id=case_id, until=None).first()
    if case is None or case.due_on is None or stop is None:
        raise ClockRuns()
    _run(case, stop, on, sources)
    return case.due_on


def stop_for_answers(asked: Sequence[tuple[Case, Right]], on: date, sources: Sources) -> None:
    """The citizen was asked: the term stands where the passport says so. Asked again, it stands already."""
    found = [(case, way) for case, right in asked if case.due_on and (way := _way(right, ANSWER))]
    ClockStop.objects.bulk_create([_stop(case, way, RULES, on, sources) for case, way in found], ignore_conflicts=True)


def run_again(cases: Collection[Case], on: date, sources: Sources) -> None:
    """What was waited for has come: clocks that the rules stopped run again."""
    by_id = {case.id: case for case in cases}
    for stop in ClockStop.objects.filter(case_id__in=by_id, until=None, by=RULES) if by_id else ():
        _run(by_id[stop.case_id], stop, on, sources)


@transaction.atomic
def run_out(on: date, sources: Sources) -> int:
    """No answer for as long as the passport allows: the term runs again; how many."""
    over = list(ClockStop.objects.select_for_update().filter(until=None, last_day__lt=on).order_by("id"))
    cases = Case.objects.select_for_update().in_bulk([stop.case_id for stop in over])
    for stop in over:
        _run(cases[stop.case_id], stop, stop.last_day or on, sources)
    return len(over)


def _way(right: Right, kind: str) -> dict[str, Any] | None:
    return next((way for way in right.passport.get("clock_stops", ()) if way["reason"] == kind), None)


def _stop(case: Case, way: dict[str, Any], by: str, on: date, sources: Sources) -> ClockStop:
    last_day = sources.working_day_after(on, int(way["days"]))
    return ClockStop(case_id=case.id, body=case.body, since=on, reason=way["title"], by=by, last_day=last_day)


def _run(case: Case, stop: ClockStop, on: date, sources: Sources) -> None:
    stood = 0
    while sources.working_day_after(stop.since, stood + 1) <= on:
        stood += 1
    stop.until = on
    stop.save(update_fields=["until"])
    if stood and case.due_on is not None:
        case.due_on = sources.working_day_after(case.due_on, stood)
        case.is_overdue = False
        case.save(update_fields=["due_on", "is_overdue"])
