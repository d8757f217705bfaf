"""My electronic certificate: what is left, until when, what was bought by it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.payments import public as payments
from kazna.web.catalogue import measure_title
from kazna.web.citizen.own import me
from kazna.web.powers import allow


@require_safe
@allow("citizen")
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Its life, the latest first."""
    found = payments.certificate(number=number)
    if found is None or found.recipient_id != me(request):
        raise Http404
    return render(request, "citizen/certificate.html", {"one": found, "title": measure_title(found.measure)})
