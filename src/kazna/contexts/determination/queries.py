"""Reads of proposals."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count

from kazna.contexts.determination.contracts import Limits, LineView, ProposalNotFound, ProposalView
from kazna.contexts.determination.models import Line, Proposal


def proposals(limit: int, after: tuple[object, UUID] | None = None) -> list[ProposalView]:
    """Newest first; `after`: (recorded_at, id) of the last one shown."""
    found = Proposal.objects.order_by("-recorded_at", "-id")
    if after is not None:
        found = found.extra(where=["(recorded_at, id) < (%s, %s)"], params=[after[0], after[1]])
    return [_view(row) for row in found[:limit]]


def proposal(proposal_id: UUID) -> ProposalView:
    row = Proposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise ProposalNotFound()
    return _view(row)


def _view(row: Proposal) -> ProposalView:
    lines, outcomes = _counts(row, "kind"), _counts(row, "outcome")
    return ProposalView(
        proposal_id=row.id,
        on=row.on,
        made_on=row.made_on,
        made_by=row.made_by,
        state=row.state,
        territories=tuple(row.territories),
        limits=Limits(**row.limits),
        held_for=tuple(row.held_for),
        report=row.report,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        withdrawn_by=row.withdrawn_by,
        withdrawn_on=row.withdrawn_on,
        reason=row.reason,
        recorded_at=row.recorded_at,
        lines=lines,
        outcomes={name or "waiting": number for name, number in outcomes.items()},
    )


def _counts(row: Proposal, field: str) -> dict[str, int]:
    return dict(row.lines.order_by().values(field).annotate(n=Count("id")).values_list(field, "n"))


def sample(proposal_id: UUID) -> list[LineView]:
    """The lines people look at before they approve."""
    found = Line.objects.filter(proposal_id=proposal_id, sample=True).order_by("kind", "measure", "place")
    return [_line(line) for line in found]


def lines(proposal_id: UUID, limit: int, after: int = -1) -> list[LineView]:
    """All lines by place; `after`: the place of the last one shown."""
    found = Line.objects.filter(proposal_id=proposal_id, place__gt=after).order_by("place")
    return [_line(line) for line in found[:limit]]


def _line(line: Line) -> LineView:
    return LineView(
        place=line.place,
        kind=line.kind,
        measure=line.measure,
        territory=line.territory,
        subject_id=line.subject_id,
        recipient_id=line.recipient_id,
        number=line.number,
        amount_kopecks=line.amount_kopecks,
        due_kopecks=line.due_kopecks,
        outcome=line.outcome,
    )
