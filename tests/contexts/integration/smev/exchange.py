"""A СМЭВ of the test's own: the real stand-in server as a process, reached over HTTP."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kazna.standins.smev.certificates import TRUST, make_keys
from kazna.standins.smev.participant import Participant

SYSTEMS = ["KAZNA", "FNS001", "ROSTRUD01"]


@dataclass
class Smev:
    """`told` is what goes into settings.KAZNA_SMEV."""

    url: str
    folder: Path
    client: httpx.Client
    told: dict[str, Any]

    def behave(self, **mischief: Any) -> None:
        self.client.post("/control", json=mischief).raise_for_status()

    def waiting(self) -> dict[str, int]:
        return self.client.get("/control").json()["waiting"]

    def tell_status(self, message_id: str, status: str, details: str = "") -> None:
        told = {"system": "KAZNA", "message_id": message_id, "status": status, "details": details}
        self.client.post("/control/status", json=told).raise_for_status()

    def participant(self, mnemonic: str) -> Participant:
        return Participant(self.client, self.folder, mnemonic)


@contextmanager
def smev_server(folder: Path) -> Iterator[Smev]:
    make_keys(folder, SYSTEMS)
    port = free_port()
    command = [sys.executable, "-m", "kazna.standins", "smev", "--folder", str(folder), "--port", str(port)]
    process = subprocess.Popen(command)
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=url, timeout=20) as client:
            wait_for(client)
            yield Smev(url, folder, client, settings_of(url, folder))
    finally:
        process.terminate()
        process.wait(10)


def settings_of(url: str, folder: Path) -> dict[str, Any]:
    return {
        "url": f"{url}/ws",
        "files_url": f"{url}/files",
        "agencies": "fns=FNS001,szn=ROSTRUD01",
        "provider": "open",
        "key": str(folder / "KAZNA.key"),
        "certificate": str(folder / "KAZNA.pem"),
        "trust": str(folder / TRUST),
        "test": False,
        "answer_days": 5,
        "repeats": 2,
        "message_bytes": 1024 * 1024,
    }


def wait_for(client: httpx.Client) -> None:
    for _ in range(200):
        try:
            client.get("/health").raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError("the stand-in СМЭВ does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
