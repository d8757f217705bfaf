"""Who may open a screen. Every view states it; a test walks all addresses and names those that do not."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kazna.web.form_key import key_of
from kazna.web.kept_forms import keep
from kazna.web.session_limits import to_sign_in

View = Callable[..., HttpResponse]
EVERYONE = "everyone"


def allow(*roles: str, duty: str = "") -> Callable[[View], View]:
    """Open a view to these roles (with a duty): a stranger is sent to sign in, another role gets 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            if request.viewer.role not in roles or (duty and duty not in request.viewer.duties):
                raise PermissionDenied
            return view(request, *args, **named)

        guarded.powers = roles  # type: ignore[attr-defined]
        return guarded

    return guard


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """What a form holds whose sender is signed in no more waits until the same account has signed in again."""
    key = key_of(request)
    if key is None:
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
    return to_sign_in(request, keep(request, account=key.account))


def open_to_all(view: View) -> View:
    """Open a view to everyone, signed in or not."""
    view.powers = (EVERYONE,)  # type: ignore[attr-defined]
    return view
