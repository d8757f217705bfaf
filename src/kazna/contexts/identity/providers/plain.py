"""An ordinary OpenID Connect provider, known by its address alone: everything else it tells by discovery."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlparse

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kazna.contexts.identity.contracts import Attempt, Proven, ProviderUnreachable, TokenNotTrusted
from kazna.contexts.identity.providers import people, tokens
from kazna.contexts.identity.providers.client import Client, client
from kazna.contexts.identity.providers.settings import Provider

DISCOVERY = "/.well-known/openid-configuration"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def address(one: Provider, attempt: Attempt, redirect_uri: str, now: datetime) -> str:
    """Where the browser goes. Raises ProviderUnreachable."""
    with client(one.client_id, scope=one.scope, redirect_uri=redirect_uri, code_challenge_method="S256") as caller:
        known = _discover(caller, one)
        url, _state = caller.create_authorization_url(
            known["authorization_endpoint"], state=attempt.state, code_verifier=attempt.verifier, nonce=attempt.nonce
        )
    return str(url)


def exchange(one: Provider, attempt: Attempt, code: str, redirect_uri: str, now: datetime) -> Proven:
    """Code → tokens → claims, those of userinfo added. Raises ProviderUnreachable, ProviderRefused, TokenNotTrusted."""
    with client(one.client_id, client_secret=one.secret, scope=one.scope, redirect_uri=redirect_uri) as caller:
        known = _discover(caller, one)
        methods = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if one.secret and "client_secret_basic" not in methods:
            caller.token_endpoint_auth_method = "client_secret_post"
        answer = caller.fetch_token(
            known["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=attempt.verifier
        )
        try:
            keys = KeySet.import_key_set(caller.read(known["jwks_uri"]))  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError):
            raise ProviderUnreachable() from None
        claims = tokens.checked(
            answer.get("id_token"), keys, issuers=(known["issuer"],), client_id=one.client_id, nonce=attempt.nonce,
            now=now,
        )  # fmt: skip
        if known.get("userinfo_endpoint"):
            told = caller.read(known["userinfo_endpoint"], str(answer.get("access_token", "")))
            if told.get("sub") != claims["sub"]:
                raise TokenNotTrusted(reason="сведения относятся к другому человеку")
            claims = told | claims
    return people.of_claims(one, claims, str(answer["id_token"]))


def goodbye(one: Provider, id_token: str, back: str) -> str:
    """Where the browser goes to sign out there too; empty when the provider has no such address or is down."""
    try:
        with client(one.client_id) as caller:
            end = _discover(caller, one).get("end_session_endpoint")
    except ProviderUnreachable:
        return ""
    asked = {"id_token_hint": id_token, "client_id": one.client_id, "post_logout_redirect_uri": back}
    return f"{end}?{urlencode(asked)}" if end else ""


def _discover(caller: Client, one: Provider) -> dict[str, Any]:
    """The provider's own description; its issuer must be the one we trust and its addresses must be safe."""
    known = caller.read(one.url.rstrip("/") + DISCOVERY)
    if known.get("issuer") != one.issuer:
        raise TokenNotTrusted(reason="сервис входа назвался другим именем")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        place = urlparse(str(known.get(name, "")))
        if place.scheme != "https" and not (place.scheme == "http" and place.hostname in LOOPBACK):
            raise ProviderUnreachable()
    return known
