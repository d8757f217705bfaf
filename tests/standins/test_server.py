"""The agencies over HTTP."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from tests.standins.asking import credit_register, income_request, unemployment_request
from tests.standins.conftest import FakeProduct
from tests.standins.village import FATHER, MOTHER, MOTHER_WITH_CLOSED_ACCOUNT, START, WIDOW

from kazna.population import Region
from kazna.standins.day import Agencies
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.product import Product
from kazna.standins.server.app import build_app


class Caller:
    """Calls the application in this process, one request at a time."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def get(self, path: str) -> httpx.Response:
        return asyncio.run(self.call("GET", path, b""))

    def post(self, path: str, content: bytes = b"") -> httpx.Response:
        return asyncio.run(self.call("POST", path, content))

    async def call(self, method: str, path: str, content: bytes) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://agencies") as client:
            return await client.request(method, path, content=content)


@pytest.fixture
def server(life: Life, mailbox: Mailbox, agencies: Agencies, product: Product) -> Caller:
    return Caller(build_app(life, mailbox, agencies, product))


def test_requests_are_taken_and_answered_by_the_clock(
    server: Caller, village: Region, fake_product: FakeProduct
) -> None:
    account = village.people.account[FATHER]
    register = credit_register([("Иванов", "Пётр", "Ильич", account, "7.00")], total="7.00")
    server.post("/clock/2025-01-20")
    taken = [
        server.post("/fns/income", content=income_request(village, FATHER, 2024)),
        server.post("/szn/unemployment", content=unemployment_request(village, FATHER, START)),
        server.post("/bank/registers", content=register),
    ]

    played = server.post("/clock/2025-01-21")

    assert [answer.status_code for answer in taken] == [202, 202, 202]
    assert played.json()["sent"] == {"fns": 1, "szn": 1, "bank": 1}
    assert server.get("/health").json()["day"] == "2025-01-21"


@pytest.mark.parametrize("address", ["/fns/income", "/szn/unemployment", "/bank/registers"])
@pytest.mark.parametrize("body", [b"", b"<a", b"<Other/>", b"<DOHFLNARequest/>"])
def test_a_message_that_cannot_be_read_is_not_taken(server: Caller, address: str, body: bytes) -> None:
    answer = server.post(address, content=body)

    assert answer.status_code == 422
    assert answer.json()["error"]


def test_the_clock_says_why_a_day_did_not_go_by(server: Caller, product: Product) -> None:
    product.keys = dict.fromkeys(product.keys, "stolen")

    assert server.post("/clock/2025-01-15").status_code == 502
    assert server.post("/clock/tomorrow").status_code == 422


def test_personas_are_people_of_the_region(server: Caller, village: Region) -> None:
    snils = village.people.snils

    found = server.get("/persona").json()

    assert found == {
        "mother": snils[MOTHER_WITH_CLOSED_ACCOUNT],
        "mother_at_ease": snils[MOTHER],
        "large_family": snils[MOTHER],
        "pensioner": snils[WIDOW],
        "widowed": snils[WIDOW],
    }
