"""Two cards that may be one person, side by side."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import SuspectForm
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def suspect(request: HttpRequest, suspect_id: UUID) -> HttpResponse:
    """Show what differs; on POST join the cards or leave them apart."""
    found = registers.suspect(suspect_id=suspect_id)
    form, status = SuspectForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _settle(request, found, form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return redirect("work_settled")
    for card in (found.person, found.other):
        note_look(request, card.person_id, "Проверка возможного дубля карточки")
    facts = registers.facts_of([found.person.person_id, found.other.person_id])
    return render(
        request,
        "officer/suspect.html",
        {"suspect": found, "facts": facts, "titles": kind_titles(), "form": form},
        status=status,
    )


def _settle(request: HttpRequest, found: registers.SuspectView, form: SuspectForm) -> None:
    reason, same = form.cleaned_data["reason"], form.cleaned_data["same"] == "yes"
    registers.settle_suspect(
        suspect_id=found.suspect_id, same=same, reason=reason, by=request.viewer.login, on=clock.today()
    )
    note_act(request, "settle", person_id=found.person.person_id, thing=found.suspect_id, purpose=reason)
