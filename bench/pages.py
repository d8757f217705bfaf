"""Every page of every role on the server: milliseconds at a steady rate of requests, and bytes over the wire.

KAZNA_VAR=var .venv/bin/python bench/pages.py [--rate 100] [--seconds 60] [--port 8099] [--password kazna-demo]

Needs a database with demo accounts (`kazna demo --people N --no-serve`). Starts the product's own server with two
workers on loopback and stops it; signs in once a role, then asks the pages in turn at the rate, whatever the answers
take. Prints the slowest pages, p95 of all and the largest page as it went over the wire.
Targets: p95 ≤ 150 ms, page ≤ 100 KB.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import re
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from kazna.cli.database import open_database
from kazna.cli.serve import web_process

PAGES = {
    "officer": ["/work/", "/work/?term=late", "/work/?kind=conflicts", "/work/people/?q=смирнова&why=check",
                "/work/people/?q=смернова+ана&why=check", "/work/appeals/", "/work/late/", "/work/money/",
                "/work/requests/", "/work/quarantine/", "/work/employers/", "/monitor/", "/monitor/events/"],
    "supervisor": ["/work/department/", "/work/department/samples/"],
    "methodologist": ["/law/", "/law/facts/", "/law/criteria/", "/law/ru-birth-grant/"],
    "administrator": ["/admin/", "/admin/accounts/", "/admin/bodies/", "/admin/settings/", "/admin/journal/"],
    "citizen": ["/my/", "/my/rights/", "/my/payments/", "/my/inbox/", "/my/data/", "/my/looks/", "/my/family/"],
}  # fmt: skip
TARGET_MS, TARGET_BYTES = 150, 100_000


async def signed_in(url: str, login: str, password: str) -> httpx.AsyncClient | None:
    client = httpx.AsyncClient(base_url=url, timeout=30)
    page = await client.get("/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    told = {"login": login, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
    answer = await client.post("/login/", data=told, headers={"Referer": url})
    return client if answer.status_code == 302 else None


async def ask(client: httpx.AsyncClient, page: str, found: dict[str, list[tuple[float, int, int]]]) -> None:
    began = time.perf_counter()
    answer = await client.get(page)
    taken = (time.perf_counter() - began) * 1000
    found[page].append((taken, answer.status_code, answer.num_bytes_downloaded))


async def drive(url: str, rate: int, seconds: int, password: str) -> dict[str, list[tuple[float, int, int]]]:
    clients = {login: await signed_in(url, login, password) for login in PAGES}
    turns = [(client, page) for login, pages in PAGES.items() if (client := clients[login]) for page in pages]
    found: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for client, page in turns:  # once each: templates and plans are warm
        await ask(client, page, defaultdict(list))
    began, tasks = time.perf_counter(), []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        client, page = turns[number % len(turns)]
        tasks.append(asyncio.create_task(ask(client, page, found)))
    await asyncio.gather(*tasks)
    return found


@contextmanager
def served(port: int) -> Iterator[str]:
    """The product's own server on loopback, stopped afterwards; its address."""
    open_database(migrate=True)
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    program, arguments, environment = web_process(port, workers=2)
    server = subprocess.Popen([program, *arguments[1:]], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                httpx.get(url, timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rate", type=int, default=100)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--port", type=int, default=8099)
    options.add_argument("--password", default="kazna-demo")
    chosen = options.parse_args()
    with served(chosen.port) as url:
        found = asyncio.run(drive(url, chosen.rate, chosen.seconds, chosen.password))
    from kazna.contexts.registers import public as registers

    _tell(found, registers.counts()["people"], chosen.rate)


def _tell(found: dict[str, list[tuple[float, int, int]]], people: int, rate: int) -> None:
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {people:,} people, {rate}/s"
    )
    every = [taken for rows in found.values() for taken, _status, _size in rows]
    wrong = sum(status != 200 for rows in found.values() for _taken, status, _size in rows)

    def p95(rows: list[float]) -> float:
        return statistics.quantiles(rows, n=20)[18] if len(rows) > 1 else rows[0]

    slow = sorted(found, key=lambda page: -p95([row[0] for row in found[page]]))
    for page in slow[:10]:
        times = [row[0] for row in found[page]]
        print(f"{page:44} median {statistics.median(times):6.0f} ms, p95 {p95(times):6.0f} ms, {found[page][0][2]:,} B")
    largest = max(rows[0][2] for rows in found.values())
    print(f"p95 {p95(every):.0f} ms of {len(every)} answers, {wrong} not 200; largest page {largest:,} bytes")
    print(f"targets: {TARGET_MS} ms, {TARGET_BYTES:,} bytes")


if __name__ == "__main__":
    main()
