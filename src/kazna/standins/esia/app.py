"""Addresses of ЕСИА: authorise, token, person and collections, logout; a page where one says who one is."""

from __future__ import annotations

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kazna.standins.esia.checks import Refused, check_signed, known_client
from kazna.standins.esia.state import CODE_SECONDS, Grant, Service

OF_SCOPE = {
    "firstName": "fullname", "lastName": "fullname", "middleName": "fullname", "birthDate": "birthdate",
    "gender": "gender", "snils": "snils", "inn": "inn", "birthPlace": "birthplace", "citizenship": "citizenship",
}  # fmt: skip
OF_COLLECTION = {"docs": {"id_doc"}, "ctts": {"contacts", "email", "mobile"}, "addrs": {"addresses"}}
PAGE = """<!doctype html><html lang="ru"><meta charset="utf-8"><title>Госуслуги (стенд)</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<body style="font:18px sans-serif;max-width:36em;margin:2em auto;padding:0 1em">
<h1>Вход через Госуслуги</h1><p>Учебный стенд, люди вымышлены. Система «{client}» просит: {scope}.</p>
<form method="post">{people}<p><button name="deny" value="1">Отказать</button></p></form>"""


def build_app(service: Service) -> Starlette:
    def authorise(classic: bool) -> Any:
        async def page(request: Request) -> Response:
            asked = dict(request.query_params)
            try:
                client = known_client(service, asked)
            except Refused as refusal:
                return PlainTextResponse(refusal.description, status_code=400)
            try:
                check_signed(client, asked, classic=classic)
                if asked.get("response_type") != "code":
                    raise Refused("007003", "unsupported_response_type")
            except Refused as refusal:
                return _back(asked, error=refusal.error, error_description=refusal.description)
            if request.method == "GET":
                return HTMLResponse(_page(service, asked))
            given = dict(parse_qsl((await request.body()).decode()))
            oid = given.get("oid", "")
            if given.get("deny") or oid not in service.people:
                refusal = Refused("007004", "access_denied")
                return _back(asked, error=refusal.error, error_description=refusal.description)
            grant = Grant(client, oid, asked["scope"], asked["redirect_uri"], asked.get("code_challenge", ""),
                          asked.get("nonce", ""), time.time() + CODE_SECONDS)  # fmt: skip
            if service.trouble == "slow":
                grant.expires_at = 0
            return _back(asked, code=service.give_code(grant))

        return page

    def token(classic: bool) -> Any:
        async def give(request: Request) -> Response:
            asked = dict(parse_qsl((await request.body()).decode()))
            try:
                return JSONResponse(_tokens(service, asked, classic) | {"state": asked["state"]})
            except Refused as refusal:
                body = {"error": refusal.error, "error_description": refusal.description, "state": asked.get("state")}
                return JSONResponse(body, status_code=400)

        return give

    async def person(request: Request) -> Response:
        found, scope = _allowed(service, request)
        if isinstance(found, Response):
            return found
        fields = {name: value for name, value in found.items() if OF_SCOPE.get(name, "") in scope}
        about = {"stateFacts": ["EntityRoot"], "rIdDoc": 1, "trusted": found["trusted"], "status": found["status"],
                 "verifying": False, "updatedOn": 1735689600}  # fmt: skip
        return JSONResponse(fields | about)

    async def collection(request: Request) -> Response:
        found, scope = _allowed(service, request)
        if isinstance(found, Response):
            return found
        name = request.path_params["collection"]
        if not OF_COLLECTION.get(name, set()) & scope:
            return JSONResponse({"code": "ESIA-007019"}, status_code=403)
        elements = found.get(name, [])
        if number := request.path_params.get("number"):
            one = next((one for one in elements if str(one["id"]) == number), None)
            return JSONResponse(one, status_code=200) if one else JSONResponse({}, status_code=404)
        if "elements" in request.query_params.get("embed", ""):
            return JSONResponse({"stateFacts": ["hasSize"], "size": len(elements), "elements": elements})
        links = [f"{request.url.replace(query='')}/{one['id']}" for one in elements]
        return JSONResponse({"stateFacts": ["hasSize"], "size": len(elements), "elements": links})

    async def logout(request: Request) -> Response:
        client = service.clients.get(request.query_params.get("client_id", ""))
        back = request.query_params.get("redirect_url", "")
        home = {uri.split("/", 3)[2] for uri in client.redirect_uris} if client else set()
        if back.split("/", 3)[2:3] and back.split("/", 3)[2] in home:
            return RedirectResponse(back, status_code=302)
        return PlainTextResponse("Вы вышли.")

    async def set_trouble(request: Request) -> Response:
        """For rehearsals: how the next answers are to be wrong."""
        service.trouble = request.path_params["trouble"].removeprefix("none")
        return JSONResponse({"trouble": service.trouble})

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "people": len(service.people)})

    both = ["GET", "POST"]
    return Starlette(
        routes=[
            Route("/aas/oauth2/ac", authorise(True), methods=both),
            Route("/aas/oauth2/v2/ac", authorise(False), methods=both),
            Route("/aas/oauth2/te", token(True), methods=["POST"]),
            Route("/aas/oauth2/v3/te", token(False), methods=["POST"]),
            Route("/rs/prns/{oid}", person),
            Route("/rs/prns/{oid}/{collection}", collection),
            Route("/rs/prns/{oid}/{collection}/{number}", collection),
            Route("/idp/ext/Logout", logout),
            Route("/trouble/{trouble}", set_trouble, methods=["POST"]),
            Route("/health", health),
        ]
    )


def _tokens(service: Service, asked: Mapping[str, str], classic: bool) -> dict[str, Any]:
    client = known_client(service, asked)
    if asked.get("grant_type") != "authorization_code":
        raise Refused("007012", "unsupported_grant_type")
    if not asked.get("code"):
        raise Refused("007014")
    check_signed(client, asked, classic=classic, code="" if classic else asked["code"])
    grant = service.take_code(asked["code"], client, asked["redirect_uri"])
    if grant is None:
        raise Refused("007011", "invalid_grant")
    if grant.challenge or asked.get("code_verifier"):
        if not grant.challenge:
            raise Refused("007039")
        digest = urlsafe_b64encode(sha256(asked.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if digest != grant.challenge:
            raise Refused("007040", "invalid_grant")
    return service.tokens_for(grant)


def _allowed(service: Service, request: Request) -> tuple[dict[str, Any] | Response, set[str]]:
    """The person and the scopes of the bearer, or the refusal."""
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    oid, scope, until = service.tokens.get(bearer, ("", "", 0.0))
    if time.time() > until:
        return JSONResponse({"code": "ESIA-007011"}, status_code=401), set()
    if oid != request.path_params["oid"]:
        return JSONResponse({"code": "ESIA-007019"}, status_code=403), set()
    return service.people[oid], set(scope.split())


def _page(service: Service, asked: Mapping[str, str]) -> str:
    names = (
        (oid, " ".join(filter(None, (one["lastName"], one["firstName"], one.get("middleName")))), one["trusted"])
        for oid, one in service.people.items()
    )
    people = "".join(
        f'<p><button name="oid" value="{escape(oid)}">{escape(name)}'
        f"{'' if trusted else ' (не подтверждена)'}</button></p>"
        for oid, name, trusted in names
    )
    return PAGE.format(client=escape(asked["client_id"]), scope=escape(asked["scope"]), people=people)


def _back(asked: Mapping[str, str], **answer: str) -> RedirectResponse:
    return RedirectResponse(
        f"{asked['redirect_uri']}?{urlencode(answer | {'state': asked.get('state', '')})}", status_code=302
    )
