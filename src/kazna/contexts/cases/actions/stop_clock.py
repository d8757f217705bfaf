"""The clock of a case: days on which nothing is waited for from the body do not count."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.contracts import CaseNotFound, ReasonRequired
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Case
from kazna.contexts.cases.models_appeals import ClockStop
from kazna.contexts.cases.sources import Sources
from kazna.kernel.errors import DomainError


class ClockAlreadyStopped(DomainError):
    sentence = "Срок по этому делу уже остановлен."


class ClockRuns(DomainError):
    sentence = "Срок по этому делу и так идёт."


@transaction.atomic
def stop_clock(*, case_id: UUID, reason: str, by: str, on: date) -> None:
    """From this day the term does not run. Raises CaseNotFound, ReasonRequired, ClockAlreadyStopped."""
    case = Case.objects.select_for_update().filter(id=case_id, state__in=OPEN, due_on__isnull=False).first()
    if case is None:
        raise CaseNotFound()
    if not reason.strip():
        raise ReasonRequired()
    if ClockStop.objects.filter(case_id=case_id, until=None).exists():
        raise ClockAlreadyStopped()
    ClockStop.objects.create(case_id=case_id, body=case.body, since=on, reason=reason.strip(), by=by)


@transaction.atomic
def resume_clock(*, case_id: UUID, on: date, sources: Sources) -> date:
    """The term runs again and is longer by the working days it stood; the new last day. Raises ClockRuns."""
    case = Case.objects.select_for_update().filter(id=case_id).first()
    stop = ClockStop.objects.select_for_update().filter(case_id=case_id, until=None).first()
    if case is None or case.due_on is None or stop is None:
        raise ClockRuns()
    stood = 0
    while sources.working_day_after(stop.since, stood + 1) <= on:
        stood += 1
    stop.until = on
    stop.save(update_fields=["until"])
    if stood:
        case.due_on = sources.working_day_after(case.due_on, stood)
        case.is_overdue = False
        case.save(update_fields=["due_on", "is_overdue"])
    return case.due_on
