"""What agencies are told of people under agreements, and of changes: /api/v1/."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Path, Query, Router, Schema, Status
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field

from kazna.contexts.disclosure import public as disclosure
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.rest.answers import LARGEST_CURSOR, PAGE, REFUSALS

STATUSES: dict[type[DomainError], tuple[int, str]] = {
    disclosure.ConsumerUnknown: (401, "consumer_unknown"),
    disclosure.AgreementUnknown: (403, "agreement_unknown"),
    disclosure.ConsentMissing: (403, "consent_missing"),
    disclosure.PersonNotDisclosed: (404, "person_not_disclosed"),
    disclosure.LimitReached: (429, "limit_reached"),
}


class ConsumerKey(HttpBearer):
    """`Authorization: Bearer код.ключ`, or the certificate that the trusted proxy vouches for."""

    def __call__(self, request: HttpRequest) -> Any:
        given = request.headers.get("Authorization", "")
        key = given[7:] if given[:7].lower() == "bearer " else ""
        return self.authenticate(request, key)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        header = settings.KAZNA_CERTIFICATE_HEADER
        certificate = request.headers.get(header, "") if header else ""
        return disclosure.consumer_of(key=token, certificate=certificate)


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PersonQuestion(Strict):
    snils: str = Field(
        pattern=r"^\d{3}-?\d{3}-?\d{3}[ -]?\d{2}$", description="СНИЛС человека", examples=["112-233-445 95"]
    )
    fields: list[str] = Field([], max_length=20, description="Какие сведения; пусто — все, что разрешает соглашение")
    request_id: str = Field("", max_length=60, description="Ваш номер запроса; его увидит человек")


class PersonAnswer(Schema):
    number: int = Field(description="Номер записи о передаче")
    person_id: UUID
    fields: dict[str, Any] = Field(description="Сведения по названиям полей соглашения; суммы в копейках")


class SubscriptionQuestion(Strict):
    snils: str = Field(pattern=r"^\d{3}-?\d{3}-?\d{3}[ -]?\d{2}$", description="СНИЛС человека")


class SubscriptionAnswer(Schema):
    person_id: UUID


class ChangeAnswer(Schema):
    number: int
    person_id: UUID
    kind: str
    happened_at: datetime


class ChangesAnswer(Schema):
    changes: list[ChangeAnswer]
    next: int = Field(description="Передайте как after в следующий раз, даже если список пуст")


AgreementNumber = Annotated[str, Header(alias="X-Agreement", max_length=60, description="Номер соглашения")]
router = Router(auth=ConsumerKey(), tags=["Сведения по соглашению"])


@router.post("/people", response={200: PersonAnswer, **REFUSALS}, summary="Сведения о человеке по СНИЛС")
def person(request: HttpRequest, question: PersonQuestion, agreement: AgreementNumber) -> Any:
    """Только поля соглашения. Чужая территория и неизвестный СНИЛС отвечают одинаково: 404."""
    terms = _counted(request, agreement)
    given = disclosure.disclose(
        terms, snils=question.snils, only=question.fields, asked=question.request_id, on=clock.today(),
        now=timezone.now(),
    )  # fmt: skip
    return {"number": given.number, "person_id": given.person_id, "fields": given.fields}


@router.post("/subscriptions", response={200: SubscriptionAnswer, **REFUSALS}, summary="Подписаться на изменения")
def subscribe(request: HttpRequest, question: SubscriptionQuestion, agreement: AgreementNumber) -> Any:
    """Повтор ничего не меняет."""
    terms = _counted(request, agreement)
    return {"person_id": disclosure.subscribe(terms, snils=question.snils, now=timezone.now())}


@router.delete("/subscriptions/{person_id}", response={204: None, **REFUSALS}, summary="Отписаться")
def unsubscribe(request: HttpRequest, person_id: Path[UUID], agreement: AgreementNumber) -> Any:
    terms = _counted(request, agreement)
    if not disclosure.unsubscribe(terms, person_id=person_id):
        raise disclosure.PersonNotDisclosed()
    return Status(204, None)


@router.get("/changes", response={200: ChangesAnswer, **REFUSALS}, summary="Изменения после курсора")
def changes(
    request: HttpRequest,
    agreement: AgreementNumber,
    after: Annotated[int, Query(ge=0, le=LARGEST_CURSOR, description="Поле next прошлого ответа")] = 0,
) -> Any:
    """Самые ранние первыми, до 200. Тот же курсор даёт тот же ответ."""
    found = disclosure.changes(_counted(request, agreement), after=after, limit=PAGE)
    told = [{"number": one.number, "person_id": one.person_id, "kind": one.kind, "happened_at": one.happened_at}
            for one in found]  # fmt: skip
    return {"changes": told, "next": found[-1].number if found else after}


@router.post(
    "/egisso/10.13.I",
    response={**REFUSALS},
    summary="Выписки ЕГИССО по СНИЛС (10.13.I 2.0.0 пакетом и 1.0.3)",
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/xml": {"schema": {"type": "string"}}}},
        "responses": {200: {"description": "responsePackage", "content": {"application/xml": {}}}},
    },
)
def statements(request: HttpRequest, agreement: AgreementNumber) -> HttpResponse:
    """По официальной схеме: requestPackage до 50 запросов — responsePackage; request версии 1.0.3 — response."""
    terms = _agreement(request, agreement)
    answer = disclosure.answer_statements(terms, request.body, on=clock.today(), now=timezone.now())
    return HttpResponse(answer, content_type="application/xml; charset=utf-8")


def _agreement(request: HttpRequest, number: str) -> Any:
    if "\x00" in number:
        raise disclosure.AgreementUnknown(number="")
    return disclosure.agreement_of(consumer=request.auth, number=number, on=clock.today())  # type: ignore[attr-defined]


def _counted(request: HttpRequest, number: str) -> Any:
    terms = _agreement(request, number)
    disclosure.count_request(terms, now=timezone.now())
    return terms
