"""The sign-in services as separate processes, and browsers that go through them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse

import httpx

from kazna.kernel.places import ROOT
from kazna.standins.esia.keys import key_and_certificate

HERE = "http://testserver"
MNEMONIC = "KAZNA01"
SCOPES = ["openid", "fullname", "birthdate", "snils", "contacts"]


def account(oid: int, snils: str, surname: str, forename: str, patronymic: str, born: str, **more: object) -> dict:
    contact = {"id": oid * 10, "type": "EML", "vrfStu": "VERIFIED", "value": "x@example.org"}
    return {
        "oid": oid, "snils": snils, "lastName": surname, "firstName": forename, "middleName": patronymic,
        "birthDate": born, "gender": "F", "trusted": True, "status": "REGISTERED", "docs": [], "ctts": [contact],
        "addrs": [],
    } | more  # fmt: skip


PEOPLE = [
    account(1000001, "112-233-445 95", "Смирнова", "Анна", "Сергеевна", "01.05.1995"),
    account(1000002, "112-233-445 95", "Смирнова", "Анна", "Сергеевна", "01.06.1995"),  # another birthday
    account(1000003, "334-455-667 00", "Елкин", "Пётр", "Ильич", "03.03.1970", trusted=False),
    account(1000004, "001-001-998 00", "Нездешний", "Иван", "", "01.01.1980"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def standin(kind: str, folder: Path, port: int, ready: str) -> Iterator[str]:
    """`python -m kazna.standins <kind>` until the block ends."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "kazna.standins", kind, "--folder", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                if httpx.get(url + ready, timeout=1).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.05)
        yield url
    finally:
        process.kill()
        process.wait()


@contextmanager
def esia_service(folder: Path, people: list[dict]) -> Iterator[dict]:
    """Settings of a client registered with a running ЕСИА."""
    key, certificate = key_and_certificate(folder, "kazna")
    client = {"certificate": str(certificate), "redirect_uris": [f"{HERE}/login/esia/back/"], "scopes": SCOPES}
    (folder / "clients.json").write_text(json.dumps({MNEMONIC: client}))
    (folder / "people.json").write_text(json.dumps(people))
    with standin("esia", folder, free_port(), "/health") as url:
        yield {
            "title": "Госуслуги", "url": url, "issuer": "http://esia.gosuslugi.ru/", "client_id": MNEMONIC,
            "protocol": "v3", "scope": "openid fullname birthdate snils", "key_file": str(key),
            "certificate_file": str(certificate), "token_certificate_file": str(folder / "token.crt"),
        }  # fmt: skip


@contextmanager
def plain_service(folder: Path, people: list[dict]) -> Iterator[dict]:
    client = {"secret": "s3cret", "redirect_uris": [f"{HERE}/login/oidc/back/"]}
    (folder / "plain.json").write_text(json.dumps({"people": people, "clients": {"kazna": client}}))
    with standin("oidc", folder, free_port(), "/.well-known/openid-configuration") as url:
        yield {
            "title": "Единый вход", "url": url, "issuer": url, "client_id": "kazna", "scope": "openid profile",
            "secret": "s3cret", "snils_claim": "snils", "login_claim": "", "confirmed_claim": "",
        }  # fmt: skip


def through(address: str, **choice: str) -> str:
    """Choose a person at the provider; where the browser is sent back to, as a path of ours."""
    answer = httpx.post(address, data=choice, timeout=5)
    assert answer.status_code == 302, answer.text
    place = urlparse(answer.headers["location"])
    return f"{place.path}?{place.query}"
