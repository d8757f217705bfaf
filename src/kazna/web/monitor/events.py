"""The register of all events: what happened in the platform, found by kind, person, thing and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import register
from kazna.plumbing.bus.relay import unsent
from kazna.web.journal import note_act, note_look
from kazna.web.paging import number as serial
from kazna.web.paging import page_of
from kazna.web.powers import allow

PER_PAGE = 40
MOST_ORDERS = 100
LOOK = "Просмотр событий о человеке"


@dataclass(frozen=True, slots=True)
class BusLag:
    """Whether there is a bus, how many events wait for it and for how long the oldest."""

    is_on: bool
    unsent: int
    oldest_seconds: float


class SearchForm(forms.Form):
    kind = forms.CharField(label=_("Вид события"), max_length=60, required=False)
    person = forms.UUIDField(label=_("Номер человека"), required=False)
    thing = forms.UUIDField(label=_("Номер дела, решения, документа"), required=False)
    since = forms.DateField(label=_("С какого дня"), required=False)
    until = forms.DateField(label=_("По какой день"), required=False)


def bus_lag() -> BusLag:
    count, seconds = unsent() if settings.KAZNA_BUS else (0, 0.0)
    return BusLag(bool(settings.KAZNA_BUS), count, seconds)


@require_safe
@allow("officer", "methodologist", "administrator")
def events(request: HttpRequest) -> HttpResponse:
    """The newest first. Events about people show their numbers only; what happened to whom stands on its own page.

    A search by person needs an officer who may see that person and is written into the journal.
    """
    form = SearchForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if person := given.get("person"):
        if request.viewer.role != "officer" or not registers.cards([person]):
            raise Http404
        note_act(request, "search", person_id=person, purpose=LOOK)
    until = given.get("until")
    page = page_of(
        request,
        lambda before: register.events(
            register.Wanted(
                kind=given.get("kind") or None, person=person, thing=given.get("thing"), since=given.get("since"),
                until=until and until + timedelta(days=1), before=before,
            ),
            limit=PER_PAGE + 1,
        ),
        key=lambda event: str(event.number),
        parse=serial,
        size=PER_PAGE,
    )  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    shown = {"page": page, "form": form, "kinds": register.kinds()}
    return render(request, "monitor/events.html", shown, status=status)


@require_safe
@allow("officer", "methodologist", "administrator")
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One event whole. About people: for an officer who may see one of them, and each look is written down."""
    found = register.events(register.Wanted(number=min(number, 2**62)), limit=1)
    if not found:
        raise Http404
    seen = registers.cards(found[0].persons) if request.viewer.role == "officer" else {}
    if found[0].persons and not seen:
        raise Http404
    for person_id in seen:
        note_look(request, person_id, LOOK)
    return render(request, "monitor/event.html", {"event": found[0], "people": seen})


@require_safe
@allow("officer", "methodologist", "administrator")
def trace(request: HttpRequest, start: UUID) -> HttpResponse:
    """From one message to the money it caused, step by step with the seconds between them.

    People by number only, and payments only those the viewer's body makes; a look is written down for each shown.
    """
    chain = register.chain(start)
    if not chain:
        raise Http404
    awards = {UUID(one.payload["award_id"]) for one in chain if one.payload.get("award_id")}
    orders = []
    if request.viewer.role == "officer":
        orders = [order for award in sorted(awards) for order in payments.orders_of(award_id=award)][:MOST_ORDERS]
        for person_id in {order.recipient_id for order in orders}:
            note_look(request, person_id, LOOK)
    began = chain[0].recorded_at
    steps = [(event, (event.recorded_at - began).total_seconds()) for event in chain]
    return render(request, "monitor/trace.html", {"start": start, "steps": steps, "orders": orders})
