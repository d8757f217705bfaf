"""Watch the terms: nothing is refused because somebody was late, a person looks at it instead."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kazna.contexts.cases.contracts import CaseState
from kazna.contexts.cases.models import Case, CaseStep
from kazna.contexts.cases.models_appeals import ClockStop, Escalation

LATE = "Срок решения {due}, ответа ведомства нет. Не хватает: {missing}"


@transaction.atomic
def watch_terms(on: date) -> int:
    """Hand cases whose term has passed without an agency's answer to an officer; return how many."""
    stopped = ClockStop.objects.filter(until=None).values("case_id")
    late = Case.objects.filter(due_on__lt=on, is_overdue=False).exclude(id__in=stopped)
    waiting = list(late.filter(state=CaseState.COLLECTING).select_for_update().order_by("due_on", "opened_on", "id"))
    for case in waiting:
        case.state, case.is_overdue = CaseState.WAITING_PERSON, True
        case.waits_for = LATE.format(due=f"{case.due_on:%d.%m.%Y}", missing=case.waits_for)
    Case.objects.bulk_update(waiting, ["state", "is_overdue", "waits_for"], batch_size=500)
    CaseStep.objects.bulk_create(
        [
            CaseStep(
                case=case,
                recipient_id=case.recipient_id,
                body=case.body,
                state=case.state,
                right_id=None,
                on=on,
                note=case.waits_for,
            )
            for case in waiting
        ],
        batch_size=500,
    )
    late.filter(state=CaseState.WAITING_PERSON).update(is_overdue=True)
    _escalate(on)
    return len(waiting)


def _escalate(on: date) -> None:
    """The supervisor sees what is late until it is decided; the decision stays the officer's."""
    late = Case.objects.filter(state=CaseState.WAITING_PERSON, due_on__lt=on)
    Escalation.objects.bulk_create(
        [Escalation(case_id=case.id, body=case.body, due_on=case.due_on, escalated_on=on) for case in late],
        ignore_conflicts=True,
        batch_size=1000,
    )
