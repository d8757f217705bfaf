"""An ordinary OpenID Connect provider with discovery: nothing of ЕСИА in it."""

from __future__ import annotations

import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route


def build_plain(issuer: str, people: list[dict[str, Any]], clients: dict[str, dict[str, Any]]) -> Starlette:
    """`people`: claims with `sub`; `clients`: {id: {secret, redirect_uris}}."""
    key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}, private=True)
    everyone = {one["sub"]: one for one in people}
    codes: dict[str, dict[str, str]] = {}
    tokens: dict[str, str] = {}

    async def discovery(request: Request) -> Response:
        at = {name: f"{issuer}/{name}" for name in ("authorize", "token", "keys", "me", "bye")}
        return JSONResponse(
            {
                "issuer": issuer, "authorization_endpoint": at["authorize"], "token_endpoint": at["token"],
                "jwks_uri": at["keys"], "userinfo_endpoint": at["me"], "end_session_endpoint": at["bye"],
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
            }
        )  # fmt: skip

    async def authorise(request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("redirect_uri") not in clients.get(asked.get("client_id", ""), {}).get("redirect_uris", ()):
            return JSONResponse({"error": "invalid_request"}, status_code=400)
        if request.method == "GET":
            buttons = "".join(f'<button name="sub" value="{escape(sub)}">{escape(sub)}</button>' for sub in everyone)
            return HTMLResponse(f'<!doctype html><html lang="ru"><title>OIDC</title><form method="post">{buttons}')
        subject = dict(parse_qsl((await request.body()).decode()))["sub"]
        code = secrets.token_urlsafe(16)
        codes[code] = asked | {"sub": subject}
        return RedirectResponse(
            f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", status_code=302
        )

    async def token(request: Request) -> Response:
        given = dict(parse_qsl((await request.body()).decode()))
        name, _, secret = b64decode(request.headers.get("authorization", "")[6:]).decode().partition(":")
        if not secrets.compare_digest(clients.get(name, {}).get("secret", "-"), secret):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        asked = codes.pop(given.get("code", ""), None)
        digest = urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if asked is None or asked["client_id"] != name or digest != asked.get("code_challenge"):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {"iss": issuer, "aud": name, "sub": asked["sub"], "iat": now, "exp": now + 300}
        access = secrets.token_urlsafe(16)
        tokens[access] = asked["sub"]
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims | {"nonce": asked["nonce"]}, key)
        return JSONResponse({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    async def me(request: Request) -> Response:
        subject = tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        return JSONResponse(everyone[subject]) if subject else JSONResponse({}, status_code=401)

    async def keys(request: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    async def bye(request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=302)

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/authorize", authorise, methods=["GET", "POST"]),
            Route("/token", token, methods=["POST"]),
            Route("/me", me),
            Route("/keys", keys),
            Route("/bye", bye),
        ]
    )
