"""Proposals of decisions that a determination of everybody makes: the list, the sample, the second person's word."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.determination import public as determination
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_look
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import page_of
from kazna.web.powers import allow

STATES = {
    "proposed": (_("Ждёт утверждения"), "warn"),
    "held": (_("Остановлено пределами"), "bad"),
    "approved": (_("Утверждено"), "good"),
    "released": (_("Выпущено"), "good"),
    "withdrawn": (_("Отозвано"), ""),
}
KINDS = {
    "new": _("Новое право"),
    "changed": _("Другой размер"),
    "lost": _("Право утрачено"),
    "unknown": _("Не хватает сведений"),
}


def moment_and_id(text: str) -> tuple[datetime, UUID]:
    moment, _underscore, row_id = text.partition("_")
    return datetime.fromisoformat(moment), UUID(row_id)


@require_safe
@allow("officer")
def determinations(request: HttpRequest) -> HttpResponse:
    """Proposals of the officer's territory, newest first."""
    page = page_of(
        request,
        lambda after: determination.proposals(PER_PAGE + 1, after),
        key=lambda row: f"{row.recorded_at.isoformat()}_{row.proposal_id}",
        parse=moment_and_id,
        size=PER_PAGE,
    )
    return render(request, "officer/determinations.html", {"page": page, "states": STATES})


@require_safe
@allow("officer")
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What it comes to and a sample of people to look at; `?format=html|csv`: the report as a file."""
    found = determination.proposal(proposal_id=proposal_id)
    match request.GET.get("format"):
        case "html":
            return _file(determination.report_page(found.report), "text/html", f"determination-{found.on}.html")
        case "csv":
            return _file("\ufeff" + determination.report_csv(found.report), "text/csv", f"determination-{found.on}.csv")
    return _shown(request, found)


def _shown(request: HttpRequest, found: determination.ProposalView, refusal: str = "") -> HttpResponse:
    sample = determination.sample(proposal_id=found.proposal_id)
    for line in sample:
        note_look(request, line.subject_id, f"Выборка предложения решений на {found.on:%d.%m.%Y}")
    told = {
        "proposal": found,
        "sample": sample,
        "people": registers.cards([line.subject_id for line in sample]),
        "states": STATES,
        "kinds": KINDS,
        "titles": found.report["titles"],
        "refusal": refusal,
        "may_approve": found.state == "proposed" and found.made_by != request.viewer.login,
    }
    return render(request, "officer/determination.html", told, status=409 if refusal else 200)


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@allow("officer")
def settle(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Approve it, or withdraw it with a reason; the act itself writes the journal."""
    by, on = request.viewer.login, clock.today()
    try:
        if request.POST.get("do") == "withdraw":
            reason = request.POST.get("reason", "")
            determination.withdraw(proposal_id=proposal_id, by=by, reason=reason, on=on)
        else:
            determination.approve(proposal_id=proposal_id, by=by, on=on)
    except DomainError as refusal:
        return _shown(request, determination.proposal(proposal_id=proposal_id), str(refusal))
    return redirect("work_determination", proposal_id=proposal_id)
