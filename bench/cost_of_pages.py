"""What each page costs by processor: one process asks its own WSGI handler, page after page, nothing beside.

bench/pages.py runs it as the web role and hands over what to ask; told on standard input, answered on standard output.
The clock of a busy machine does not move these figures, and nothing of the client or of HTTP is in them.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http.cookies import SimpleCookie
from itertools import cycle, islice
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from processor import processor_of

Wsgi = Callable[..., Any]
Wanted = dict[str, list[tuple[str, list[str]]]]  # page → who asks it and by which addresses
WARM = 2  # times each page is asked before it counts


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one request on the average: milliseconds of this process and of the database's, statements without BEGIN and
    COMMIT."""

    here: float
    database: float
    statements: float


class Browser:
    """Keeps cookies, takes packed pages; every answer is read to its end, as a server does."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application
        self.cookies: dict[str, str] = {}

    def ask(self, address: str, form: dict[str, str] | None = None, packed: str = "gzip") -> tuple[int, bytes]:
        body = urlencode(form or {}).encode()
        parts = urlsplit(address)
        told: dict[str, Any] = {
            "REQUEST_METHOD": "POST" if form else "GET", "SCRIPT_NAME": "", "QUERY_STRING": parts.query,
            "PATH_INFO": _as_wsgi(parts.path), "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": packed, "HTTP_ACCEPT": "*/*", "HTTP_REFERER": "http://127.0.0.1/",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if form else "", "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        began: list[Any] = []
        answer = self.application(told, lambda status, headers, _problem=None: began.extend((status, headers)))
        content = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        for name, value in began[1]:
            if name.lower() == "set-cookie":
                self.cookies.update({key: one.value for key, one in SimpleCookie(value).items()})
        return int(began[0][:3]), content

    def sign_in(self, login: str, password: str) -> None:
        _status, page = self.ask("/login/", packed="identity")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        told = {"login": login, "password": password, "csrfmiddlewaretoken": token[1].decode() if token else ""}
        self.ask("/login/", told)


def _as_wsgi(path: str) -> str:
    return unquote_to_bytes(path).decode("latin-1")


def costs(application: Wsgi, wanted: Wanted, *, times: int, password: str) -> dict[str, Cost]:
    """Each page so many times, by each of its people in turn; by page."""
    from django.db import connection

    browsers = {login: Browser(application) for asked in wanted.values() for login, _addresses in asked}
    for login, browser in browsers.items():
        if login:
            browser.sign_in(login, password)
    connection.settings_dict["CONN_MAX_AGE"] = None  # one session of the database from the first page to the last
    statements = 0

    def counted(execute: Any, *told: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*told)

    found = {}
    with connection.execute_wrapper(counted):
        for page, asked in wanted.items():
            turns = cycle([(browsers[login], cycle(addresses)) for login, addresses in asked])
            for browser, addresses in islice(turns, max(WARM, len(asked))):
                browser.ask(next(addresses))
            session = _session()
            before = time.process_time(), processor_of(session), statements
            for browser, addresses in islice(turns, times):
                browser.ask(next(addresses))
            if session != _session():  # a new one began from nothing
                print(f"{page}: the session of the database ended", file=sys.stderr)
                session, before = _session(), (before[0], 0.0, before[2])
            after = time.process_time(), processor_of(session), statements
            here, there, many = (end - begin for begin, end in zip(before, after, strict=True))
            found[page] = Cost(here * 1000 / times, there * 1000 / times, many / times)
    return found


def _session() -> int:
    """The session that the next request takes: the one the last has given back."""
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def main() -> None:
    from kazna.config.wsgi import application, settling

    settling.join()
    told = json.load(sys.stdin)
    found = costs(application, told["wanted"], times=told["times"], password=told["password"])
    json.dump({page: asdict(one) for page, one in found.items()}, sys.stdout)


if __name__ == "__main__":
    main()
