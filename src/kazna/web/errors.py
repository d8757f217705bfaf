"""Pages for what went wrong: what happened, why, what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from kazna.kernel.errors import DomainError
from kazna.web.display import display_of
from kazna.web.form_key import account_of, key_of
from kazna.web.kept_forms import keep
from kazna.web.session_limits import to_sign_in


def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """409: the domain foresaw it and says why."""
    return render(request, "errors/refused.html", {"sentence": str(refusal)}, status=409)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/forbidden.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF guard: most often a page left open since yesterday, or signed in anew in another window.

    A form that we have shown to this very account is shown again as it was filled; all else is 403.
    """
    key = key_of(request)
    if key and settings.CSRF_COOKIE_NAME in request.COOKIES and (kept := keep(request, account=key.account)):
        page, words = kept
        if key.account == account_of(request):
            request.session.update(words)
            return redirect(page)
        if not request.user.is_authenticated:
            return to_sign_in(request, kept)
    return render(request, "errors/stale_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def crashed(request: HttpRequest) -> HttpResponse:
    """500: drawn without the viewer and the database, which may be what failed."""
    page = render_to_string("errors/crashed.html", {"display": display_of(request)})
    return HttpResponse(page, status=500)
