"""Registers go to the bank by HTTP; a lost answer or a refusal changes nothing but the note of it."""

from datetime import date

import httpx
import pytest
from django.db import connection
from tests.contexts.payments.below import cause, granted

from kazna.cli.database import grant_web_role
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.make_registers import make_registers
from kazna.contexts.payments.actions.schedule_payments import schedule_payments
from kazna.contexts.payments.actions.send_registers import send_registers
from kazna.contexts.payments.models import Order, Register
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db

TUESDAY = date(2025, 3, 4)


@pytest.fixture
def made(below, bank, settings):
    settings.KAZNA_AGENCY_URLS = {"bank": "http://bank.test"}
    bank.take_on(granted(below.person()))
    schedule_payments(TUESDAY, cause(), below)
    make_registers(TUESDAY, below)


def bank_that(answer):
    """A client whose bank answers so, and the bodies it was given."""
    bodies = []

    def take(request):
        bodies.append((str(request.url), request.content))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return httpx.Client(transport=httpx.MockTransport(take)), bodies


def test_a_taken_register_is_sent(made):
    client, bodies = bank_that(httpx.Response(202))

    assert send_registers(TUESDAY, client=client) == 1

    [(url, body)] = bodies
    assert url == "http://bank.test/bank/registers"
    assert "26941.71" in body.decode()
    assert Register.objects.get().sent_on == TUESDAY
    assert Order.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (httpx.Response(422, text="счёт плательщика закрыт"), "банк ответил 422: счёт плательщика закрыт"),
        (httpx.ConnectError("no route"), "банк не ответил: ConnectError"),
    ],
)
def test_a_register_not_taken_waits_with_the_reason(made, answer, problem):
    client, _ = bank_that(answer)

    assert send_registers(TUESDAY, client=client) == 0

    assert (Register.objects.get().state, Register.objects.get().problem) == ("made", problem)
    assert Order.objects.get().state == "in_register"


def test_the_same_bytes_go_again_after_a_lost_answer(made):
    deaf, first = bank_that(httpx.ReadTimeout("lost"))
    client, second = bank_that(httpx.Response(202))

    send_registers(TUESDAY, client=deaf)
    send_registers(date(2025, 3, 5), client=client)

    assert first == second
    assert Register.objects.get().problem == ""


def test_without_an_address_nothing_is_sent(made, settings):
    settings.KAZNA_AGENCY_URLS = {"bank": ""}

    assert send_registers(TUESDAY) == 0


def test_the_recipient_sees_the_payment_and_its_register_with_the_rights_of_the_web(made):
    order = Order.objects.get()
    viewer = Viewer("citizen", "anna", person_ids=(order.recipient_id,))
    grant_web_role()

    with connection.cursor() as cursor, acting_as(viewer):
        cursor.execute("SET LOCAL ROLE kazna_web")
        (payment,) = payments.payments_of(person_id=order.recipient_id)
        cursor.execute("RESET ROLE")

    assert payment.register_number == Register.objects.get().number
