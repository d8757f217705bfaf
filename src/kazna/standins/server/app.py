"""The agencies' addresses: requests and registers come in, the clock makes them act."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from kazna.standins.agencies import bank, employment_service, tax_service
from kazna.standins.day import Agencies, play_day, register_box
from kazna.standins.documents.bank_register import read_credit_register
from kazna.standins.documents.reading import MessageNotUnderstood
from kazna.standins.documents.requests import read_income_request, read_unemployment_request
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.personas import personas
from kazna.standins.product import ParcelRefused, Product, ProductUnreachable

Reader = Callable[[bytes], Any]


def build_app(life: Life, mailbox: Mailbox, agencies: Agencies, product: Product) -> Starlette:
    one_day_at_a_time = threading.Lock()
    registers = agencies.registers_asked
    boxes = {register_box(agency) for agency in registers.paths}

    def taking(box: str, read: Reader) -> Callable[[Request], Any]:
        async def take(request: Request) -> JSONResponse:
            """Keep a message for the next day; 422 with the reason when it cannot be read."""
            body = await request.body()
            try:
                await run_in_threadpool(read, body)
            except (MessageNotUnderstood, ValueError) as problem:
                return JSONResponse({"error": str(problem)}, status_code=422)
            if box == bank.AGENCY and await run_in_threadpool(mailbox.knows_number, box, body, read):
                return JSONResponse(
                    {"error": "Под этим номером уже принят реестр с другим содержанием."}, status_code=409
                )
            number = request.headers.get("X-Request-Id", "") if box in boxes else ""
            digest = await run_in_threadpool(mailbox.receive, box, body, number)
            return JSONResponse({"digest": digest}, status_code=202)

        return take

    def play(day: date) -> dict[str, object]:
        with one_day_at_a_time:
            return play_day(agencies, product, day)

    async def move_clock(request: Request) -> JSONResponse:
        """Play one day; 503 when the product stayed down, 502 when it refused a parcel."""
        try:
            day = date.fromisoformat(request.path_params["day"])
        except ValueError:
            return JSONResponse({"error": "День пишется ГГГГ-ММ-ДД."}, status_code=422)
        try:
            return JSONResponse(await run_in_threadpool(play, day))
        except ProductUnreachable as problem:
            return JSONResponse({"error": str(problem)}, status_code=503)
        except ParcelRefused as problem:
            return JSONResponse({"error": str(problem)}, status_code=502)

    async def health(request: Request) -> JSONResponse:
        today = await run_in_threadpool(mailbox.today)
        return JSONResponse({"status": "ok", "day": today.isoformat(), "region": life.region.code})

    async def persona(request: Request) -> JSONResponse:
        return JSONResponse(personas(life))

    return Starlette(
        routes=[
            Route("/fns/income", taking(tax_service.AGENCY, read_income_request), methods=["POST"]),
            Route(
                "/szn/unemployment",
                taking(employment_service.AGENCY, read_unemployment_request),
                methods=["POST"],
            ),
            *(
                Route(f"/{agency}/{topic}", taking(register_box(agency), registers.understands), methods=["POST"])
                for agency, topics in registers.paths.items()
                for topic in topics
            ),
            Route("/bank/registers", taking(bank.AGENCY, read_credit_register), methods=["POST"]),
            Route("/clock/{day}", move_clock, methods=["POST"]),
            Route("/health", health),
            Route("/persona", persona),
        ]
    )
