"""Senders that post one message at a time over HTTP; part of bench/intake.py."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice

from processor import processor_seconds

HEADERS = {"Content-Type": "application/xml", "X-Agency": "zags", "Prefer": "respond-async"}


def post_and_read(payloads: Sequence[bytes], *, senders: int, key: str, database_seconds) -> None:
    """Post all, each waiting for its 202, while this process reads what is kept; print the figures."""
    from kazna.plumbing import deliver, outbox

    for name in set(outbox.consumers) - {"registers.on_message"}:  # what follows from the facts is not intake
        del outbox.consumers[name]
    with _web() as (port, web):
        began, here, database = time.perf_counter(), time.process_time(), database_seconds()
        web_began = processor_seconds(web)
        told = multiprocessing.get_context("spawn").Queue()
        crowd = multiprocessing.get_context("spawn").Process(
            target=_send_all, args=(payloads, senders, port, key, told)
        )
        crowd.start()
        kept = read = batches = 0
        while read < len(payloads):
            got = deliver.deliver_batch()
            read, batches = read + got, batches + bool(got)
            if not got:
                if not crowd.is_alive() and crowd.exitcode:
                    raise SystemExit("the senders failed")
                time.sleep(0.02)
        wall, kept = time.perf_counter() - began, told.get()
        crowd.join()
        own, base = time.process_time() - here, database_seconds() - database
        server = processor_seconds(web) - web_began
    count = len(payloads)
    print(f"{count} messages one by one from {senders} senders, read in {batches} batches")
    print(
        f"durable, answered 202: {count / kept:.0f} messages/s; in facts: {count / wall:.0f} messages/s ({wall:.1f} s)"
    )
    each = [part / count * 1000 for part in (server, own, base)]
    print(f"processor a message: {each[0]:.2f} ms web, {each[1]:.2f} ms reader, {each[2]:.2f} ms PostgreSQL")
    print(f"two cores by processor time: {2000 / sum(each):.0f} messages/s")


@contextmanager
def _web() -> Iterator[tuple[int, int]]:
    """The product's own web server on a free port: (port, process)."""
    from kazna.cli.serve import web_process

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _program, arguments, environment = web_process(port)
    server = subprocess.Popen(arguments, env=environment)
    try:
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(10)


def _send_all(payloads: Sequence[bytes], senders: int, port: int, key: str, told) -> None:
    """In a process of its own; tells the seconds until the last answer."""
    os.nice(1)
    began = time.perf_counter()
    with ThreadPoolExecutor(senders) as crowd:
        list(crowd.map(lambda first: _send(islice(payloads, first, None, senders), port, key), range(senders)))
    told.put(time.perf_counter() - began)


def _send(payloads: Iterator[bytes], port: int, key: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port)
    for payload in payloads:
        line.request("POST", "/intake/", payload, HEADERS | {"X-Agency-Key": key})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 202:
            raise SystemExit(f"{answer.status}: {body[:300]!r}")
