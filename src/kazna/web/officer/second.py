"""What another officer has drafted and somebody else must look at: confirm or give back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms_decisions import SecondLookForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

ACTS = {
    "grant": _("Назначить"),
    "refuse": _("Отказать"),
    "suspend": _("Приостановить"),
    "resume": _("Возобновить"),
    "stop": _("Прекратить"),
    "waive": _("Прекратить по отказу получателя"),
    "change": _("Изменить размер"),
    "correct": _("Исправить ошибку"),
}


@require_safe
@allow("officer")
def second(request: HttpRequest) -> HttpResponse:
    """Drafts of the body, the oldest first."""
    page = page_of(
        request,
        lambda after: cases.proposals(body=request.viewer.body, limit=PER_PAGE + 1, after=after),
        key=lambda row: f"{row.proposed_on}_{row.proposal_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    people = registers.cards([row.recipient_id for row in page.rows])
    return render(request, "officer/second.html", {"page": page, "people": people, "acts": ACTS})


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def draft(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One draft beside what the rule computed; the one who wrote it only reads it."""
    found = cases.proposal(proposal_id)
    form, status = SecondLookForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _settle(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    note_look(request, found.recipient_id, f"Проект решения: {found.title}")
    context = {
        "draft": found,
        "form": form,
        "acts": ACTS,
        "names": {key: card.full_name for key, card in registers.cards([found.recipient_id, found.subject_id]).items()},
        "is_mine": found.proposed_by == request.viewer.login,
    }
    return render(request, "officer/draft.html", context, status=status)


def _settle(request: HttpRequest, found: cases.ProposalView, form: SecondLookForm) -> HttpResponse:
    viewer, today = request.viewer, clock.today()
    if form.cleaned_data["verdict"] == "return":
        cases.return_proposal(
            proposal_id=found.proposal_id, by=viewer.login, reason=form.cleaned_data["reason"], on=today
        )
        note_act(request, "decide", person_id=found.recipient_id, thing=found.proposal_id, purpose="Возврат проекта")
        return redirect("work_second")
    decision = cases.confirm_proposal(
        proposal_id=found.proposal_id, by=viewer.login, on=today,
        cause=Cause(document_id=None, received_at=timezone.now()),
    )  # fmt: skip
    note_act(
        request, "decide", person_id=found.recipient_id, thing=decision.decision_id, purpose=f"Решение: {found.title}"
    )
    return redirect("work_decided", decision_id=decision.decision_id)
