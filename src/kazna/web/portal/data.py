"""Open data in three formats with passports; agencies' requests for figures."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.portal import public as portal
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.egisso.measures import as_intake
from kazna.web.journal import note_act
from kazna.web.portal.forms import RequestForm
from kazna.web.powers import allow, open_to_all

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet"}


@require_safe
@open_to_all
def datasets(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/data.html", {"datasets": portal.datasets()})


@require_safe
@open_to_all
def download(request: HttpRequest, quarter: str, kind: str) -> HttpResponse:
    """The set as csv, json or parquet, or its passport."""
    found = portal.dataset(quarter)
    if found is None or kind not in (*KINDS, "passport"):
        raise Http404
    if kind == "passport":
        body = json.dumps(portal.passport(found), ensure_ascii=False, indent=1)
        return HttpResponse(body, content_type="application/json")
    return _file(portal.written(found, kind), KINDS[kind], f"assignments-{quarter}.{kind}")


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist", "branch")
def requests(request: HttpRequest) -> HttpResponse:
    """Requests for figures: entered, approved by another, answered; on POST also a new quarter of open data."""
    act = request.POST.get("act", "")
    form, status = RequestForm(request.POST if act in ("enter", "publish") else None), 200
    if request.method == "POST":
        status = 422
        try:
            if _done(request, act, form):
                note_act(request, "data_request", thing=act, purpose="Запрос ведомства о данных")
                return redirect("portal_requests")
        except DomainError as refusal:
            form = RequestForm(request.POST)
            form.is_valid()
            form.errors.clear()
            form.add_error(None, str(refusal))
            status = 409
    context = {"requests": portal.requests(), "datasets": portal.datasets(), "form": form}
    return render(request, "portal/requests.html", context, status=status)


def _done(request: HttpRequest, act: str, form: RequestForm) -> bool:
    login, now = request.viewer.login, timezone.now()
    if act == "publish":
        with as_intake(request):
            portal.publish_data(request.POST.get("quarter", "")[:6], on=clock.today())
        return True
    if act in ("approve", "refuse") and request.POST.get("request", "").isdecimal():
        portal.decide_request(
            int(request.POST["request"]), approve=act == "approve", reason=request.POST.get("reason", "")[:1000],
            by=login, now=now,
        )  # fmt: skip
        return True
    if act == "enter" and form.is_valid():
        portal.enter_request(**form.cleaned_data, by=login, now=now)
        return True
    return False


@require_safe
@allow("methodologist", "branch")
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Figures of an approved request."""
    found = portal.answer_of(request_id)
    if found is None:
        raise Http404
    note_act(request, "data_answer", thing=request_id, purpose="Ответ на запрос ведомства о данных")
    return _file(portal.written(found, "csv"), KINDS["csv"], f"answer-{request_id}.csv")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
