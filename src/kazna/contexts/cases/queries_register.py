"""The register of decisions and of drafts that wait for a second officer. Rows hidden from the viewer are not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from kazna.contexts.cases.contracts import DecisionKind, PaperKnown, ProposalNotOpen, ProposalView, RegisterLine
from kazna.contexts.cases.models import Decision, Proposal
from kazna.contexts.delegation import public as delegation

FIELDS = (
    *("id", "number", "on", "kind", "measure", "title", "recipient_id", "subject_id", "body", "amount_kopecks"),
    *("first_day", "last_day", "decided_by", "confirmed_by", "against_rule", "case_id"),
)


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Empty parts do not narrow. Days inclusive; `by` is rule or officer; `person_ids`: recipients or subjects."""

    number: str = ""
    kind: str = ""
    measure: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None
    person_ids: tuple[UUID, ...] | None = None


def register(
    wanted: RegisterFilter, *, limit: int, after: tuple[date, str] | None, body: str = ""
) -> list[RegisterLine]:
    """The newest first; `after`: (on, number) of the last line seen. `body`: whose officer looks, if one does.

    Row security alone would go through the decisions of all bodies; a body that gave no cases away has only its own.
    """
    found = (
        Decision.objects.filter(body=body) if body and not delegation.gave_any(body=body) else Decision.objects.all()
    )
    if wanted.number:
        found = found.filter(number=wanted.number)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.measure:
        found = found.filter(measure=wanted.measure)
    if wanted.by:
        found = found.filter(decided_by="") if wanted.by == "rule" else found.exclude(decided_by="")
    if wanted.since:
        found = found.filter(on__gte=wanted.since)
    if wanted.until:
        found = found.filter(on__lte=wanted.until)
    if wanted.person_ids is not None:
        ids = list(wanted.person_ids)
        found = found.filter(Q(recipient_id__in=ids) | Q(subject_id__in=ids) & ~Q(subject_id=F("recipient_id")))
    if after is not None:
        found = found.filter(Q(on__lt=after[0]) | Q(on=after[0], number__lt=after[1]))
    rows = found.order_by("-on", "-number").values_list(*FIELDS)[:limit]
    return [RegisterLine(row[0], row[1], row[2], DecisionKind(row[3]), *row[4:]) for row in rows]


def proposals(body: str, *, limit: int, after: tuple[date, UUID] | None) -> list[ProposalView]:
    """Open drafts of a body, the oldest first."""
    found = Proposal.objects.filter(body=body, state=Proposal.State.OPEN)
    if after is not None:
        found = found.filter(Q(proposed_on__gt=after[0]) | Q(proposed_on=after[0], id__gt=after[1]))
    return [proposal_view(row) for row in found.order_by("proposed_on", "id")[:limit]]


def proposal(proposal_id: UUID) -> ProposalView:
    row = Proposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise ProposalNotOpen()
    return proposal_view(row)


def proposal_about(thing_id: UUID) -> ProposalView | None:
    """The last draft about a case or an award, open or settled."""
    row = Proposal.objects.filter(thing_id=thing_id).order_by("-recorded_at").first()
    return proposal_view(row) if row else None


def proposal_view(row: Proposal) -> ProposalView:
    return ProposalView(
        proposal_id=row.id,
        **{name: getattr(row, name) for name in ProposalView.__dataclass_fields__ if name != "proposal_id"},
    )


def paper_known(number: str, code: str) -> PaperKnown | None:
    """What a stranger with the number and the code of a paper may know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_verify(%s, %s)", [number.strip()[:30], code.strip()[:12]])
        row = cursor.fetchone()
    return PaperKnown(row[0], DecisionKind(row[1]), *row[2:]) if row else None
