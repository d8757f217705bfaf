"""The family as a law counts it on a day: who is in, who is out, and by which words."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.journal import note_look
from kazna.web.officer.forms import FamilyForm
from kazna.web.officer.people import purpose
from kazna.web.powers import allow


@require_safe
@allow("officer")
def family(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The law and the day go with the address; everyone shown is journalled."""
    card = registers.cards([person_id]).get(person_id)
    if card is None:
        raise Http404
    on = clock.today()
    laws = measures.family_laws(on)
    form = FamilyForm({"law": next(iter(laws), ""), **request.GET.dict()}, laws=laws)
    found = None
    if form.is_valid():
        found = measures.family(form.cleaned_data["law"], applicant=person_id, on=form.cleaned_data["on"] or on)
    people = registers.cards({person_id, *(one.person_id for one in (found.members if found else ()))})
    for one in people:
        note_look(request, one, purpose(request.GET.get("why", "")))
    return render(
        request,
        "officer/family.html",
        {"card": card, "form": form, "family": found, "people": people, "why": request.GET.get("why", "")},
        status=422 if form.errors else 200,
    )
