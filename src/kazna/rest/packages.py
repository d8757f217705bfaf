"""REST for regional systems, under /api/egisso/v1/: the content of the official messages as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Query, Router, Schema
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers import public as suppliers
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as
from kazna.rest.answers import LARGEST_CURSOR, PAGE, REFUSALS


class BodyKey(HttpBearer):
    """`Authorization: Bearer код:ключ` of a body."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        with acting_as(Viewer("agency", "api")):
            return suppliers.body_of_key(token) if "\x00" not in token else None


class Record(Schema):
    model_config = ConfigDict(extra="forbid")
    element: str = Field(max_length=60, description="Вид записи, как в альбоме: fact, localMSZ, presencePoint…")
    card: dict[str, Any] = Field(description="Поля записи; даты и суммы строками")


class Package(Schema):
    model_config = ConfigDict(extra="forbid")
    message: str = Field(max_length=20, description="Сообщение и версия", examples=["10.06.S/1.1.0"])
    package_id: UUID
    records: list[Record] = Field(min_length=1, max_length=1000)


class Remark(Schema):
    rule_code: str
    severity: str
    message: str
    what_to_do: str


class Rejected(Schema):
    number: int = Field(description="Строка сообщения, 0 — пакет целиком")
    remarks: list[Remark]


class Protocol(Schema):
    records: int
    accepted: int
    rejected: list[Rejected]


class TakenPackage(Schema):
    number: int
    package_id: UUID
    message: str
    records: int
    accepted: int
    happened_at: datetime


class NewsAnswer(Schema):
    news: list[TakenPackage]
    next: int = Field(description="Передайте как after в следующий раз, даже если список пуст")


class FoundMeasure(Schema):
    id: UUID
    title: str
    provider: str
    msz: str
    first_day: str
    last_day: str | None


STATUSES: dict[type[DomainError], tuple[int, str]] = {
    suppliers.KeyUsedDifferently: (409, "key_used"),
    egisso.RecordsRefused: (422, "records_refused"),
}
router = Router(auth=BodyKey(), tags=["Пакеты ЕГИССО"])


@router.post("/packages", response={200: Protocol, **REFUSALS}, summary="Принять пакет записей")
def take(
    request: HttpRequest,
    told: Package,
    key: Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=80)],
) -> Any:
    """Повтор с тем же Idempotency-Key отвечает тем же и ничего не меняет."""
    body, now = request.auth, timezone.now()  # type: ignore[attr-defined]

    def answer() -> dict[str, Any]:
        payload = _composed(told)
        return _protocol(
            egisso.take_upload("api.xml", payload, provider=body, on=clock.today(), received_at=now, is_signed=True)
        )

    with acting_as(Viewer("agency", body, body)):
        return suppliers.answered_once(body=body, key=key, request=request.body, now=now, answer=answer)


@router.post("/check", response={200: list[dict[str, Any]], **REFUSALS}, summary="Проверить пакет, ничего не записывая")
def check(request: HttpRequest, told: Package) -> Any:
    body = request.auth  # type: ignore[attr-defined]
    with acting_as(Viewer("agency", body, body)):
        return list(egisso.check_upload("api.xml", _composed(told), known=egisso.known(clock.today()), provider=body))


@router.get("/news", response={200: NewsAnswer, **REFUSALS}, summary="Что принято после курсора")
def news(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=LARGEST_CURSOR, description="Поле next прошлого ответа")] = 0,
) -> Any:
    """Пакеты вашей организации, каким бы путём они ни пришли, до 200; то же приходит на адрес уведомлений с подписью
    X-Kazna-Signature.
    """
    body = request.auth  # type: ignore[attr-defined]
    with acting_as(Viewer("agency", body, body)):
        found = suppliers.news(body=body, after=after, limit=PAGE)
    told = [{"number": one.id, "package_id": one.package_id, "happened_at": one.happened_at, **one.said}
            for one in found]  # fmt: skip
    return {"news": told, "next": found[-1].id if found else after}


@router.get("/measures", response={200: list[FoundMeasure], **REFUSALS}, summary="Найти локальные меры")
def measures(request: HttpRequest, q: Annotated[str, Query(max_length=200)] = "", mine: bool = False) -> Any:
    """Действующие сегодня, лучшие первыми, до 50."""
    body = request.auth  # type: ignore[attr-defined]
    found = egisso.local_measures.search(
        words=q.replace("\x00", ""), provider=body if mine else "", on=clock.today(), in_force=True, limit=50
    )
    return [
        {"id": one.id, "title": one.title, "provider": one.provider, "msz": one.msz,
         "first_day": one.first_day.isoformat(), "last_day": one.last_day.isoformat() if one.last_day else None}
        for one in found
    ]  # fmt: skip


def _composed(told: Package) -> bytes:
    return egisso.compose(told.message, str(told.package_id), [(one.element, one.card) for one in told.records])


def _protocol(verdicts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "records": sum(one.get("records", 0) for one in verdicts),
        "accepted": sum(one.get("accepted", 0) for one in verdicts),
        "rejected": [{"number": one["number"], "remarks": one["remarks"]} for one in verdicts if one["remarks"]],
    }
