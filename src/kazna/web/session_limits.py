"""A session ends by itself: after a while of silence and, whatever one does, after a working day."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kazna.web.form_key import account_of
from kazna.web.kept_forms import keep

BEGAN, SEEN = "began", "seen"
STEP_SECONDS = 60  # the moment of the last request is kept to the minute, so that reading pages does not write


def to_sign_in(request: HttpRequest, kept: tuple[str, dict[str, str]] | None) -> HttpResponse:
    """Ask to sign in and then lead back to the page; what was typed waits in the session of this browser."""
    page = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    if kept:
        page, words = kept
        request.session.update(words)
    asked = ({"next": page} if page else {}) | {"late": "1"}
    return redirect(f"{reverse('sign_in')}?{urlencode(asked)}")


class SessionLimitsMiddleware:
    """Sign out who has been silent too long or signed in too long ago; a page that renews itself is no life sign."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not self._is_fresh(request):
            kept = keep(request, account=account_of(request))
            auth.logout(request)
            return to_sign_in(request, kept)
        return self.get_response(request)

    def _is_fresh(self, request: HttpRequest) -> bool:
        now, session = time.time(), request.session
        began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
        if now - began > settings.KAZNA_SESSION_HOURS * 3600 or now - seen > settings.KAZNA_SESSION_IDLE_MINUTES * 60:
            return False
        renews_itself = "X-Renews-Itself" in request.headers or request.headers.get("Accept") == "text/event-stream"
        if SEEN not in session or (now - seen > STEP_SECONDS and not renews_itself):
            session[SEEN] = now
        return True
