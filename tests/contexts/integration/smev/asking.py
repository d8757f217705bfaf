"""A question that went through СМЭВ, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.test_writing import MOTHER

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import AgencyRequest, SmevMessage
from kazna.contexts.integration.public import Question
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.requests import read_income_request

DEADLINE = TODAY + timedelta(days=7)
EMPLOYER = Payer("7799000001", "ООО «Ромашка & Ко»", dict.fromkeys(range(1, 13), 2_500_000))


def ask(subject_id: UUID | None = None) -> UUID:
    (asked,) = integration.ask(questions=[Question("fns", subject_id or uuid4(), MOTHER, "2025", TODAY, DEADLINE)])
    return asked.request_id


def sent() -> SmevMessage:
    """A question, sent."""
    ask()
    assert integration.send_requests().sent == 1, the_request().last_error
    return SmevMessage.objects.get()


def income(body: bytes) -> bytes:
    return write_income_answer(read_income_request(body), [EMPLOYER])


def the_request() -> AgencyRequest:
    return AgencyRequest.objects.get()


def send_now() -> None:
    """Whatever pause the failed try has earned, send."""
    AgencyRequest.objects.update(next_try_at=the_request().next_try_at - timedelta(days=1))
    integration.send_requests()
