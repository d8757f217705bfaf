"""Push messages: sent once, sealed for the browser, silent in quiet hours, never to a stranger's address."""

import base64
import json
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID, uuid4

import http_ece
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kazna.contexts.notifications import public as notifications
from kazna.contexts.notifications.actions.send_pushes import StraightSession, send_pushes
from kazna.events.cause import Cause

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 2, 16, 9, tzinfo=UTC)  # noon in Moscow
NIGHT = datetime(2026, 2, 16, 20, tzinfo=UTC)  # 23:00 in Moscow
SERVICE = "https://updates.push.services.mozilla.com"


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """The other end: holds the private key, reads what only it can read."""

    def __init__(self) -> None:
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        self.endpoint = f"{SERVICE}/wpush/{uuid4()}"

    def subscribe(self, person_id: UUID, **changed: str) -> UUID:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        told = {"endpoint": self.endpoint, "p256dh": b64(point), "auth": b64(self.secret), "name": "Телефон"}
        return notifications.add_device(person_id=person_id, **{**told, **changed})

    def read(self, body: bytes) -> dict[str, str]:
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret))


class Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.got, server.answer = [], 201
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class ToService(StraightSession):
    """The real wire, to the stand-in service."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def request(self, method: str, url: str, **named: object) -> requests.Response:
        return super().request(method, url.replace(SERVICE, f"http://127.0.0.1:{self.port}"), **named)


def tell(person_id: UUID, title: str = "Выплата зачислена") -> None:
    notifications.notify(
        [
            notifications.NewNotice(
                recipient_id=person_id, key=str(uuid4()), title=title, happened="Пришли деньги.", why="Так положено.",
                next_step="", link="/payments/", on=date(2026, 2, 16), cause=Cause(None, DAY),
            )
        ]
    )  # fmt: skip


def push(service, now: datetime = DAY) -> int:
    return send_pushes(now, session=ToService(service.server_port))


def test_a_browser_reads_what_was_sealed_for_it_and_gets_it_once(service):
    person, browser = uuid4(), Browser()
    tell(person, "Старое")
    browser.subscribe(person)
    tell(person)

    assert (push(service), push(service)) == (1, 0)
    headers, body = service.got[0]
    assert browser.read(body)["title"] == "Выплата зачислена"
    assert "зачислена".encode() not in body
    assert headers["authorization"].lower().startswith("vapid t=")


def test_devices_are_silent_in_quiet_hours_and_told_after_them(service):
    person, browser = uuid4(), Browser()
    browser.subscribe(person)
    notifications.choose_channels(person_id=person, chosen=notifications.ChannelsView(quiet_from=22, quiet_to=8))
    tell(person)

    assert (push(service, NIGHT), push(service, DAY)) == (0, 1)


def test_who_wants_no_push_gets_none(service):
    person = uuid4()
    Browser().subscribe(person)
    notifications.choose_channels(person_id=person, chosen=notifications.ChannelsView(by_push=False))
    tell(person)

    assert push(service) == 0


@pytest.mark.parametrize(("answer", "left"), [(410, 0), (404, 0), (500, 1), (429, 1), (301, 1)])
def test_a_browser_that_is_gone_is_forgotten_a_sick_service_is_tried_again(service, answer, left):
    person = uuid4()
    Browser().subscribe(person)
    tell(person)
    service.answer = answer

    assert push(service) == 0
    assert len(notifications.devices_of(person_id=person)) == left


def test_one_subscription_is_one_device(db):
    person, browser = uuid4(), Browser()

    assert browser.subscribe(person) == browser.subscribe(person)
    assert len(notifications.devices_of(person_id=person)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "http://updates.push.services.mozilla.com/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://updates.push.services.mozilla.com.evil.example/x"},
        {"endpoint": "https://updates.push.services.mozilla.com:8443/x"},
        {"endpoint": "https://user@updates.push.services.mozilla.com/x"},
        {"endpoint": "https://[::1/x"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": ""},
        {"endpoint": SERVICE + "/" + "x" * 600},
        {"p256dh": "AAAA"},
        {"p256dh": "не ключ"},
        {"auth": ""},
    ],
)
def test_strange_addresses_and_keys_are_refused(db, changed):
    with pytest.raises(notifications.DeviceRefused):
        Browser().subscribe(uuid4(), **changed)


def test_the_eleventh_device_is_refused(db):
    person = uuid4()
    for _ in range(10):
        Browser().subscribe(person)

    with pytest.raises(notifications.DeviceRefused):
        Browser().subscribe(person)


HOURS = [
    (22, 8, 23, 1),
    (22, 8, 7, 1),
    (22, 8, 8, 0),
    (13, 15, 14, 1),
    (13, 15, 15, 0),
    (5, 5, 5, 0),
    (None, None, 3, 0),
]


@pytest.mark.parametrize(("since", "until", "hour", "quiet"), HOURS)
def test_quiet_hours_go_over_midnight(since, until, hour, quiet):
    assert notifications.ChannelsView(quiet_from=since, quiet_to=until).is_quiet(hour) == bool(quiet)
