"""What was typed when the session had ended: kept an hour, encrypted, for the same account, then put into the form.

It lies in the session of the browser that sent it. Passwords and files are never kept.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from urllib.parse import urljoin

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kazna.web.citizen.own import ACTS_FOR
from kazna.web.filling import filled
from kazna.web.form_key import FIELD, TOKEN, account_of, key_of, ward_of
from kazna.web.journal import note_act

KEPT = "kept_form"
SECONDS = 3600
MOST_CHARACTERS = 200_000
SECRET = re.compile(r"password|secret", re.IGNORECASE)


def keep(request: HttpRequest, *, account: str) -> tuple[str, dict[str, str]] | None:
    """Remember the form that came too late; the page to return to and what to put into the session.

    None when the form was not shown to this account by us, or holds too much.
    """
    key = key_of(request)
    if key is None or key.account != account or not key.page:
        return None
    typed = {name: values for name, values in request.POST.lists() if name not in (TOKEN, FIELD)}
    told = {
        "account": account,
        "ward": key.ward,
        "page": key.page,
        "form": request.get_full_path(),
        "typed": {name: values for name, values in typed.items() if not SECRET.search(name)},
        "files": bool(request.FILES),
    }
    written = json.dumps(told)
    if len(written) > MOST_CHARACTERS:
        return None
    request.kept_form = True  # type: ignore[attr-defined]
    return key.page, {KEPT: _lock().encrypt(written.encode()).decode()}


class KeptFormMiddleware:
    """Show the page with what was typed in its form, once, to the account that typed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        locked = request.session.get(KEPT) if request.method == "GET" else None
        if not locked:
            return self.get_response(request)
        told = _opened(locked)
        stranger = not request.user.is_authenticated
        if told is None or (told["account"] != account_of(request) and not stranger):
            del request.session[KEPT]
            return self.get_response(request)
        if told["account"] != account_of(request) or told["page"] != request.get_full_path():
            return self.get_response(request)
        if told["ward"] != ward_of(request) and not _acts_again(request, told["ward"]):
            del request.session[KEPT]
            return self.get_response(request)
        response = self.get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            if 300 <= response.status_code < 400:  # the page has moved since: follow it
                told["page"] = urljoin(told["page"], response.headers["Location"])
                request.session[KEPT] = _lock().encrypt(json.dumps(told).encode()).decode()
            else:
                del request.session[KEPT]
                _put(response, told)
        return response


def _acts_again(request: HttpRequest, ward: str) -> bool:
    """The form was for a ward, or for oneself: so is the session again, if the register still shows the tie."""
    if not ward:
        request.session.pop(ACTS_FOR, None)
        return True
    person_id = next((one for one in request.viewer.person_ids[1:] if str(one) == ward), None)
    if person_id is None:
        return False
    request.session[ACTS_FOR] = ward
    note_act(request, "act_for", person_id=person_id, purpose="Открыт кабинет подопечного")
    return True


def _put(response: HttpResponse, told: dict) -> None:  # type: ignore[type-arg]
    def banner(left: list[str]) -> str:
        return render_to_string("components/_kept_form.html", {"left": left, "files": told["files"]})

    page = filled(response.content.decode(), at=told["page"], sent_to=told["form"], typed=told["typed"], banner=banner)
    response.content = page.encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))


def _opened(locked: str) -> dict | None:  # type: ignore[type-arg]
    try:
        return dict(json.loads(_lock().decrypt(locked.encode(), ttl=SECONDS)))
    except (InvalidToken, ValueError):
        return None


def _lock() -> Fernet:
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"kazna kept form").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
