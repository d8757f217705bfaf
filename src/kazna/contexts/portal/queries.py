"""Reads of the portal."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from kazna.contexts.portal.models import DataRequest, News, OpenData, Ticket


def news(*, on: date) -> list[News]:
    """Shown on the day, the latest first."""
    shown = News.objects.filter(Q(shown_to=None) | Q(shown_to__gte=on), shown_from__lte=on)
    return list(shown.order_by("-shown_from", "-id")[:50])


def tickets() -> list[Ticket]:
    """Those that wait first, the nearest term first."""
    return list(Ticket.objects.order_by(F("answered_at").desc(nulls_first=True), "due_on")[:200])


def requests() -> list[DataRequest]:
    return list(DataRequest.objects.order_by("-entered_at")[:200])


def datasets() -> list[OpenData]:
    return list(OpenData.objects.defer("rows").order_by("-quarter"))


def dataset(quarter: str) -> OpenData | None:
    return OpenData.objects.filter(pk=quarter).first()
