"""What the service remembers: clients, people, codes given out, tokens in force."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from joserfc import jwt
from joserfc.jwk import RSAKey

from kazna.standins.esia.keys import key_and_certificate

ISSUER = "http://esia.gosuslugi.ru/"
CODE_SECONDS, TOKEN_SECONDS = 180, 3600


@dataclass(frozen=True, slots=True)
class ClientSystem:
    """A registered information system: mnemonic, certificate, addresses it may come back to, scopes it may ask."""

    mnemonic: str
    certificate: x509.Certificate
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]


@dataclass(slots=True)
class Grant:
    """A code given out: to whom, about whom, for which request. `used` codes stay, to be refused."""

    client: ClientSystem
    oid: str
    scope: str
    redirect_uri: str
    challenge: str
    nonce: str
    expires_at: float
    used: bool = False


@dataclass(slots=True)
class Service:
    """`trouble` is set by tests and rehearsals: how the next tokens are to be wrong."""

    people: dict[str, dict[str, Any]]
    clients: dict[str, ClientSystem]
    key: RSAKey
    grants: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    trouble: str = ""

    def give_code(self, grant: Grant) -> str:
        code = secrets.token_urlsafe(32)
        self.grants[code] = grant
        return code

    def take_code(self, code: str, client: ClientSystem, redirect_uri: str) -> Grant | None:
        """The grant, once; None when it is unknown, used, late, another system's or for another address."""
        grant = self.grants.get(code)
        if grant is None or grant.used or grant.client != client or grant.redirect_uri != redirect_uri:
            return None
        grant.used = True
        return grant if time.time() <= grant.expires_at else None

    def tokens_for(self, grant: Grant) -> dict[str, Any]:
        now = int(time.time()) + {"future": 600, "late": -7200}.get(self.trouble, 0)
        trusted = self.people[grant.oid]["trusted"]
        subject = {
            "urn:esia:sbj:typ": "P",
            "urn:esia:sbj:is_tru": trusted,
            "urn:esia:sbj:oid": int(grant.oid),
            "urn:esia:sbj:nam": f"OID.{grant.oid}",
        }
        claims = {
            "iss": "http://other.example/" if self.trouble == "issuer" else ISSUER,
            "aud": "OTHER01" if self.trouble == "audience" else grant.client.mnemonic,
            "sub": int(grant.oid), "iat": now, "nbf": now, "exp": now + TOKEN_SECONDS, "auth_time": now,
            "amr": "PWD", "urn:esia:amd": "PWD", "urn:esia:sid": secrets.token_hex(16), "urn:esia:sbj": subject,
        }  # fmt: skip
        if grant.nonce:
            claims["nonce"] = "foreign" if self.trouble == "nonce" else grant.nonce
        key = RSAKey.generate_key(2048, private=True) if self.trouble == "signature" else self.key
        head = {"alg": "RS256", "typ": "JWT"}
        access = jwt.encode(head, {"iss": ISSUER, "client_id": grant.client.mnemonic, "scope": grant.scope,
                                   "urn:esia:sbj_id": int(grant.oid), "iat": now, "exp": now + TOKEN_SECONDS,
                                   "jti": secrets.token_hex(8)}, self.key)  # fmt: skip
        self.tokens[access] = (grant.oid, grant.scope, time.time() + TOKEN_SECONDS)
        return {"access_token": access, "id_token": jwt.encode(head, claims, key), "expires_in": TOKEN_SECONDS,
                "token_type": "Bearer", "refresh_token": secrets.token_urlsafe(24)}  # fmt: skip


def register_client(folder: Path, mnemonic: str, back: list[str]) -> None:
    """Write clients.json with this system; its own key and certificate are made in the folder when missing."""
    _key, certificate = key_and_certificate(folder, mnemonic)
    key_and_certificate(folder, "token")  # the system reads the service's certificate from here
    scopes = ["openid", "fullname", "birthdate", "gender", "snils", "contacts", "addresses", "id_doc"]
    client = {"certificate": str(certificate), "redirect_uris": back, "scopes": scopes}
    (folder / "clients.json").write_text(json.dumps({mnemonic: client}))


def open_service(folder: Path, people: list[dict[str, Any]], key_file: Path) -> Service:
    """`clients.json`: {mnemonic: {certificate, redirect_uris, scopes}}."""
    registered = json.loads((folder / "clients.json").read_text("utf-8"))
    clients = {
        mnemonic: ClientSystem(
            mnemonic,
            x509.load_pem_x509_certificate(Path(one["certificate"]).read_bytes()),
            tuple(one["redirect_uris"]),
            frozenset(one["scopes"]),
        )
        for mnemonic, one in registered.items()
    }
    return Service({str(one["oid"]): one for one in people}, clients, RSAKey.import_key(key_file.read_bytes()))
