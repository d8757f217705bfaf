"""Questions to other agencies: which are dead or overdue, why, and one click to ask again."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.integration import public as integration
from kazna.contexts.reference import public as reference
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import Page, day_and_id, number, page_of
from kazna.web.powers import allow

STATES = {
    "overdue": _("Просрочены"),
    "failed": _("Не удались"),
    "waiting": _("Ждут ответа"),
    "answered": _("Отвечены"),
    "refused": _("Отвергнутые сообщения"),
}
REFUSED = ("refused", "unasked")


@require_safe
@allow("officer")
def requests(request: HttpRequest) -> HttpResponse:
    """The oldest first; the tab of refused messages shows what came and was not believed."""
    return _list(request)


@require_POST
@allow("officer")
def retry(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask again; 409 with the reason when it cannot be."""
    today = clock.today()
    try:
        deadline = reference.add_working_days(today, integration.answer_days())
        integration.retry_request(request_id=request_id, on=today, answer_by=deadline)
    except DomainError as refusal:
        return _list(request, refusal=str(refusal), status=409)
    note_act(request, "retry_request", thing=request_id, purpose="Повтор межведомственного запроса")
    return redirect(f"{reverse('work_requests')}?state=waiting")


def _list(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    today = clock.today()
    state = request.GET.get("state", "overdue")
    state = state if state in STATES else "overdue"
    found = integration.smev_counts(on=today)
    counts: Mapping[str, int] = {
        **found.questions,
        "waiting": found.questions.get("waiting", 0) + found.questions.get("overdue", 0),
        "refused": sum(found.deliveries.get(outcome, 0) for outcome in REFUSED),
    }
    page = _messages(request) if state == "refused" else _questions(request, state)
    return render(
        request,
        "officer/requests.html",
        {"page": page, "state": state, "states": STATES, "counts": counts, "refusal": refusal},
        status=status,
    )


def _questions(request: HttpRequest, state: str) -> Page:
    return page_of(
        request,
        lambda after: integration.requests(state=state, on=clock.today(), after=after, limit=PER_PAGE + 1),
        key=lambda row: f"{row.asked_on}_{row.request_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )


def _messages(request: HttpRequest) -> Page:
    return page_of(
        request,
        lambda after: integration.refused_messages(after=after or 0, limit=PER_PAGE + 1),
        key=lambda row: str(row.number),
        parse=number,
        size=PER_PAGE,
    )
