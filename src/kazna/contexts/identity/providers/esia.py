"""ЕСИА: the classic authorisation server and the newer v2/v3, which differ in what is signed and how."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from joserfc.jwk import RSAKey

from kazna.contexts.identity.contracts import Attempt, Proven, ProviderRefused, TokenNotTrusted
from kazna.contexts.identity.providers import people, tokens
from kazna.contexts.identity.providers.client import client
from kazna.contexts.identity.providers.settings import CLASSIC, Provider
from kazna.contexts.identity.providers.signing import Signer, text_form, timestamp

AUTHORISE = {CLASSIC: "/aas/oauth2/ac", "v3": "/aas/oauth2/v2/ac"}
TOKEN = {CLASSIC: "/aas/oauth2/te", "v3": "/aas/oauth2/v3/te"}
PERSON, LOGOUT = "/rs/prns/{oid}", "/idp/ext/Logout"


def address(one: Provider, attempt: Attempt, redirect_uri: str, now: datetime) -> str:
    """Where the browser goes: the request signed by us."""
    signed = _signed(one, attempt.state, redirect_uri, now, code="")
    extra = {"access_type": "offline" if one.protocol == CLASSIC else "online", "nonce": attempt.nonce}
    with client(one.client_id, scope=one.scope, redirect_uri=redirect_uri, code_challenge_method="S256") as caller:
        url, _state = caller.create_authorization_url(
            one.url + AUTHORISE[one.protocol],
            state=attempt.state,
            code_verifier=None if one.protocol == CLASSIC else attempt.verifier,
            **extra,
            **signed,
        )
    return str(url)


def exchange(one: Provider, attempt: Attempt, code: str, redirect_uri: str, now: datetime) -> Proven:
    """Code → tokens → person. Raises ProviderUnreachable, ProviderRefused, TokenNotTrusted."""
    state = str(uuid4())  # each request of ЕСИА has its own
    with client(one.client_id, scope=one.scope, redirect_uri=redirect_uri, token_endpoint_auth_method="none") as caller:
        answer = caller.fetch_token(
            one.url + TOKEN[one.protocol],
            grant_type="authorization_code",
            code=code,
            state=None,
            token_type="Bearer",
            scope=one.scope,
            **({} if one.protocol == CLASSIC else {"code_verifier": attempt.verifier}),
            **_signed(one, state, redirect_uri, now, code="" if one.protocol == CLASSIC else code),
            **{"body": urlencode({"state": state})},
        )
        if answer.get("state") != state:
            raise TokenNotTrusted(reason="ответ относится к другой попытке входа")
        claims = _claims(one, answer.get("id_token"), attempt, now)
        oid = str(claims.get("urn:esia:sbj", {}).get("urn:esia:sbj:oid") or claims["sub"])
        if not oid.isdecimal():
            raise TokenNotTrusted(reason="в ответе не сказано, кто вошёл")
        told = caller.read(one.url + PERSON.format(oid=oid), str(answer.get("access_token", "")))
    if told.get("status", "REGISTERED") != "REGISTERED":
        raise ProviderRefused(code=str(told.get("status"))[:20], what="учётная запись заблокирована или удалена")
    return people.of_esia(one.code, oid, told, str(answer["id_token"]))


def goodbye(one: Provider, back: str) -> str:
    """Where the browser goes to end the session at ЕСИА as well."""
    return f"{one.url}{LOGOUT}?{urlencode({'client_id': one.client_id, 'redirect_url': back})}"


def _claims(one: Provider, token: Any, attempt: Attempt, now: datetime) -> dict[str, Any]:
    certificate = x509.load_pem_x509_certificate(Path(one.token_certificate_file).read_bytes())
    public = certificate.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = tokens.checked(
        token, RSAKey.import_key(public), issuers=(one.issuer,), client_id=one.client_id, nonce="", now=now
    )
    if claims.get("nonce", attempt.nonce) != attempt.nonce:  # ЕСИА need not return it; a foreign one is foreign
        raise TokenNotTrusted(reason="ответ относится к другой попытке входа")
    return claims


def _signed(one: Provider, state: str, redirect_uri: str, now: datetime, *, code: str) -> dict[str, str]:
    """timestamp and client_secret; what is signed, and in which order, differs by protocol."""
    signer, when = Signer(one.key_file, one.certificate_file), timestamp(now)
    if one.protocol == CLASSIC:
        content = one.scope + when + one.client_id + state
        return {"timestamp": when, "client_secret": text_form(signer.detached(content.encode()))}
    content = one.client_id + one.scope + when + state + redirect_uri + code
    return {
        "timestamp": when,
        "client_secret": text_form(signer.bare(content.encode())),
        "client_certificate_hash": signer.certificate_hash(),
    }
