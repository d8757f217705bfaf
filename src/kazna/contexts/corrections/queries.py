"""Reads of corrections."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from kazna.contexts.corrections.contracts import CorrectionNotOpen, CorrectionView
from kazna.contexts.corrections.models import Correction


def of_person(person_id: UUID, limit: int) -> list[CorrectionView]:
    rows = Correction.objects.filter(Q(person_id=person_id) | Q(asked_by=person_id)).order_by("-filed_on", "-id")
    return [_view(row) for row in rows[:limit]]


def waiting(limit: int, after: tuple[date, UUID] | None, territory: str | None) -> list[CorrectionView]:
    """With a territory: a page of it and a page of those whose place is not known, for an index has each in order."""
    rows = Correction.objects.filter(state__in=Correction.OPEN).order_by("due_on", "id")
    if after:
        rows = rows.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    if territory is None:
        return [_view(row) for row in rows[:limit]]
    found = [row for place in {territory, ""} for row in rows.filter(territory=place)[:limit]]
    return [_view(row) for row in sorted(found, key=lambda row: (row.due_on, row.id))[:limit]]


def one(correction_id: UUID) -> CorrectionView:
    row = Correction.objects.filter(id=correction_id).first()
    if row is None:
        raise CorrectionNotOpen()
    return _view(row)


def _view(row: Correction) -> CorrectionView:
    return CorrectionView(
        correction_id=row.id,
        person_id=row.person_id,
        fact_id=row.fact_id,
        kind=row.kind,
        source=row.source,
        claim=row.claim,
        state=row.state,
        filed_on=row.filed_on,
        due_on=row.due_on,
        settled_on=row.settled_on,
        reason=row.reason,
    )
