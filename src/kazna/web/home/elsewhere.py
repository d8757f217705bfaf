"""Signing in by a provider's word: «Войти через Госуслуги» and any other OIDC provider that is set up."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kazna.contexts.audit import public as audit
from kazna.contexts.identity import public as identity
from kazna.contexts.registers import public as registers
from kazna.kernel.errors import DomainError
from kazna.plumbing.access import Viewer, acting_as
from kazna.web.addresses import own_address
from kazna.web.powers import open_to_all

BACKEND = "kazna.contexts.identity.signed_in.SignedIn"
STARTED, SIGNED_IN_BY = "sign_ins_started", "signed_in_by"
MOST_STARTED = 5
PAGES = {identity.AccountUnconfirmed: (403, "unconfirmed"), identity.ProviderUnreachable: (503, "again")}


@require_safe
@open_to_all
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Send the browser to the provider; what must come back is remembered in the session, not in the address."""
    going_to = own_address(request.GET.get("next"), resolve_url("begin"))
    try:
        address, attempt = identity.begin(
            code=code, redirect_uri=_back_address(request, code), going_to=going_to, now=timezone.now()
        )
    except DomainError as refusal:
        return _refused(request, code, refusal)
    started: dict[str, Any] = request.session.get(STARTED, {})
    kept = dict(list(started.items())[-(MOST_STARTED - 1) :])
    request.session[STARTED] = kept | {attempt.state: asdict(attempt) | {"began_at": attempt.began_at.isoformat()}}
    return redirect(address)


@require_safe
@open_to_all
def come_back(request: HttpRequest, code: str) -> HttpResponse:
    """The provider has sent the browser back: check everything, admit, go where the visitor was heading."""
    try:
        attempt = _used_once(request, code)
        if refused := request.GET.get("error"):
            raise identity.refusal_of(error=refused, description=request.GET.get("error_description", ""))
        proven = identity.come_back(
            attempt=attempt,
            code=request.GET.get("code", "")[:2000],
            redirect_uri=_back_address(request, code),
            now=timezone.now(),
        )
        account = _admitted(request, proven)
    except DomainError as refusal:
        return _refused(request, code, refusal)
    auth.login(request, account, backend=BACKEND)  # the session gets another key and forgets the visitor's
    request.session[SIGNED_IN_BY] = {"code": code, "id_token": proven.id_token}
    return redirect(own_address(attempt.going_to, resolve_url("begin")))


def _used_once(request: HttpRequest, code: str) -> identity.Attempt:
    """The attempt this answer belongs to; it is forgotten here, whatever comes of it. Raises SignInNotStarted."""
    started = request.session.get(STARTED, {})
    found = started.pop(request.GET.get("state", ""), None)
    request.session[STARTED] = started
    if found is None or found["provider"] != code:
        raise identity.SignInNotStarted()
    return identity.Attempt(**found | {"began_at": datetime.fromisoformat(found["began_at"])})


def _admitted(request: HttpRequest, proven: identity.Proven) -> Any:
    """The account; refusals leave their trace (an alarm, the journal) and are raised after it is kept."""
    refusal: DomainError | None = None
    account = None
    with acting_as(Viewer("agency", "web")):
        card = registers.person_by_snils(proven.snils) if proven.snils else None
        try:
            account = identity.admit(proven=proven, known=card and _known(card), now=timezone.now())
        except DomainError as problem:
            refusal = problem
        audit.record(
            [
                audit.NewEntry(
                    act="sign_in" if account else "sign_in_refused",
                    login=account.login if account else proven.provider,
                    role=account.role if account else "citizen",
                    body=account.body if account else "",
                    person_id=card.person_id if card and isinstance(refusal, identity.PersonDiffers) else None,
                    screen=request.path,
                    thing=proven.provider,
                )
            ]
        )
    if refusal:
        raise refusal
    return account


def _known(card: registers.PersonCard) -> identity.KnownPerson:
    return identity.KnownPerson(
        person_id=card.person_id, surname=card.surname, forename=card.forename, patronymic=card.patronymic,
        birth_date=card.birth_date, died_on=card.died_on, territory=card.territory,
    )  # fmt: skip


def _back_address(request: HttpRequest, code: str) -> str:
    """The same at both steps; the provider knows it by heart and refuses any other."""
    path = reverse("sign_in_back", args=[code])
    return settings.KAZNA_PUBLIC_URL + path if settings.KAZNA_PUBLIC_URL else request.build_absolute_uri(path)


def _refused(request: HttpRequest, code: str, refusal: DomainError) -> HttpResponse:
    status, what = PAGES.get(type(refusal), (409, ""))
    page = {"sentence": str(refusal), "what": what, "code": code}
    return render(request, "home/sign_in_refused.html", page, status=status)
