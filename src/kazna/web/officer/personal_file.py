"""The personal file of a recipient: on a screen, and as one PDF with an inventory."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.journal import note_act, note_look
from kazna.web.officer.register import as_pdf
from kazna.web.powers import allow


@require_safe
@allow("officer")
def personal_file(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every document in the order of days, each to be unfolded."""
    card = registers.cards([person_id]).get(person_id)
    if card is None:
        raise Http404
    note_look(request, person_id, "Личное дело")
    papers = cases.personal_file(person_id=person_id)
    return render(request, "officer/personal_file.html", {"card": card, "papers": papers})


@require_safe
@allow("officer")
def printed(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same, to be printed or handed over."""
    if person_id not in registers.cards([person_id]):
        raise Http404
    note_act(request, "export", person_id=person_id, purpose="Печать личного дела")
    pdf = cases.printed_file(person_id=person_id, body=request.viewer.body, on=clock.today())
    return as_pdf(pdf, f"delo-{person_id}.pdf")
