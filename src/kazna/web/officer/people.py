"""Find a person and see the whole of what is known; every search and every look is journalled."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.life_events import public as life_events
from kazna.contexts.measures import public as measures
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.awards import current
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_act, note_look
from kazna.web.officer.forms import PURPOSES, SearchForm
from kazna.web.officer.settings import PER_PAGE
from kazna.web.powers import allow

ORDERS_SHOWN = 12


@require_safe
@allow("officer")
def people(request: HttpRequest) -> HttpResponse:
    """Search by the name, СНИЛС or the number of a decision or an award; the purpose goes with the search."""
    form, found = SearchForm(request.GET or None), None
    if request.GET and form.is_valid():
        if address := _numbered(form.cleaned_data["q"].strip()):
            return redirect(address)
        found = registers.search(form.cleaned_data["q"], limit=PER_PAGE + 1)
        note_act(request, "search", purpose=f"{purpose(form.cleaned_data['why'])}: {form.cleaned_data['q']}")
    return render(
        request,
        "officer/people.html",
        {"form": form, "found": found, "per_page": PER_PAGE},
        status=422 if form.errors else 200,
    )


def _numbered(text: str) -> str:
    """The address of the decision, or of the award, that bears this very number; «» when the viewer sees none."""
    if not any(ch.isdigit() for ch in text) or " " in text:
        return ""
    if lines := cases.register(wanted=cases.RegisterFilter(number=text), limit=1):
        return reverse("work_decided", args=[lines[0].decision_id])
    if award := cases.award_by_number(number=text):
        return reverse("work_award", args=[award.recipient_id, award.award_id])
    return ""


@require_safe
@allow("officer")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who it is, awards and payments, cases, rights, life events, facts by day with their sources."""
    card = registers.cards([person_id]).get(person_id)
    if card is None:
        raise Http404
    note_look(request, person_id, purpose(request.GET.get("why", "")))
    today = clock.today()
    awards = cases.awards_of(person_id=person_id)
    return render(
        request,
        "officer/person.html",
        {
            "card": card,
            "awards": current(awards, today),
            "title_of": measure_title,
            "titles_of_awards": {award.award_id: award.title for award in awards},
            "cases": cases.cases_of(person_id=person_id),
            "rights": measures.rights_of(person_id),
            "orders": payments.payments_of(person_id=person_id, limit=ORDERS_SHOWN),
            "events": life_events.events_of(person_id),
            "timeline": registers.timeline(person_id),
            "merges": registers.merges_of(person_id=person_id),
            "why": request.GET.get("why", ""),
        },
    )


def purpose(code: str) -> str:
    """The purpose in Russian, whatever language the officer reads: the person will see it."""
    with override("ru"):
        return str(PURPOSES.get(code, "Просмотр карточки при работе с делом"))
