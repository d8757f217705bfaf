"""Open cases go back to their own body when an agreement is over."""

from __future__ import annotations

from django.db import transaction

from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Case, CaseStep, Proposal
from kazna.contexts.cases.models_appeals import ClockStop, Escalation
from kazna.events.delegation import CasesReturned

NOTE = "Соглашение о передаче функций прекращено: дело ведёт прежний орган."


@transaction.atomic
def take_back_cases(event: CasesReturned) -> None:
    """Repeatable. A draft that waited for a second officer of the other body falls away: it was theirs to confirm."""
    found = Case.objects.select_for_update().filter(id__in=event.case_ids, state__in=OPEN)
    back = [case for case in found.order_by("id") if case.body != event.origin_body]
    ids = [case.id for case in back]
    Proposal.objects.filter(thing_id__in=ids, state=Proposal.State.OPEN).update(
        state=Proposal.State.RETURNED, second_by="system", second_on=event.on, second_reason=NOTE
    )
    Case.objects.filter(id__in=ids).update(body=event.origin_body)
    for kept in (ClockStop.objects.filter(until=None), Escalation.objects.all()):
        kept.filter(case_id__in=ids).update(body=event.origin_body)
    CaseStep.objects.bulk_create(
        [
            CaseStep(
                case_id=case.id, recipient_id=case.recipient_id, body=event.origin_body, state=case.state,
                right_id=None, on=event.on, note=NOTE,
            )
            for case in back
        ],
        batch_size=500,
    )  # fmt: skip
