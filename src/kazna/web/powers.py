"""Who may open a screen. Every view states it; a test walks all addresses and names those that do not."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

View = Callable[..., HttpResponse]
EVERYONE = "everyone"


def allow(*roles: str, duty: str = "") -> Callable[[View], View]:
    """Open a view to these roles (with a duty): a stranger is sent to sign in, another role gets 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}")
            if request.viewer.role not in roles or (duty and duty not in request.viewer.duties):
                raise PermissionDenied
            return view(request, *args, **named)

        guarded.powers = roles  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_all(view: View) -> View:
    """Open a view to everyone, signed in or not."""
    view.powers = (EVERYONE,)  # type: ignore[attr-defined]
    return view
