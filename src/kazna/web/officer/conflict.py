"""Two sources disagree about one thing: choose which statement holds and say why."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.web.catalogue import kind_titles
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import ConflictForm
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("officer")
def conflict(request: HttpRequest, conflict_id: UUID) -> HttpResponse:
    """Show both statements side by side; on POST settle."""
    found = registers.conflict(conflict_id=conflict_id)
    form, status = ConflictForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                registers.settle_conflict(
                    conflict_id=conflict_id, **form.cleaned_data, by=request.viewer.login, on=clock.today()
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                note_act(
                    request, "settle", person_id=found.person_id, thing=conflict_id, purpose=form.cleaned_data["reason"]
                )
                return redirect("work_settled")
    note_look(request, found.person_id, "Расхождение сведений")
    return render(
        request,
        "officer/conflict.html",
        {
            "conflict": found,
            "card": registers.cards([found.person_id])[found.person_id],
            "titles": kind_titles(),
            "form": form,
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD"])
@allow("officer")
def settled(request: HttpRequest) -> HttpResponse:
    """The receipt of a settled matter."""
    return render(request, "officer/settled.html")
