"""Agencies of the journey: they take what the product sends over HTTP and answer a day later."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.factories.people import cause

from kazna.contexts.registers import public as registers
from kazna.standins.documents.bank_register import read_credit_register
from kazna.standins.documents.bank_statement import CreditOutcome, write_bank_statement
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.requests import read_income_request, read_unemployment_request
from kazna.standins.documents.unemployment_answer import write_unemployment_answer

EMPLOYER = Payer("7799000001", "ООО «Ромашка»", dict.fromkeys(range(1, 13), 2_500_000))


@dataclass
class Agencies:
    """`url` for all of them; `received`: (path, body) not answered yet; `asked`: paths ever asked.

    The bank refuses `closed_accounts`.
    """

    url: str = ""
    received: list[tuple[str, bytes]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    closed_accounts: set[str] = field(default_factory=set)

    def answer(self, on: date) -> None:
        """Send the product an answer to everything received so far."""
        waiting, self.received = self.received, []
        for path, body in waiting:
            self.asked.add(path)
            agency, payload = self._answer(path, body, on)
            (receipt,) = registers.take_in(
                payload=payload, agency=agency, file_name="", content_type="", on=on, received_at=cause(on).received_at
            )
            assert receipt.status == "accepted", receipt.remarks

    def _answer(self, path: str, body: bytes, on: date) -> tuple[str, bytes]:
        if path == "/fns/income":
            request = read_income_request(body)
            return "fns", write_income_answer(request, [EMPLOYER] if request.year == 2025 else [])
        if path == "/szn/unemployment":
            return "szn", write_unemployment_answer(read_unemployment_request(body), [], answered_on=on)
        register = read_credit_register(body)
        outcomes = [
            CreditOutcome(credit, "счёт закрыт" if credit.account in self.closed_accounts else None)
            for credit in register.credits
        ]
        return "bank", write_bank_statement(register, outcomes, dated=on)


@contextmanager
def agencies() -> Iterator[Agencies]:
    """A server on a free port for the time of the journey."""
    known = Agencies()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known.received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    known.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
