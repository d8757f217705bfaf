"""Reads of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from kazna.contexts.portal.models import DataRequest, News, OpenData, Ticket


def news(*, on: date) -> list[News]:
    """Shown on the day, the latest first."""
    shown = News.objects.filter(Q(shown_to=None) | Q(shown_to__gte=on), shown_from__lte=on)
    return list(shown.order_by("-shown_from", "-id")[:50])


def tickets() -> list[Ticket]:
    """Those that wait first, the nearest term first."""
    return list(Ticket.objects.order_by(F("answered_at").desc(nulls_first=True), "due_on")[:200])


@dataclass(frozen=True, slots=True)
class Execution:
    """How questions of a category were answered: `late` after their term or not yet answered past it."""

    category: str
    asked: int
    answered: int
    late: int


def execution(*, since: date, on: date) -> list[Execution]:
    """Questions asked since a day, by category. One query."""
    late = Q(answered_at=None, due_on__lt=on) | Q(answered_at__date__gt=F("due_on"))
    rows = Ticket.objects.filter(asked_at__date__gte=since).values_list("category")
    counted = rows.annotate(asked=Count("id"), answered=Count("answered_at"), late=Count("id", filter=late))
    return [Execution(*row) for row in counted.order_by("category")]


def requests() -> list[DataRequest]:
    return list(DataRequest.objects.order_by("-entered_at")[:200])


def datasets() -> list[OpenData]:
    return list(OpenData.objects.defer("rows").order_by("-quarter"))


def dataset(quarter: str) -> OpenData | None:
    return OpenData.objects.filter(pk=quarter).first()
