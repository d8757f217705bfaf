"""What waits for a person: cases, conflicts of facts, suspected duplicates."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import Page, day_and_id, page_of
from kazna.web.powers import allow

KINDS = {"cases": _("Дела"), "conflicts": _("Расхождения"), "suspects": _("Возможные дубли")}


@require_safe
@allow("officer")
def queue(request: HttpRequest) -> HttpResponse:
    """One kind at a time, the most urgent first."""
    kind = request.GET.get("kind", "cases")
    kind = kind if kind in KINDS else "cases"
    page = _page(request, kind)
    return render(
        request,
        "officer/queue.html",
        {
            "kind": kind,
            "kinds": KINDS,
            "counts": registers.matters_open(),
            "page": page,
            "people": registers.cards(_people(kind, page.rows)),
            "day": clock.today(),
        },
    )


def _page(request: HttpRequest, kind: str) -> Page:
    """All three lists are read by day and id."""
    reads = {
        "cases": lambda after: cases.queue(body=request.viewer.body, limit=PER_PAGE + 1, after=after),
        "conflicts": lambda after: registers.conflicts(limit=PER_PAGE + 1, after=after),
        "suspects": lambda after: registers.suspects(limit=PER_PAGE + 1, after=after),
    }
    keys = {
        "cases": lambda row: f"{row.due_on}_{row.case_id}",
        "conflicts": lambda row: f"{row.found_on}_{row.conflict_id}",
        "suspects": lambda row: f"{row.found_on}_{row.suspect_id}",
    }
    return page_of(request, reads[kind], key=keys[kind], parse=day_and_id, size=PER_PAGE)


def _people(kind: str, rows: Sequence[Any]) -> Iterable[UUID]:
    """Whose names the list shows; a pair of suspected duplicates carries its own cards."""
    if kind == "cases":
        return [person_id for row in rows for person_id in (row.recipient_id, row.subject_id)]
    return [row.person_id for row in rows] if kind == "conflicts" else []
