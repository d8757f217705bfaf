"""Electronic certificates of the body: which wait for a limit, which hold, how each was spent."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as people
from kazna.web.catalogue import measure_title
from kazna.web.journal import note_look
from kazna.web.officer.settings import PER_PAGE
from kazna.web.paging import page_of
from kazna.web.powers import allow

STATES = {"issued": _("Действуют"), "waiting": _("Ждут лимита"), "closed": _("Закрыты")}


@require_safe
@allow("officer")
def certificates(request: HttpRequest) -> HttpResponse:
    """Those granted last first, by state."""
    state = request.GET.get("state", "issued")
    state = state if state in STATES else "issued"
    page = page_of(
        request,
        lambda after: payments.certificates(body=request.viewer.body, state=state, limit=PER_PAGE + 1, after=after),
        key=lambda one: f"{one.granted_on}_{one.number}",
        parse=_day_and_number,
        size=PER_PAGE,
    )
    cards = people.cards({one.recipient_id for one in page.rows})
    for person_id in cards:
        note_look(request, person_id, "Список электронных сертификатов")
    context = {"page": page, "cards": cards, "state": state, "states": STATES, "title_of": measure_title}
    return render(request, "officer/money/certificates.html", context)


@require_safe
@allow("officer")
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One with its life."""
    found = payments.certificate(number=number)
    if found is None:
        raise Http404
    note_look(request, found.recipient_id, f"Электронный сертификат № {number}")
    card = people.cards([found.recipient_id]).get(found.recipient_id)
    context = {"one": found, "card": card, "title": measure_title(found.measure)}
    return render(request, "officer/money/certificate.html", context)


def _day_and_number(text: str) -> tuple[date, str]:
    """«2026-02-16_2026000000000000000000001». Raises ValueError."""
    day, _underscore, number = text.partition("_")
    if len(number) != 25 or not number.isdigit():
        raise ValueError(text)
    return date.fromisoformat(day), number
