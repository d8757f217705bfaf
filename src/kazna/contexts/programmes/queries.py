"""Reads of programmes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from kazna.contexts.programmes import contracts
from kazna.contexts.programmes.contracts import ProgrammeNotFound, ProgrammeState, ProgrammeView
from kazna.contexts.programmes.models import Programme


def programme(programme_id: UUID) -> ProgrammeView:
    """With steps, reports and checks. Raises ProgrammeNotFound."""
    row = Programme.objects.filter(id=programme_id).first()
    if row is None:
        raise ProgrammeNotFound()
    return _view(
        row,
        steps=tuple(_copied(contracts.StepView, one) for one in row.steps.order_by("number")),
        reports=tuple(_copied(contracts.ReportView, one) for one in row.reports.order_by("number")),
        checks=tuple(_copied(contracts.CheckView, one) for one in row.checks.order_by("number")),
    )


def of_person(person_id: UUID) -> list[ProgrammeView]:
    """Newest first, without their parts."""
    return [_view(row) for row in Programme.objects.filter(person_id=person_id).order_by("-requested_on", "id")]


def of_body(
    body: str, state: ProgrammeState, *, late: bool, limit: int, after: tuple[date, UUID] | None
) -> list[ProgrammeView]:
    """The oldest first; `late`: only those whose report is late."""
    found = Programme.objects.filter(body=body, state=state)
    if late:
        found = found.filter(id__in=Programme.objects.filter(
            reports__is_late=True, reports__state__in=("waited", "returned")).values("id"))  # fmt: skip
    if after:
        found = found.filter(Q(requested_on__gt=after[0]) | Q(requested_on=after[0], id__gt=after[1]))
    return [_view(row) for row in found.order_by("requested_on", "id")[:limit]]


def _view(row: Programme, **parts: Any) -> ProgrammeView:
    plain = {
        name: getattr(row, name)
        for name in ProgrammeView.__slots__
        if name not in ("programme_id", "state", "steps", "reports", "checks")
    }
    return ProgrammeView(programme_id=row.id, state=ProgrammeState(row.state), **plain, **parts)


def _copied(view: Any, row: Any) -> Any:
    return view(**{name: getattr(row, name) for name in view.__slots__})
