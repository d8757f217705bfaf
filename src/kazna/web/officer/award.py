"""An award in force: suspend, resume, stop, change the sum, correct an error. Each waits for a second officer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.cases import public as cases
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms_decisions import AwardActForm
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def award(request: HttpRequest, person_id: UUID, award_id: UUID) -> HttpResponse:
    """The award with what became of it; on POST a draft for the second officer."""
    found = next((one for one in cases.awards_of(person_id=person_id) if one.award_id == award_id), None)
    if found is None:
        raise Http404
    form, status = AwardActForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                drafted = _propose(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return redirect("work_draft", proposal_id=drafted.proposal_id)
    note_look(request, person_id, f"Назначение № {found.number}")
    context = {
        "award": found,
        "card": registers.cards([person_id]).get(person_id),
        "form": form,
        "draft": cases.proposal_about(award_id),
        "day": clock.today(),
        "certificate": payments.certificate(award_id=award_id),
    }
    return render(request, "officer/award.html", context, status=status)


def _propose(request: HttpRequest, found: cases.AwardView, form: AwardActForm) -> cases.ProposalView:
    given = form.cleaned_data
    drafted = cases.propose_act(
        award_id=found.award_id,
        act=cases.AwardAct(given["act"]),
        by=request.viewer.login,
        reason=given["reason"],
        on=clock.today(),
        first_day=given["first_day"],
        amount_kopecks=given["amount"],
    )
    note_act(
        request, "decide", person_id=found.recipient_id, thing=found.award_id, purpose=f"Проект решения: {found.title}"
    )
    return drafted
