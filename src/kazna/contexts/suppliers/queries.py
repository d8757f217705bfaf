"""Reads; the database shows a branch its region and a supplier its body."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F

from kazna.contexts.suppliers.models import Application, Certificate, Letter, Member


def applications(*, state: str = "", limit: int = 200) -> list[Application]:
    """Those that wait first, then the latest."""
    found = Application.objects.order_by(F("decided_at").desc(nulls_first=True), "submitted_at")
    return list((found.filter(state=state) if state else found)[:limit])


def application(application_id: UUID) -> Application | None:
    return Application.objects.filter(pk=application_id).first()


def members(body: str) -> list[Member]:
    return list(Member.objects.filter(body=body).order_by("login"))


def certificates(body: str) -> list[Certificate]:
    return list(Certificate.objects.filter(body=body).order_by("-added_at"))


def letters(*, week: date, bodies: Collection[str] | None = None, limit: int = 500) -> list[Letter]:
    """Of a week, to some bodies or to all."""
    found = Letter.objects.filter(week=week).order_by("region", "body", "kind")
    return list((found if bodies is None else found.filter(body__in=bodies))[:limit])
