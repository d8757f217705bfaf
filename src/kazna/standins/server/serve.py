"""Serve a world over HTTP on the loopback address, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server

from kazna.standins.day import Agencies
from kazna.standins.product import ANSWER_SECONDS, Product
from kazna.standins.server.app import build_app
from kazna.standins.world import open_world

LOOPBACK = "127.0.0.1"


def serve_world(
    folder: Path,
    *,
    port: int,
    product_url: str,
    keys: Mapping[str, str],
    patience_seconds: float,
    with_troubles: bool,
    smev: tuple[str, Path] | None = None,
) -> None:
    """Run until stopped. Nothing is lost by a kill: the mailbox is on disk, the rest follows from the seed.

    `smev`: address of СМЭВ and the folder of the agencies' keys, when they take requests from it too.
    """
    life, mailbox = open_world(folder)
    agencies = Agencies(life, mailbox, with_troubles=with_troubles)
    with httpx.Client(base_url=product_url, timeout=ANSWER_SECONDS) as client, ExitStack() as stack:
        if smev:
            exchange = stack.enter_context(httpx.Client(base_url=smev[0], timeout=ANSWER_SECONDS))
            agencies.join_smev(exchange, smev[1])
        product = Product(client, keys=keys, patience_seconds=patience_seconds)
        app = build_app(life, mailbox, agencies, product)
        server = Server(app, address=LOOPBACK, port=port, interface=Interfaces.ASGI, log_enabled=False)
        asyncio.run(server.serve())
