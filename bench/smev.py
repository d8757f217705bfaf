"""Questions through СМЭВ: signed, sent, answered, taken, acknowledged, over HTTP with the stand-in in its own process.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/smev.py [--questions 300]

Prints milliseconds per question of each leg. The work of the stand-in (signatures, schemas, SQLite) is in it.
"""

from __future__ import annotations

import argparse
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import httpx

from kazna.cli.database import open_database
from kazna.kernel.places import VAR

ON = date(2026, 2, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=300)
    options = parser.parse_args()
    folder = VAR / "smev"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    standin = [sys.executable, "-m", "kazna.standins"]
    subprocess.run([*standin, "smev-keys", "--folder", str(folder)], check=True)
    url = f"http://127.0.0.1:{port}"
    os.environ |= {
        "KAZNA_SMEV_URL": f"{url}/ws",
        "KAZNA_SMEV_AGENCIES": "fns=FNS001",
        "KAZNA_SMEV_KEY": str(folder / "KAZNA.key"),
        "KAZNA_SMEV_CERTIFICATE": str(folder / "KAZNA.pem"),
        "KAZNA_SMEV_TRUST": str(folder / "trust"),
    }
    server = subprocess.Popen([*standin, "smev", "--folder", str(folder), "--port", str(port)])
    try:
        open_database(migrate=True)
        with httpx.Client(base_url=url, timeout=60) as client:
            wait_for(client)
            run(client, options.questions)
    finally:
        server.terminate()
        server.wait(10)


def run(client: httpx.Client, questions: int) -> None:
    from kazna.contexts.integration import public as integration
    from kazna.standins.documents.income_answer import write_income_answer
    from kazna.standins.documents.requests import read_income_request
    from kazna.standins.smev.participant import Participant

    passport = integration.IdentityDocument("21", "4507123456")
    person = integration.PersonRef("Иванова", "Анна", None, date(1990, 1, 1), "11223344595", "F", passport)
    integration.ask(questions=[integration.Question("fns", uuid4(), person, "2025", ON, ON) for _ in range(questions)])
    agency = Participant(client, VAR / "smev", "FNS001")
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {questions} questions")
    legs: dict[str, Callable[[], object]] = {
        "sign and send": integration.send_requests,
        "agency takes and answers": lambda: agency.answer_all(
            lambda body: write_income_answer(read_income_request(body), [])
        ),
        "take, verify, keep, acknowledge": lambda: integration.poll_smev(on=ON),
    }
    for name, leg in legs.items():
        began = time.perf_counter()
        outcome = leg()
        print(f"{(time.perf_counter() - began) / questions * 1000:7.1f} ms a question: {name} ({outcome})")


def wait_for(client: httpx.Client) -> None:
    for _ in range(200):
        try:
            client.get("/health").raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise SystemExit("the stand-in does not answer")


if __name__ == "__main__":
    main()
