"""An agency (МФЦ, Госуслуги, ЕГИССО) sends a whole application once under an idempotency key, reads where it stands,
takes it back: /api/applications/.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Header, Router, Schema
from ninja.security import APIKeyHeader
from pydantic import ConfigDict

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.kernel.identifiers import plain_snils
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.rest.agencies import calling_agency
from kazna.rest.answers import REFUSALS

SNILS = r"^\d{3}-?\d{3}-?\d{3}[ -]?\d{2}$"


class PersonUnknown(DomainError):
    sentence = "Человека со СНИЛС {snils} нет в реестре. Проверьте номер."


STATUSES: dict[type[DomainError], tuple[int, str]] = {
    PersonUnknown: (422, "person_unknown"),
    cases.applications.ApplicationNotFound: (404, "application_not_found"),
    cases.applications.NotRepresentative: (403, "not_representative"),
    cases.applications.MeasureNotOpen: (422, "measure_not_open"),
    cases.applications.ApplicationNotReady: (422, "application_not_ready"),
    measures.AnswerError: (422, "answer_wrong"),
}


class NewApplication(Schema):
    """One application as a machine sends it."""

    model_config = ConfigDict(extra="forbid")
    measure: str = Field(max_length=80, description="Мера из каталога", examples=["ru-child-benefit"])
    recipient_snils: str = Field(pattern=SNILS, description="СНИЛС получателя")
    subject_snils: str | None = Field(None, pattern=SNILS, description="СНИЛС ребёнка; пусто — мера для получателя")
    filed_by_snils: str | None = Field(None, pattern=SNILS, description="СНИЛС представителя; пусто — сам получатель")
    channel: Literal["api", "egisso"] = Field("api", description="Откуда заявление пришло к отправителю")
    answers: dict[str, str] = Field(default_factory=dict, max_length=100, description="Вопрос → ответ словами")


class ApplicationAnswer(Schema):
    """Where an application stands."""

    number: str
    measure: str
    state: str
    filed_on: date | None
    case_state: str | None
    case_outcome: str | None
    decision_id: UUID | None


class QuestionAnswer(Schema):
    """A question left to ask."""

    id: str
    text: str
    type: str
    choices: list[tuple[str, str]]
    help: str


class AgencyKey(APIKeyHeader):
    """The key of the agency that X-Agency names."""

    param_name = "X-Agency-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        return calling_agency(request)


router = Router(auth=AgencyKey(), tags=["Заявления"])


@router.post("/", response={200: ApplicationAnswer, **REFUSALS}, summary="Подать заявление")
def file(
    request: HttpRequest, told: NewApplication, key: str = Header(alias="Idempotency-Key", min_length=8, max_length=80)
) -> dict[str, Any]:
    """The same key and body: the same application; the same key with another body: 409."""
    sender: Viewer = request.auth  # type: ignore[attr-defined]
    body = json.dumps(told.dict(), ensure_ascii=False, sort_keys=True)
    with acting_as(sender):
        recipient = _person(told.recipient_snils)
        found = cases.applications.take(
            key=f"{sender.login}/{key}",
            digest=hashlib.sha256(body.encode()).hexdigest(),
            measure=told.measure,
            recipient_id=recipient,
            subject_id=_person(told.subject_snils) if told.subject_snils else recipient,
            filed_by=_person(told.filed_by_snils) if told.filed_by_snils else recipient,
            answers=told.answers,
            channel=told.channel,
            on=clock.today(),
            cause=Cause(document_id=None, received_at=timezone.now()),
        )
        return _answer(found)


@router.post("/questions", response={200: list[QuestionAnswer], **REFUSALS}, summary="Что спросить у заявителя")
def questions(request: HttpRequest, told: NewApplication) -> list[dict[str, Any]]:
    """What only the applicant can tell after these answers; nothing is stored."""
    with acting_as(request.auth):  # type: ignore[attr-defined]
        recipient = _person(told.recipient_snils)
        subject = _person(told.subject_snils) if told.subject_snils else recipient
        turn = measures.turn_of_form(
            measure=told.measure,
            roles=cases.applications.roles_for(measure=told.measure, recipient_id=recipient, subject_id=subject),
            answers=told.answers,
            on=clock.today(),
        )
    return [
        {"id": one.id, "text": one.text, "type": one.type, "choices": list(one.choices), "help": one.help}
        for one in turn.questions
    ]


@router.get("/{number}", response={200: ApplicationAnswer, **REFUSALS}, summary="Где заявление")
def show(request: HttpRequest, number: str) -> dict[str, Any]:
    """By its number; another agency's application is not there: 404."""
    with acting_as(request.auth):  # type: ignore[attr-defined]
        return _answer(cases.applications.application(number=number[:30], sender=request.auth.login))  # type: ignore[attr-defined]


@router.post("/{number}/withdraw", response={200: ApplicationAnswer, **REFUSALS}, summary="Отозвать заявление")
def withdraw(request: HttpRequest, number: str) -> dict[str, Any]:
    """Repeated, it is the same answer; after a decision 409."""
    with acting_as(request.auth):  # type: ignore[attr-defined]
        found = cases.applications.application(number=number[:30], sender=request.auth.login)  # type: ignore[attr-defined]
        cause = Cause(document_id=None, received_at=timezone.now())
        return _answer(cases.applications.withdraw(application_id=found.application_id, on=clock.today(), cause=cause))


def _person(snils: str) -> UUID:
    card = registers.person_by_snils(plain_snils(snils))
    if card is None:
        raise PersonUnknown(snils=snils)
    return card.person_id


def _answer(found: cases.applications.ApplicationView) -> dict[str, Any]:
    case = cases.case(case_id=found.case_id) if found.case_id else None
    return {
        "number": found.number,
        "measure": found.measure,
        "state": found.state,
        "filed_on": found.filed_on,
        "case_state": case.state if case else None,
        "case_outcome": case.outcome if case else None,
        "decision_id": case.decision_id if case else None,
    }
