"""Every page of every role on the server: milliseconds at a steady rate of requests, processor, bytes over the wire.

KAZNA_VAR=var .venv/bin/python bench/pages.py [--rate 100] [--seconds 60] [--warm 20] [--port 8099] [--only WORD]
    [--mix equal|day] [--times 20] [--password kazna-demo] [--statements]

Needs a database with demo accounts (`kazna demo --people N --no-serve`), for a million people one that
bench/country_of_pages.py filled. Starts the product's own server with two workers on loopback and stops it; signs in
once an account, then asks the pages in turn at the rate, whatever the answers take, after --warm seconds of the same.
Each address that holds an id is asked with up to two hundred of them; all pages equally often, or with `--mix day` as
often as on a day of the portal (weights in pages_of_roles.py). Prints the slowest pages, p95 of all, the processor a
request took in the server, in the database and here, and the largest page as it went over the wire. Before that one
process asks each page --times times by itself, which tells what a page costs by processor and how many statements it
takes (0: left out; --seconds 0: only this). With --statements also the dearest statements. Targets: p95 of every page
≤ 150 ms, page ≤ 100 KB.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, cycle
from pathlib import Path

import aiohttp
import httpx
from cost_of_pages import Wanted
from pages_of_roles import LOGINS, PAGES, ids, ids_of, times_a_day
from processor import database_seconds, processor_seconds
from yarl import URL

from kazna.cli.database import open_database
from kazna.cli.serve import web_process

TARGET_MS, TARGET_BYTES = 150, 100_000
DEAREST = """
    SELECT calls, round(mean_exec_time::numeric, 2), round(max_exec_time::numeric, 1), round(total_exec_time::numeric),
           left(regexp_replace(query, '\\s+', ' ', 'g'), 300)
    FROM pg_stat_statements WHERE userid = 'kazna_web'::regrole ORDER BY total_exec_time DESC LIMIT 25
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: milliseconds, status, bytes over the wire."""

    taken: float
    status: int
    size: int


Found = dict[str, list[Answer]]
Choices = Iterator[tuple[aiohttp.ClientSession, Iterator[str]]]  # who asks a page next, its addresses one after another
Costs = dict[str, dict[str, float]]


async def signed_in(url: str, login: str, password: str) -> aiohttp.ClientSession:
    """A browser of an account, or of nobody; it takes packed pages and leaves them packed."""
    client = aiohttp.ClientSession(
        url, auto_decompress=False, connector=aiohttp.TCPConnector(limit=40, force_close=False),
        cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"Accept-Encoding": "gzip"},
    )  # fmt: skip
    if not login:
        return client
    async with client.get("/login/", headers={"Accept-Encoding": "identity"}) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', await page.text())
    told = {"login": login, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
    async with client.post("/login/", data=told, headers={"Referer": url}, allow_redirects=False) as answer:
        if answer.status != 302:
            print(f"no account {login} in this database: its pages are left out")
            await client.close()
    return client


async def ask(client: aiohttp.ClientSession, address: str) -> Answer:
    began = time.perf_counter()
    async with client.get(URL(address, encoded=True), allow_redirects=False) as answer:
        size = len(await answer.read())
    return Answer((time.perf_counter() - began) * 1000, answer.status, size)


def wanted_of(only: str) -> Wanted:
    """Pages of all roles with who asks them and by which addresses: of a role with several accounts, by each."""
    known, wanted = ids(), {}
    for role, pages in PAGES.items():
        logins = LOGINS.get(role, [role])
        own = {login: ids_of(login) for login in logins}
        for page in pages:
            if only not in page:
                continue
            choices = []
            for login in logins:
                told = {**known, **own[login]}
                names = re.findall(r"{(\w+)}", page)
                if all(told.get(name) for name in names):
                    choices.append((login, _addresses(page, names, told)))
            if choices:
                wanted[f"{role or 'open'} {page}"] = choices
            else:
                print(f"{role or 'open'} {page}: nothing of the kind in this database")
    return wanted


def _addresses(page: str, names: list[str], told: dict[str, list[str]]) -> list[str]:
    filled = [
        page.format(**dict(zip(names, row, strict=True))) for row in zip(*(told[name] for name in names), strict=False)
    ]
    return [str(URL(one)) for one in filled or [page]]


async def drive(url: str, server: int, wanted: Wanted, chosen: argparse.Namespace) -> tuple[Found, float, list[float]]:
    """Warm up, then ask; the answers by page, how late the last request went out, processor by where."""
    logins = dict.fromkeys(login for asked in wanted.values() for login, _addresses in asked)
    clients = {login: await signed_in(url, login, chosen.password) for login in logins}
    turns: dict[str, Choices] = {}
    for page, asked in wanted.items():
        open_ones = [(clients[login], cycle(some)) for login, some in asked if not clients[login].closed]
        if open_ones:
            turns[page] = cycle(open_ones)
    for choices in [*turns.values()] * 2:  # twice each: screens and the law are read by both workers
        client, addresses = next(choices)
        await ask(client, next(addresses))
    await _settled(server)
    await _at_rate(turns, chosen.rate, chosen.warm, chosen.mix)  # sessions, their caches and plans; figures
    _forget_statements()
    before = _processors(server)
    found, behind = await _at_rate(turns, chosen.rate, chosen.seconds, chosen.mix)
    spent = [end - begin for begin, end in zip(before, _processors(server), strict=True)]
    for client in clients.values():
        await client.close()
    return found, behind, spent


async def _at_rate(turns: dict[str, Choices], rate: int, seconds: int, mix: str) -> tuple[Found, float]:
    """Each request at its time, whatever the answers take; until all have come."""
    order = times_a_day(list(turns), rate * seconds) if mix == "day" and seconds else list(turns)
    found: Found = defaultdict(list)

    async def note(page: str, client: aiohttp.ClientSession, address: str) -> None:
        found[page].append(await ask(client, address))

    began, tasks = time.perf_counter(), []
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        page = order[number % len(order)]
        client, addresses = next(turns[page])
        tasks.append(asyncio.create_task(note(page, client, next(addresses))))
    behind = time.perf_counter() - began - max(0, rate * seconds - 1) / rate
    await asyncio.gather(*tasks)
    return found, behind


async def _settled(server: int) -> None:
    """Workers compile screens and read the law beside their first requests: that is no part of a later one."""
    for _ in range(120):
        before = processor_seconds(server)
        await asyncio.sleep(0.5)
        if processor_seconds(server) - before < 0.05:
            return


def each_by_itself(wanted: Wanted, times: int, password: str) -> Costs:
    """What every page costs, told by a process that has the web's role and nothing else to do."""
    _program, _arguments, environment = web_process(0)
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, str(here / "cost_of_pages.py")], env=environment, check=True, text=True,
        input=json.dumps({"wanted": wanted, "times": times, "password": password}), stdout=subprocess.PIPE,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _forget_statements() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        cursor.execute("SELECT pg_stat_statements_reset()")


