"""Signing in by the lock of the device: a finger, a face, a PIN."""

from __future__ import annotations

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_POST

from kazna.contexts.audit import public as audit
from kazna.contexts.identity import public as identity
from kazna.kernel.errors import DomainError
from kazna.web.addresses import own_address
from kazna.web.home.elsewhere import BACKEND
from kazna.web.place import place_of
from kazna.web.powers import open_to_all

CHALLENGE = "passkey_sign_in"


@require_POST
@open_to_all
def begin(request: HttpRequest) -> HttpResponse:
    """A challenge for any key the device holds for this site."""
    options, challenge = identity.passkeys.begin_signing_in(place=place_of(request))
    request.session[CHALLENGE] = challenge
    return HttpResponse(options, content_type="application/json")


@require_POST
@open_to_all
def finish(request: HttpRequest) -> HttpResponse:
    """The signed challenge, which serves once; the address to go on to, or the reason why not."""
    try:
        account = identity.passkeys.sign_in(
            place=place_of(request),
            challenge=request.session.pop(CHALLENGE, ""),
            answer=request.POST.get("answer", ""),
            now=timezone.now(),
        )
    except DomainError as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    auth.login(request, account, backend=BACKEND)
    entry = audit.NewEntry(act="sign_in", login=account.login, role=account.role, body=account.body)
    audit.record([entry])
    return JsonResponse({"address": own_address(request.POST.get("next"), resolve_url("begin"))})
