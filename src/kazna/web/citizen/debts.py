"""What I was paid beyond the right: why, what was decided, what is left, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.payments import public as payments
from kazna.web.catalogue import measure_title
from kazna.web.citizen.own import me
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def debts(request: HttpRequest) -> HttpResponse:
    """Those not closed first."""
    found = payments.overpayments_of(person_id=me(request))
    found.sort(key=lambda one: (one.state == "closed", one.found_on))
    return render(request, "citizen/debts.html", {"debts": found, "title_of": measure_title})
