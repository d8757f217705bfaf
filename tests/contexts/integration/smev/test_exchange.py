"""Questions and answers through a real СМЭВ: queues, signatures, acknowledgements."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.smev.exchange import Smev
from tests.contexts.integration.test_writing import MOTHER

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import AgencyRequest, SmevDelivery, SmevMessage
from kazna.contexts.integration.public import Question
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.requests import read_income_request

pytestmark = pytest.mark.django_db(transaction=True)
DEADLINE = TODAY + timedelta(days=7)
EMPLOYER = Payer("7799000001", "ООО «Ромашка & Ко»", dict.fromkeys(range(1, 13), 2_500_000))


def ask(subject_id: UUID | None = None) -> UUID:
    (asked,) = integration.ask(questions=[Question("fns", subject_id or uuid4(), MOTHER, "2025", TODAY, DEADLINE)])
    return asked.request_id


def income(body: bytes) -> bytes:
    return write_income_answer(read_income_request(body), [EMPLOYER])


def the_request() -> AgencyRequest:
    return AgencyRequest.objects.get()


def answer_and_poll(smev: Smev):
    smev.participant("FNS001").answer_all(income)
    return integration.poll_smev(on=TODAY)


def test_a_question_goes_and_its_answer_comes_back(smev):
    ask()

    assert integration.send_requests().sent == 1, the_request().last_error
    message = SmevMessage.objects.get()
    assert (message.message_id.version, message.told) == (1, "requestIsQueued")
    report = answer_and_poll(smev)

    assert (report.taken, report.trouble) == ({"handed": 1}, "")
    delivery = SmevDelivery.objects.get()
    assert (delivery.original_id, delivery.sender, delivery.agency) == (message.message_id, "FNS001", "fns")
    assert delivery.acknowledged_at is not None
    assert smev.waiting() == {}
    (document,) = integration.open_message(message_id=delivery.message_id, on=TODAY, received_at=delivery.received_at)
    assert document.status == "received", document.remarks
    assert integration.match_answers(documents=[document], on=TODAY)
    assert the_request().status == "answered"
