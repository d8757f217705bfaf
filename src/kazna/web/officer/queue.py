"""What waits for a person: cases, conflicts of facts, suspected duplicates."""

from collections.abc import Iterable, Sequence
from datetime import date
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
from kazna.web.powers import allow

KINDS = {"cases": _("Дела"), "conflicts": _("Расхождения"), "suspects": _("Возможные дубли")}


@require_safe
@allow("officer")
def queue(request: HttpRequest) -> HttpResponse:
    """One kind at a time, the most urgent first."""
    kind = request.GET.get("kind", "cases")
    kind = kind if kind in KINDS else "cases"
    rows = _rows(request, kind)
    return render(
        request,
        "officer/queue.html",
        {
            "kind": kind,
            "kinds": KINDS,
            "counts": registers.counts(),
            "rows": rows[:PER_PAGE],
            "next_after": _key_of(kind, rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else "",
            "people": registers.cards(_people(kind, rows)),
            "day": clock.today(),
        },
    )


def _rows(request: HttpRequest, kind: str) -> Sequence[Any]:
    """One row more than a page shows, so that we know whether there is a next page."""
    limit, after = PER_PAGE + 1, request.GET.get("after", "")
    if kind == "conflicts":
        return registers.conflicts(limit=limit, after=_uuid(after))
    if kind == "suspects":
        return registers.suspects(limit=limit, after=_uuid(after))
    return cases.queue(body=request.viewer.body, limit=limit, after=_term(after))


def _key_of(kind: str, row: Any) -> str:
    """The key of the last row shown, as the next page's address carries it."""
    if kind == "conflicts":
        return str(row.conflict_id)
    return str(row.suspect_id) if kind == "suspects" else f"{row.due_on}_{row.case_id}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _term(text: str) -> tuple[date, UUID] | None:
    day, _underscore, case_id = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(case_id)
    except ValueError:
        return None


def _people(kind: str, rows: Sequence[Any]) -> Iterable[UUID]:
    if kind == "conflicts":
        return [row.person_id for row in rows]
    if kind == "suspects":
        return []
    return [person_id for row in rows for person_id in (row.recipient_id, row.subject_id)]
