"""Letters leave by SMTP once, and only to those who gave an address."""

import socket
from datetime import date
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.utils import timezone

from kazna.contexts.notifications import public as notifications
from kazna.contexts.notifications.actions.send_emails import send_emails
from kazna.events.cause import Cause

pytestmark = pytest.mark.django_db


class Catcher(Message):
    """Keeps what the SMTP server was given."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = []

    def handle_message(self, message) -> None:
        self.letters.append(message)


@pytest.fixture
def catcher(settings):
    kept = Catcher()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    yield kept
    server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tell(key: str, email: str | None) -> None:
    notifications.notify(
        [
            notifications.NewNotice(
                recipient_id=uuid4(),
                key=key,
                title="Деньги не дошли",
                happened="Банк вернул выплату.",
                why="Счёт закрыт.",
                next_step="Дайте другой счёт.",
                link="/payments/",
                on=date(2025, 3, 4),
                cause=Cause(None, timezone.now()),
                email=email,
            )
        ]
    )


def test_a_letter_leaves_once(catcher):
    tell("order:1", "anna@example.test")

    assert send_emails() == 1
    assert send_emails() == 0
    letter = catcher.letters[0]
    assert letter["X-RcptTo"] == "anna@example.test"
    assert letter["Message-ID"] == f"<{notifications.notice_id('order:1')}@kazna>"
    assert "Дайте другой счёт." in letter.get_payload(decode=True).decode()


def test_without_an_address_nothing_leaves(catcher):
    tell("order:1", None)

    assert send_emails() == 0


def test_a_refusing_host_keeps_the_letter_waiting(catcher):
    async def refuse(*_: object) -> str:
        return "452 too busy"

    catcher.handle_DATA = refuse
    tell("order:1", "anna@example.test")

    assert send_emails() == 0
    assert notifications.counts()["emailed"] == 0


def test_without_a_mail_host_nothing_is_tried(settings):
    settings.EMAIL_HOST = ""
    tell("order:1", "anna@example.test")

    assert send_emails() == 0