@contextmanager
def served(port: int) -> Iterator[tuple[str, int]]:
    """The product's own server on loopback, stopped afterwards; its address and its process."""
    os.environ.setdefault("KAZNA_CLOCK", "stored")  # a demo's day stands still
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the database is asked before and after the measured time
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
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rate", type=int, default=100)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--warm", type=int, default=20, help="seconds at the same rate before that are not measured")
    options.add_argument("--port", type=int, default=8099)
    options.add_argument("--only", default="", help="pages whose address holds this")
    options.add_argument("--mix", choices=("equal", "day"), default="equal", help="how often each page is asked")
    options.add_argument("--times", type=int, default=20, help="how often each page is asked by itself first")
    options.add_argument("--password", default="kazna-demo")
    options.add_argument("--statements", action="store_true", help="the dearest statements too")
    options.add_argument("--slowest", type=int, default=20, help="how many of the slowest pages to print")
    chosen = options.parse_args()
    with served(chosen.port) as (url, server):
        from kazna.contexts.registers import public as registers

        people, wanted = registers.counts()["people"], wanted_of(chosen.only)
        if chosen.times:
            _tell_costs(each_by_itself(wanted, chosen.times, chosen.password), chosen.slowest, chosen.mix)
        if not chosen.seconds:
            return
        found, behind, spent = asyncio.run(drive(url, server, wanted, chosen))
    _tell(found, people, chosen.rate, chosen.slowest)
    asked = sum(len(rows) for rows in found.values())
    each = " ms, ".join(f"{where} {1000 * one / asked:.1f}" for where, one in zip(WHERE, spent, strict=True))
    print(f"processor a request: {each} ms; last request {behind:.1f} s late")
    if chosen.statements:
        _tell_statements()


WHERE = ("server", "database", "here")


def _processors(server: int) -> tuple[float, float, float]:
    return processor_seconds(server), database_seconds(), time.process_time()


def _p95(rows: list[float]) -> float:
    return statistics.quantiles(rows, n=20)[18] if len(rows) > 1 else rows[0]


def _tell_costs(found: Costs, dearest: int, mix: str) -> None:
    """The dearest pages by processor, then the average of all as often as the mix asks them."""
    print("each page by itself, processor in milliseconds a request; BEGIN and COMMIT are no statements")
    for page in sorted(found, key=lambda page: -found[page]["here"])[:dearest]:
        print("{:60} server {here:6.1f}, database {database:6.1f}, statements {statements:5.1f}".format(
            page, **found[page]))  # fmt: skip
    order = times_a_day(list(found), len(found) * 100) if mix == "day" else list(found)
    mean = {name: statistics.mean(found[page][name] for page in order) for name in next(iter(found.values()))}
    print("{} pages by themselves: server {here:.2f}, database {database:.2f}, statements {statements:.1f}".format(
        len(found), **mean))  # fmt: skip


def _tell(found: Found, people: int, rate: int, slowest: int) -> None:
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f}, {people:,} people, {rate}/s")
    times = {page: [row.taken for row in rows] for page, rows in found.items()}
    every = list(chain.from_iterable(times.values()))
    slow = sorted(times, key=lambda page: -_p95(times[page]))
    for page in slow[:slowest]:
        median = statistics.median(times[page])
        print(f"{page:60} median {median:6.0f} ms, p95 {_p95(times[page]):6.0f} ms, {found[page][0].size:,} B")
    wrong = {(page, row.status) for page, rows in found.items() for row in rows if row.status not in (200, 302)}
    for page, status in sorted(wrong):
        print(f"{page}: {status}")
    largest = max((row.size, page) for page, rows in found.items() for row in rows)
    over = sum(_p95(rows) > TARGET_MS for rows in times.values())
    print(
        f"{len(times)} pages, {len(every)} answers: median {statistics.median(every):.0f} ms, p95 {_p95(every):.0f} ms;"
        f" {over} pages over {TARGET_MS} ms at p95; {len(wrong)} that failed; largest {largest[0]:,} B ({largest[1]})"
    )


def _tell_statements() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(DEAREST)
        for row in cursor.fetchall():
            print("{:6} calls, mean {} ms, most {} ms, all {} ms: {}".format(*row))


if __name__ == "__main__":
    main()
