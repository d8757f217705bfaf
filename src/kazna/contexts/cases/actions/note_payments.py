"""The first money of an award came: its case is provided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.contracts import CaseState
from kazna.contexts.cases.models import Award, Case, CaseStep


@transaction.atomic
def note_payments(award_ids: Collection[UUID], on: date) -> None:
    """Move the decided cases of these awards to provided; others stay as they are."""
    of_awards = Award.objects.filter(id__in=award_ids, case_id__isnull=False).values("case_id")
    cases = list(Case.objects.select_for_update().filter(id__in=of_awards, state=CaseState.DECIDED).order_by("id"))
    for case in cases:
        case.state = CaseState.PROVIDED
    Case.objects.bulk_update(cases, ["state"], batch_size=500)
    CaseStep.objects.bulk_create(
        [
            CaseStep(
                case=case, recipient_id=case.recipient_id, body=case.body, state=case.state, on=on, note="деньги дошли"
            )
            for case in cases
        ],
        batch_size=500,
    )
