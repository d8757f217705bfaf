"""Reads: for the administrator, for the person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kazna.contexts.disclosure.contracts import AgreementView, ConsentView, DisclosedView, NewAgreement
from kazna.contexts.disclosure.models import Agreement, Consent, Disclosed, Use


def agreements(*, now: datetime) -> list[AgreementView]:
    """All agreements by consumer; an installation has tens of them."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    used = dict(Use.objects.filter(window="day", began_at=today).values_list("agreement_id", "count"))
    rows = Agreement.objects.select_related("consumer").order_by("consumer_id", "number")
    return [_view(row, used.get(row.id, 0)) for row in rows]


def agreement_terms(*, code: str, number: str) -> AgreementView | None:
    """One agreement as it stands; today's use is not counted."""
    row = Agreement.objects.select_related("consumer").filter(consumer_id=code, number=number).first()
    return _view(row, 0) if row else None


def _view(row: Agreement, used: int) -> AgreementView:
    one = row.consumer
    return AgreementView(row.id, one.code, one.title, one.is_active, terms(row), used, one.certificate)


def terms(row: Agreement) -> NewAgreement:
    return NewAgreement(
        number=row.number, purpose=row.purpose, legal_ground=row.legal_ground, fields=tuple(row.fields),
        territories=tuple(row.territories), changes=tuple(row.changes), needs_consent=row.needs_consent,
        per_minute=row.per_minute, per_day=row.per_day, valid_from=row.valid_from, valid_to=row.valid_to,
        webhook_url=row.webhook_url,
    )  # fmt: skip


def disclosed_about(person_id: UUID, *, limit: int, before: int | None = None) -> list[DisclosedView]:
    rows = Disclosed.objects.select_related("agreement__consumer").filter(person_id=person_id)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [
        DisclosedView(
            row.id, row.given_at, row.agreement.consumer.title, row.agreement.purpose, row.agreement.legal_ground,
            tuple(row.fields),
        )
        for row in rows.order_by("-id")[:limit]
    ]  # fmt: skip


def consents_of(person_id: UUID, *, on: date) -> list[ConsentView]:
    """Consents in force or withdrawn, newest first, then agreements that ask for one and have none."""
    given = list(
        Consent.objects.select_related("agreement__consumer").filter(person_id=person_id).order_by("-given_at")
    )
    in_force = {row.agreement_id for row in given if row.withdrawn_at is None}
    asking = Agreement.objects.select_related("consumer").filter(
        Q(valid_to=None) | Q(valid_to__gt=on), needs_consent=True, consumer__is_active=True, valid_from__lte=on
    )
    return [_consent(row.agreement, row.given_at, row.withdrawn_at) for row in given] + [
        _consent(row, None, None) for row in asking if row.id not in in_force
    ]


def _consent(row: Agreement, given_at: datetime | None, withdrawn_at: datetime | None) -> ConsentView:
    return ConsentView(row.id, row.consumer.title, row.purpose, tuple(row.fields), given_at, withdrawn_at)
