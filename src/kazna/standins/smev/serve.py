"""The exchange over HTTP: `/ws` speaks SOAP, `/files` keeps files, `/control` tells it to misbehave."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as Address

from kazna.standins.smev.exchange import Exchange, Refusal, Route
from kazna.standins.smev.faults import fault, refusal
from kazna.standins.smev.mischief import Mischief, OrderUnknown
from kazna.standins.smev.queues import Queues

LOOPBACK = "127.0.0.1"
MOST_BYTES = 64 * 1024 * 1024
XML = "text/xml; charset=utf-8"
TAX, EMPLOYMENT = "FNS001", "ROSTRUD01"
ROUTES = {
    "{urn://x-artefacts-fns-dohflna/root/260-18/4.0.1}DOHFLNARequest": Route(
        TAX, "smev_vs/Dohflna/fns-dohflna-ru-root.xsd"
    ),
    "{http://se2.data.service.smev.pfr.ru/SZN/1.0.1}SZNRequest": Route(EMPLOYMENT, "smev_vs/Szn/SZN-1.0.1.xsd"),
    "{urn://x-artefacts-zags-rogd/root/112-01/4.0.5}ROGDRequest": Route("KAZNA"),
    "{urn://kazna-own/pushed/1}Сообщение": Route("KAZNA"),
    "{urn://test/unknown}Ask": Route("KAZNA"),  # a kind nobody serves
}


def build_app(exchange: Exchange) -> Starlette:
    one_at_a_time = threading.Lock()

    def call(payload: bytes) -> bytes | None:
        with one_at_a_time:
            return exchange.call(payload)

    async def ws(request: Request) -> Response:
        body = await request.body()
        try:
            if len(body) > MOST_BYTES:
                raise refusal("AttachmentSizeLimitExceeded", "сообщение слишком велико")
            answer = await run_in_threadpool(call, body)
        except Refusal as problem:
            return Response(fault(problem), status_code=500, media_type=XML)
        if answer is None:
            return Response("связь оборвалась", status_code=502)
        return Response(answer, media_type=XML)

    async def control(request: Request) -> JSONResponse:
        if request.method == "POST":
            try:
                exchange.mischief.change(await request.json())
            except (OrderUnknown, ValueError) as problem:
                return JSONResponse({"error": str(problem)}, status_code=422)
        return JSONResponse({"mischief": exchange.mischief.plain(), "waiting": exchange.queues.sizes()})

    async def status(request: Request) -> JSONResponse:
        """Tell a system a status of its request, as asynchronous checks do."""
        told = await request.json()
        exchange.tell(told["system"], told["message_id"], told["status"], told.get("details", ""))
        return JSONResponse({})

    async def file(request: Request) -> Response:
        uuid = request.path_params["uuid"]
        if request.method == "PUT":
            exchange.queues.keep_file(uuid, await request.body())
            return Response(status_code=201)
        body = exchange.queues.file(uuid)
        return Response(status_code=404) if body is None else Response(body, media_type="application/octet-stream")

    async def health(request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Address("/ws", ws, methods=["POST"]),
            Address("/control", control, methods=["GET", "POST"]),
            Address("/control/status", status, methods=["POST"]),
            Address("/files/{uuid}", file, methods=["GET", "PUT"]),
            Address("/health", health),
        ]
    )


def serve_exchange(folder: Path, *, port: int, mischief: Mischief) -> None:
    """Run until stopped; keys and queues are in the folder."""
    exchange = Exchange(folder, Queues(folder / "queues.sqlite"), ROUTES, mischief)
    server = Server(build_app(exchange), address=LOOPBACK, port=port, interface=Interfaces.ASGI, log_enabled=False)
    asyncio.run(server.serve())
