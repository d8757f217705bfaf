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

BEGAN, SEEN = "began", "seen"
STEP_SECONDS = 60  # the moment of the last request is kept to the minute, so that reading pages does not write


class SessionLimitsMiddleware:
    """Sign out who has been silent too long or signed in too long ago; a page that renews itself is no life sign."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not self._is_fresh(request):
            auth.logout(request)
            if request.method in ("GET", "HEAD"):
                asked = {"next": request.get_full_path(), "late": "1"}
                return redirect(f"{reverse('sign_in')}?{urlencode(asked)}")
            return redirect(f"{reverse('sign_in')}?late=1")
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
