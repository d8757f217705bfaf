"""What waits for a person: cases by kind, term, holder and risk; conflicts of facts; suspected duplicates."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.officer import figures, filters
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
    wanted = filters.wanted(request.GET)
    page = _page(request, kind, wanted)
    shown: dict[str, Any] = {}
    told = figures.of_queue(request.viewer)
    if kind == "cases":
        viewer = request.viewer
        shown = {
            "wanted": wanted, "query": filters.written(wanted), "terms": filters.TERMS, "whose": filters.WHOSE,
            "risks": filters.RISKS, "risk_of": filters.risk_of,
            "saved": cases.workplace.saved_queues(login=viewer.login),
            "sizes": told.sizes, "measures": told.measures, "counted_at": told.counted_at,
            "may_give": "supervise" in viewer.duties, "handed": _handed(request),
        }  # fmt: skip
    return render(
        request,
        "officer/queue.html",
        {
            "kind": kind,
            "kinds": KINDS,
            "counts": figures.of_matters(request.viewer),
            "page": page,
            "people": registers.cards(_people(kind, page.rows)),
            "day": clock.today(),
            **shown,
        },
    )


@require_POST
@allow("officer")
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the address under a name, or forget a kept one."""
    query = filters.written(filters.read(request.POST.get("query", "")))
    name = " ".join(request.POST.get("name", "").split())[:60]
    if request.POST.get("do") == "forget":
        cases.workplace.forget_queue(login=request.viewer.login, name=name)
    elif name:
        cases.workplace.save_queue(login=request.viewer.login, name=name, query=query)
    return redirect(f"/work/?{query}" if query else "work_queue")


def _handed(request: HttpRequest) -> cases.workplace.HandoverView | None:
    """The handover just made, so that it may be undone at once."""
    asked = request.GET.get("handed", "")
    mine = cases.workplace.handovers(body=request.viewer.body) if asked else []
    return next((one for one in mine if str(one.handover_id) == asked and not one.undone_by), None)


def _page(request: HttpRequest, kind: str, wanted: cases.workplace.Wanted) -> Page:
    """All three lists are read by day and id."""
    viewer = request.viewer
    reads = {
        "cases": lambda after: cases.workplace.queue(
            wanted, body=viewer.body, login=viewer.login, on=clock.today(), now=timezone.now(), limit=PER_PAGE + 1,
            after=after,
        ),
        "conflicts": lambda after: registers.conflicts(
            limit=PER_PAGE + 1, after=after, territory=viewer.territory
        ),
        "suspects": lambda after: registers.suspects(
            limit=PER_PAGE + 1, after=after, territory=viewer.territory
        ),
    }  # fmt: skip
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
