"""Money paid beyond the right: the list, one of them, what is decided, what comes back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as people
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import OverpaymentForm, RepaymentForm, SettleForm, WriteOffForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

STATES = {"found": _("Ждут решения"), "owed": _("Возвращаются"), "closed": _("Закрыты")}


@require_safe
@allow("officer")
def overpayments(request: HttpRequest) -> HttpResponse:
    """The oldest first, by state."""
    state = request.GET.get("state", "found")
    state = state if state in STATES else "found"
    page = page_of(
        request,
        lambda after: payments.overpayments(state=state, limit=PER_PAGE + 1, after=after, body=request.viewer.body),
        key=lambda one: f"{one.found_on}_{one.overpayment_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    cards = people.cards({one.recipient_id for one in page.rows})
    for person_id in cards:
        note_look(request, person_id, "Список переплат")
    return render(
        request,
        "officer/money/overpayments.html",
        {"page": page, "cards": cards, "state": state, "states": STATES, "title_of": measure_title},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def overpayment(request: HttpRequest, overpayment_id: UUID) -> HttpResponse:
    """Show it; on POST decide it, take a repayment or write the rest off."""
    found = payments.overpayment(overpayment_id=overpayment_id)
    if found is None:
        raise Http404
    act = request.POST.get("act", "")
    forms = {
        "decide": OverpaymentForm(request.POST if act == "decide" else None),
        "repay": RepaymentForm(request.POST if act == "repay" else None),
        "settle": SettleForm(request.POST if act == "settle" else None),
        "write_off": WriteOffForm(request.POST if act == "write_off" else None),
    }
    status = 200
    if request.method == "POST" and act in forms:
        status = 422
        if forms[act].is_valid():
            try:
                ACTS[act](request, overpayment_id, forms[act].cleaned_data)
            except DomainError as refusal:
                forms[act].add_error(None, str(refusal))
                status = 409
            else:
                purpose = f"Переплата № {found.number}"
                note_act(request, "overpayment", person_id=found.recipient_id, thing=overpayment_id, purpose=purpose)
                return redirect("work_overpayment", overpayment_id=overpayment_id)
    note_look(request, found.recipient_id, f"Переплата № {found.number}")
    context = {
        "one": found,
        "card": people.cards([found.recipient_id]).get(found.recipient_id),
        "title": measure_title(found.measure),
        "forms": forms,
        "wrong": forms.get(act),
        "me": request.viewer.login,
    }
    return render(request, "officer/money/overpayment.html", context, status=status)


def _decide(request: HttpRequest, overpayment_id: UUID, given: dict) -> None:
    payments.propose_decision(
        overpayment_id=overpayment_id, fault=given["fault"], means=given["means"], percent=given["percent"] or 0,
        monthly_kopecks=given["monthly"], explanation=given["reason"], by=request.viewer.login, on=clock.today(),
    )  # fmt: skip


def _repay(request: HttpRequest, overpayment_id: UUID, given: dict) -> None:
    payments.record_repayment(
        overpayment_id=overpayment_id, kopecks=given["amount"], document=given["document"], by=request.viewer.login,
        on=clock.today(),
    )  # fmt: skip


def _write_off(request: HttpRequest, overpayment_id: UUID, given: dict) -> None:
    payments.propose_write_off(
        overpayment_id=overpayment_id, document=given["ground"], by=request.viewer.login, on=clock.today()
    )


def _settle(request: HttpRequest, overpayment_id: UUID, given: dict) -> None:
    payments.settle_debt_proposal(
        overpayment_id=overpayment_id, agrees=request.POST.get("agrees") == "yes", remark=given["remark"],
        by=request.viewer.login, on=clock.today(), cause=Cause(document_id=None, received_at=timezone.now()),
    )  # fmt: skip


ACTS = {"decide": _decide, "repay": _repay, "write_off": _write_off, "settle": _settle}
