"""The door of delegation: agreements between bodies, and who does a case under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count

from kazna.contexts.delegation import flow as _flow
from kazna.contexts.delegation.actions.keep_agreements import end_agreement, enter_agreement
from kazna.contexts.delegation.contracts import (
    AgreementNotFound,
    AgreementRefused,
    AgreementView,
    Function,
    Matter,
    NewAgreement,
)
from kazna.contexts.delegation.flow import Flow, matters
from kazna.contexts.delegation.models import Agreement, DelegatedCase

__all__ = [
    "AgreementNotFound",
    "AgreementRefused",
    "AgreementView",
    "Flow",
    "Function",
    "Matter",
    "NewAgreement",
    "agreement",
    "agreements",
    "end_agreement",
    "enter_agreement",
    "flow",
    "gave_any",
    "has_any",
    "matters",
]


def flow(*, on: date, loads: Mapping[str, int]) -> Flow:
    """Where new cases of the day go; `loads`: open cases by body."""
    return Flow(_flow.agreements_on(on), dict(loads))


def has_any(*, on: date) -> bool:
    """Whether any agreement is in force: without one nothing has to be asked about loads."""
    return bool(_flow.agreements_on(on))


def gave_any(*, body: str) -> bool:
    """Whether the body ever gave a case away."""
    return DelegatedCase.objects.filter(origin_body=body).exists()


def agreements(*, of_body: str = "") -> list[AgreementView]:
    """All, or those in which a body gives or works; those in force longest first."""
    rows = Agreement.objects.order_by("-first_day", "number")
    found = [row for row in rows if not of_body or of_body == row.origin_body or of_body in row.bodies]
    given = _given([row.id for row in found])
    return [_view(row, given.get(row.id, {})) for row in found]


def agreement(*, agreement_id: UUID) -> AgreementView:
    """One agreement. Raises AgreementNotFound."""
    row = Agreement.objects.filter(id=agreement_id).first()
    if row is None:
        raise AgreementNotFound()
    return _view(row, _given([row.id]).get(row.id, {}))


def _given(agreement_ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Cases by agreement and working body, as far as the viewer sees them."""
    counted: dict[UUID, dict[str, int]] = {}
    rows = DelegatedCase.objects.filter(agreement_id__in=list(agreement_ids)).values("agreement_id", "body")
    for row in rows.annotate(number=Count("case_id")).order_by("body"):
        counted.setdefault(row["agreement_id"], {})[row["body"]] = row["number"]
    return counted


def _view(row: Agreement, given: Mapping[str, int]) -> AgreementView:
    return AgreementView(
        agreement_id=row.id, number=row.number, signed_on=row.signed_on, origin_body=row.origin_body,
        measures=tuple(row.measures), functions=frozenset(map(Function, row.functions)), bodies=row.bodies,
        first_day=row.first_day, last_day=row.last_day, ended_on=row.ended_on, ended_why=row.ended_why,
        entered_by=row.entered_by, cases_given=given,
    )  # fmt: skip
