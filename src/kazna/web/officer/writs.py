"""Enforcement documents: the list, one of them, entry, what is done and confirmed by the second officer."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as people
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import SettleForm
from kazna.web.officer.forms_writs import WritActForm, WritChangeForm, WritForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.officer.workbook_writs import writs_workbook
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

STATES = {
    "in_force": _("В работе"),
    "waiting": _("Ждут подтверждения"),
    "returned": _("Деньги вернулись"),
    "over": _("Завершены"),
}
MOST_EXPORTED = 100_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@allow("officer")
def writs(request: HttpRequest) -> HttpResponse:
    """The newest first, by state."""
    state = request.GET.get("state", "in_force")
    state = state if state in STATES else "in_force"
    page = page_of(
        request,
        lambda after: payments.writs(state=state, limit=PER_PAGE + 1, after=after),
        key=lambda one: f"{one.entered_on}_{one.writ_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    cards = people.cards({one.debtor_id for one in page.rows})
    for person_id in cards:
        note_look(request, person_id, "Список исполнительных документов")
    context = {"page": page, "cards": cards, "state": state, "states": STATES}
    return render(request, "officer/money/writs.html", context)


@require_safe
@allow("officer")
def export(request: HttpRequest) -> HttpResponse:
    """All documents in sight with their sums as a workbook."""
    found = payments.writs(limit=MOST_EXPORTED)
    cards = people.cards({one.debtor_id for one in found})
    response = HttpResponse(writs_workbook(found, cards), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = 'attachment; filename="writs.xlsx"'
    note_act(request, "export", purpose=now("Выгрузка исполнительных документов"))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a document; another officer confirms it."""
    form, status = WritForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                writ_id = payments.enter_writ(
                    form.document(request.viewer.body), by=request.viewer.login, on=clock.today()
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                _note(request, form.cleaned_data["snils"], writ_id, form.cleaned_data["number"])
                return redirect("work_writ", writ_id=writ_id)
    return render(request, "officer/money/writ_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def writ(request: HttpRequest, writ_id: UUID) -> HttpResponse:
    """Show it; on POST want something of it, or confirm what another wants."""
    found = payments.writ(writ_id=writ_id)
    if found is None:
        raise Http404
    act = request.POST.get("act", "")
    forms = {
        "do": WritActForm(request.POST if act == "do" else None),
        "change": WritChangeForm(request.POST if act == "change" else None),
        "settle": SettleForm(request.POST if act == "settle" else None),
    }
    status = 200
    if request.method == "POST" and act in forms:
        status = 422
        if forms[act].is_valid():
            try:
                ACTS[act](request, writ_id, forms[act])
            except DomainError as refusal:
                forms[act].add_error(None, str(refusal))
                status = 409
            else:
                _note(request, found.debtor_id, writ_id, found.number)
                return redirect("work_writ", writ_id=writ_id)
    note_look(request, found.debtor_id, f"Исполнительный документ № {found.number}")
    context = {
        "one": found,
        "card": people.cards([found.debtor_id]).get(found.debtor_id),
        "kind": payments.WRIT_FORMS[found.form].capitalize(),
        "unlevied": payments.unlevied(person_id=found.debtor_id),
        "title_of": measure_title,
        "forms": forms,
        "wrong": forms.get(act),
        "me": request.viewer.login,
    }
    return render(request, "officer/money/writ.html", context, status=status)


def _note(request: HttpRequest, person_id: UUID, writ_id: UUID, number: str) -> None:
    note_act(request, "writ", person_id=person_id, thing=writ_id, purpose=f"Исполнительный документ № {number}")


def _do(request: HttpRequest, writ_id: UUID, form: WritActForm) -> None:
    given = form.cleaned_data
    act = "minimum" if given["do"] == "no_minimum" else given["do"]
    terms = {}
    if act in ("end", "withdraw"):
        terms = {"from": given["since"].isoformat()}
    elif act == "minimum":
        terms = {"group": given["group"] if given["do"] == "minimum" else ""}
    payments.propose_writ_act(
        writ_id=writ_id, act=act, terms=terms, paper=given["paper"], by=request.viewer.login, on=clock.today()
    )


def _change(request: HttpRequest, writ_id: UUID, form: WritChangeForm) -> None:
    payments.propose_writ_act(
        writ_id=writ_id, act="change", terms=form.terms(), paper=form.cleaned_data["ground"],
        by=request.viewer.login, on=clock.today(),
    )  # fmt: skip


def _settle(request: HttpRequest, writ_id: UUID, form: SettleForm) -> None:
    payments.settle_writ(
        writ_id=writ_id, act=request.POST.get("proposal", ""), agrees=request.POST.get("agrees") == "yes",
        remark=form.cleaned_data["remark"], by=request.viewer.login, on=clock.today(),
        cause=Cause(document_id=None, received_at=timezone.now()),
    )  # fmt: skip


ACTS = {"do": _do, "change": _change, "settle": _settle}
