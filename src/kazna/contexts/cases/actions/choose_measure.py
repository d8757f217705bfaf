"""The citizen compares a measure with what it would replace, and chooses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.answer_offer import confirm_offer
from kazna.contexts.cases.contracts import CaseNotFound, CaseState, Comparison
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.models import Case, Choice
from kazna.contexts.cases.queries import award_view
from kazna.contexts.cases.rivals import Rival
from kazna.contexts.cases.sources import Sources
from kazna.events.cause import Cause


def compare(*, case_id: UUID, on: date, sources: Sources) -> list[Comparison]:
    """Awards that cannot stand beside the case's measure; empty for cases that are not offered."""
    case = Case.objects.filter(id=case_id).first()
    if case is None:
        raise CaseNotFound()
    if case.state != CaseState.OFFERED:
        return []
    return [
        Comparison(award=award_view(one.held.award), kind=one.kind, law=one.law, note=one.note)
        for one in _rivals(case, sources)
        if one.held.is_live(on)
    ]


@transaction.atomic
def choose_measure(
    *,
    case_id: UUID,
    person_id: UUID,
    on: date,
    cause: Cause,
    sources: Sources,
    declared: Mapping[str, Mapping[str, bool]],
) -> None:
    """Remember what is given up, then agree to the offer: the old awards end where the new one begins."""
    case = Case.objects.filter(id=case_id, recipient_id=person_id).first()
    gives_up = [one.held.award.id for one in _rivals(case, sources)] if case else []
    if case is not None and gives_up and not Choice.objects.filter(case_id=case_id).exists():
        Choice.objects.create(case_id=case_id, recipient_id=person_id, body=case.body, gives_up=gives_up, chosen_on=on)
    confirm_offer(case_id=case_id, person_id=person_id, on=on, cause=cause, sources=sources, declared=declared)


def _rivals(case: Case, sources: Sources) -> list[Rival]:
    right = sources.rights([case.right_id])[case.right_id]
    desk = Desk()
    desk.load_rivals([right])
    return desk.rivals(right)
