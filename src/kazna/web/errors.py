"""Pages for what went wrong: what happened, why, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kazna.kernel.errors import DomainError
from kazna.web.display import display_of


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """409: the domain foresaw it and says why."""
    return render(request, "errors/refused.html", {"sentence": str(refusal)}, status=409)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/forbidden.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF guard: most often a page left open since yesterday."""
    return render(request, "errors/stale_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def crashed(request: HttpRequest) -> HttpResponse:
    """500: drawn without the viewer and the database, which may be what failed."""
    page = render_to_string("errors/crashed.html", {"display": display_of(request)})
    return HttpResponse(page, status=500)
