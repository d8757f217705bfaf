"""What crosses the door of disclosure; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kazna.kernel.errors import DomainError

FIELDS = {
    "name": "Фамилия, имя, отчество",
    "birth_date": "Дата рождения",
    "address": "Адрес места жительства",
    "awards": "Назначенные меры поддержки",
    "disability": "Инвалидность",
    "residence": "Регистрация по месту жительства",
    "citizenship": "Гражданство",
    "incomes": "Выплаты и вознаграждения по месяцам",
    "obligations": "Обязательства по назначенным мерам по месяцам",
    "jobs": "Работа по месяцам",
    "experience": "Страховой стаж",
    "assignees": "Выплаты, полученные за умершего",
}
CHANGES = {
    "FactsChanged": "Изменились сведения",
    "AwardGranted": "Назначена мера",
    "AwardStopped": "Мера прекращена",
    "PaymentCredited": "Выплата зачислена",
}


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """What an agreement says. Days `[valid_from, valid_to)`; `territories` empty: everywhere; limits are requests."""

    number: str
    purpose: str
    legal_ground: str
    fields: tuple[str, ...]
    territories: tuple[str, ...]
    changes: tuple[str, ...]
    needs_consent: bool
    per_minute: int
    per_day: int
    valid_from: date
    valid_to: date | None
    webhook_url: str = ""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement of a consumer; `used_today` counts requests."""

    agreement_id: int
    consumer: str
    title: str
    is_active: bool
    terms: NewAgreement
    used_today: int = 0
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What was given: values by field of the agreement."""

    number: int
    person_id: UUID
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MonthSum:
    """Kopecks of a month, its first day."""

    month: date
    kopecks: int


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A payment received for a dead person: `number` of the dead one's award, `decided_on` for the heir."""

    dead_snils: str
    number: str
    decided_on: date
    kopecks: int


@dataclass(frozen=True, slots=True)
class DisabilityTold:
    """As the act of examination says; `act_on` is the day of the act, `known_on` the day we recorded it."""

    group: str
    cause: str
    act: str
    act_on: date
    known_on: date
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class DisclosedView:
    """One look by another agency, as the person reads it."""

    number: int
    given_at: datetime
    title: str
    purpose: str
    legal_ground: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent and for what. `withdrawn_at` None: in force."""

    agreement_id: int
    title: str
    purpose: str
    fields: tuple[str, ...]
    given_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change a consumer may hear of; the details are asked for by a disclosure."""

    number: int
    person_id: UUID
    kind: str
    happened_at: datetime


class ConsumerUnknown(DomainError):
    sentence = "Система не опознана. Проверьте ключ в заголовке Authorization: Bearer код.ключ."


class AgreementUnknown(DomainError):
    sentence = "Соглашение «{number}» не найдено, не вашей системы или не действует. Проверьте заголовок X-Agreement."


class ConsumerRefused(DomainError):
    """What is wrong with a new consumer or agreement."""

    sentence = "{what}"


class PersonNotDisclosed(DomainError):
    """Unknown here, of another territory, or no consent: answered alike, so that answers tell nothing."""

    sentence = "По этому СНИЛС сведения по соглашению не предоставляются: человека нет в доступной вам части регистра."


class ConsentMissing(DomainError):
    sentence = "Нужно согласие человека: он даёт его в личном кабинете, {where}."


class LimitReached(DomainError):
    sentence = "Превышено число запросов: {limit} {window}. Повторите через {seconds} с."


class ConsentNotAsked(DomainError):
    sentence = "Для этого соглашения согласие не нужно или соглашение не действует."
