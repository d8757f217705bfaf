"""Checks of a request, each with its official refusal."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

from kazna.kernel.places import FORMATS
from kazna.standins.esia.signatures import certificate_hash, is_bare_signature, is_detached_signature
from kazna.standins.esia.state import ClientSystem, Service

CLOCKS_DIFFER = timedelta(minutes=5)
MEANINGS = FORMATS / "esia" / "esia_error_codes.csv"


class Refused(Exception):
    """`error` of OAuth and the official code with its text."""

    def __init__(self, code: str, error: str = "invalid_request") -> None:
        self.error, self.description = error, f"ESIA-{code}: {meanings()[f'ESIA-{code}']}"
        super().__init__(self.description)


@cache
def meanings() -> dict[str, str]:
    with MEANINGS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["meaning_ru"] for row in csv.DictReader(file)}


def known_client(service: Service, asked: Mapping[str, str]) -> ClientSystem:
    """Raises Refused before anything is sent to the address the request names."""
    try:
        client = service.clients[asked["client_id"]]
    except KeyError:
        raise Refused("008010", "invalid_client") from None
    if asked.get("redirect_uri") not in client.redirect_uris:
        raise Refused("007023")
    return client


def check_signed(client: ClientSystem, asked: Mapping[str, str], *, classic: bool, code: str = "") -> None:
    """All parameters there, the time ours, the signature the client's, the scopes allowed."""
    if any(not asked.get(name) for name in ("timestamp", "client_secret", "state")):
        raise Refused("007014")
    if not asked.get("scope"):
        raise Refused("007013", "invalid_scope")
    try:
        when = datetime.strptime(asked["timestamp"], "%Y.%m.%d %H:%M:%S %z")
    except ValueError:
        raise Refused("007003") from None
    if abs(datetime.now(UTC) - when) > CLOCKS_DIFFER:
        raise Refused("007015")
    scope, stamp, name, state = asked["scope"], asked["timestamp"], asked["client_id"], asked["state"]
    if classic:
        contents = [scope + stamp + name + state, name + scope + stamp + state]
        signed = is_detached_signature(asked["client_secret"], contents, client.certificate)
    else:
        end = state + asked["redirect_uri"] + code
        contents = [name + scope + stamp + end, scope + stamp + name + end]
        signed = is_bare_signature(asked["client_secret"], contents, client.certificate)
        if asked.get("client_certificate_hash") != certificate_hash(client.certificate):
            raise Refused("007002", "unauthorized_client")
    if not signed:
        raise Refused("007053", "unauthorized_client")
    if unknown := set(scope.split()) - client.scopes:
        raise Refused("007006" if not unknown <= all_scopes() else "007019", "invalid_scope")


@cache
def all_scopes() -> frozenset[str]:
    with (FORMATS / "esia" / "esia_scopes.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["scope"] for row in csv.DictReader(file))
