"""A small world and a product that answers as the real one does."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.standins.village import START, build_village

from kazna.population import Region
from kazna.standins.day import Agencies
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.product import Product

KEYS = {agency: f"key-{agency}" for agency in ("zags", "fri", "sfr", "mvd", "fns", "szn", "bank", "epgu")}


class FakeProduct:
    """Remembers every post; answers accepted or duplicate by digest; refuses `down_for` attempts first."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, str, bytes]] = []
        self.digests: set[str] = set()
        self.down_for = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.down_for:
            self.down_for -= 1
            raise httpx.ConnectError("connection refused")
        agency = request.headers["X-Agency"]
        if request.headers["X-Agency-Key"] != KEYS[agency]:
            return httpx.Response(401)
        self.posts.append((agency, request.headers["X-File-Name"], request.content))
        return httpx.Response(200, json={"documents": [self.take(body) for body in split(request)]})

    def take(self, body: bytes) -> dict[str, str]:
        digest = hashlib.sha256(body).hexdigest()
        status = "duplicate" if digest in self.digests else "accepted"
        self.digests.add(digest)
        return {"digest": digest, "status": status}

    def documents(self, agency: str) -> list[bytes]:
        """Every document of an agency, archives of loose documents unpacked."""
        return [
            document
            for sender, name, body in self.posts
            if sender == agency
            for document in (unzip(body) if name.startswith(agency) and name.endswith(".zip") else [body])
        ]


def split(request: httpx.Request) -> list[bytes]:
    if request.headers["Content-Type"] != "application/zip" or request.headers["X-File-Name"].startswith("own_"):
        return [request.content]
    return unzip(request.content)


def unzip(body: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.fixture
def village() -> Region:
    return build_village()


@pytest.fixture
def life(village: Region) -> Life:
    return Life(village)


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path / "mailbox.sqlite", before=START)


@pytest.fixture
def agencies(life: Life, mailbox: Mailbox) -> Agencies:
    return Agencies(life, mailbox, with_troubles=False)


@pytest.fixture
def fake_product() -> FakeProduct:
    return FakeProduct()


@pytest.fixture
def product(fake_product: FakeProduct) -> Iterator[Product]:
    transport = httpx.MockTransport(fake_product.answer)
    with httpx.Client(transport=transport, base_url="http://product") as client:
        yield Product(client, keys=KEYS, patience_seconds=60, sleep=lambda seconds: None)
