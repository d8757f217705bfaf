"""Serve the sign-in service, or the ordinary provider, on the loopback address."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from kazna.standins.esia.app import build_app
from kazna.standins.esia.keys import key_and_certificate
from kazna.standins.esia.plain import build_plain
from kazna.standins.esia.state import open_service

LOOPBACK = "127.0.0.1"


def serve_esia(folder: Path, *, port: int, world: Path | None) -> None:
    """`folder` holds clients.json and, without a world, people.json; token.key and token.crt are made in it."""
    from kazna.standins.esia.people import of_world

    key_file, _certificate = key_and_certificate(folder, "token")
    people = of_world(world) if world else json.loads((folder / "people.json").read_text("utf-8"))
    _serve(build_app(open_service(folder, people, key_file)), port)


def serve_plain(folder: Path, *, port: int) -> None:
    """`plain.json`: {"people": [claims…], "clients": {id: {secret, redirect_uris}}}."""
    told = json.loads((folder / "plain.json").read_text("utf-8"))
    _serve(build_plain(f"http://{LOOPBACK}:{port}", told["people"], told["clients"]), port)


def _serve(app: Starlette, port: int) -> None:
    server = Server(app, address=LOOPBACK, port=port, interface=Interfaces.ASGI, log_enabled=False)
    asyncio.run(server.serve())
