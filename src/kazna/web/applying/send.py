"""Check the answers, send, see the receipt, take it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.applying.own import channel_of, names_of, seen, title_of
from kazna.web.journal import note_act
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen", "officer")
def check(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Every answer with a way to change it, the files, what we shall ask ourselves; POST sends it, once."""
    found = seen(request, application_id)
    if found.state != "draft":
        return redirect("apply_receipt", application_id=application_id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            _send(request, found)
            return redirect("apply_receipt", application_id=application_id)
        except DomainError as refusal:
            problem, status = str(refusal), 409
    return show_check(request, found, problem, status)


def show_check(
    request: HttpRequest, found: cases.applications.ApplicationView, problem: str, status: int
) -> HttpResponse:
    turn = cases.applications.turn(application_id=found.application_id, on=clock.today())
    card = measures.measure(found.measure)
    library = measures.law_in_force()
    context = {
        "application": found,
        "title": title_of(found.measure),
        "turn": turn,
        "names": names_of(found),
        "problem": problem,
        "remarks": [str(one) for one in messages.get_messages(request)],
        "documents": library.passport(library.measures[found.measure][-1]).get("documents", []) if card else [],
    }
    return render(request, "applying/check.html", context, status=status)


@require_safe
@allow("citizen", "officer")
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The number, the day, what happens next, how to take it back."""
    found = seen(request, application_id)
    if found.state == "draft":
        return redirect("apply_check", application_id=application_id)
    case = cases.case(case_id=found.case_id) if found.case_id else None
    context = {
        "application": found,
        "title": title_of(found.measure),
        "names": names_of(found),
        "case": case,
        "may_withdraw": found.state == "filed" and (case is None or case.decision_id is None),
    }
    return render(request, "applying/receipt.html", context)


@require_POST
@allow("citizen", "officer")
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take it back; a decision already made says so."""
    found = seen(request, application_id)
    cases.applications.withdraw(application_id=application_id, on=clock.today(), cause=_now())
    note_act(request, "application", person_id=found.recipient_id, thing=application_id, purpose="Заявление отозвано")
    return redirect("apply_receipt", application_id=application_id)


def _send(request: HttpRequest, found: cases.applications.ApplicationView) -> None:
    version = request.POST.get("version", "")
    cases.applications.file(
        application_id=found.application_id,
        version=int(version) if version.isdecimal() and len(version) < 9 else None,
        channel=channel_of(request),
        on=clock.today(),
        cause=_now(),
    )
    note_act(
        request, "application", person_id=found.recipient_id, thing=found.application_id, purpose="Подано заявление"
    )


def _now() -> Cause:
    return Cause(document_id=None, received_at=timezone.now())
