"""What crosses the door of accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kazna.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class AccountCard:
    """An account without its secret."""

    login: str
    role: str
    shown_name: str
    body: str
    territory: str
    person_id: UUID | None
    duties: tuple[str, ...] = ()
    is_active: bool = True


class WrongPassword(DomainError):
    """Also raised for an unknown login: the answer must not tell which logins exist."""

    sentence = "Логин или пароль не подходят. Проверьте раскладку клавиатуры и попробуйте ещё раз."


class AccountClosedForAWhile(DomainError):
    """Too many wrong passwords in a row; `until` says when the next one will be tried."""

    until: datetime
    sentence = "Пароль несколько раз подряд не подошёл. Следующая попытка — через {minutes} мин."


class AccountTaken(DomainError):
    """The login exists with another role or another person."""

    sentence = "Логин «{login}» уже занят другой учётной записью."


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """An outside provider of sign-in as screens name it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One started sign-in: kept in the visitor's session, used once. `going_to` is where to go afterwards."""

    provider: str
    state: str
    nonce: str
    verifier: str
    going_to: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Proven:
    """Who the provider says has signed in. `snils` is eleven digits or empty, `login` only for staff.

    `is_confirmed`: identity was checked in person or by equal means (ЕСИА: «подтверждённая»).
    """

    provider: str
    subject: str
    snils: str
    surname: str
    forename: str
    patronymic: str
    birth_date: date | None
    is_confirmed: bool
    id_token: str
    login: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The person of the register who has the proven СНИЛС."""

    person_id: UUID
    surname: str
    forename: str
    patronymic: str | None
    birth_date: date | None
    died_on: date | None
    territory: str


@dataclass(frozen=True, slots=True)
class AlarmView:
    """A sign-in that was refused because the provider and the register disagree; `fields` names what differs."""

    number: int
    raised_at: datetime
    provider: str
    person_id: UUID
    fields: tuple[str, ...]
    settled_by: str


class ProviderUnknown(DomainError):
    sentence = "Такой способ входа не настроен. Вернитесь на страницу входа и выберите другой."


class ProviderUnreachable(DomainError):
    sentence = "Сервис входа сейчас не отвечает. Подождите минуту и попробуйте ещё раз; ваши данные не пострадали."


class ProviderRefused(DomainError):
    """`code` is the provider's (ESIA-007014), `what` its official meaning."""

    sentence = "Сервис входа отказал: {what} (код {code}). Попробуйте войти ещё раз."


class SignInNotStarted(DomainError):
    """The answer belongs to no sign-in of this browser: forged, replayed, or the browser forgot it."""

    sentence = (
        "Этот ответ сервиса входа уже использован или начат в другом браузере. Начните вход заново на этой странице."
    )


class SignInTooSlow(DomainError):
    sentence = "С начала входа прошло больше {minutes} мин. Начните вход заново."


class TokenNotTrusted(DomainError):
    sentence = "Ответу сервиса входа нельзя доверять: {reason}. Мы никого не впустили; попробуйте войти ещё раз."


class AccountUnconfirmed(DomainError):
    """Law: rules of ЕСИА, Government resolution of 28.11.2011 № 977: identity is proven by a confirmed account only."""

    sentence = "Ваша учётная запись Госуслуг не подтверждена, поэтому показать личные сведения нельзя."


class PersonUnknown(DomainError):
    sentence = (
        "Вы вошли верно, но в нашем регистре нет человека с вашим СНИЛС. Обратитесь в клиентскую службу "
        "Социального фонда с паспортом и СНИЛС."
    )


class PersonDiffers(DomainError):
    """An alarm was raised: СНИЛС is known here under another name or birth date. Nobody is linked."""

    sentence = (
        "Сведения сервиса входа и нашего регистра о человеке с этим СНИЛС расходятся ({fields}). Мы не открыли "
        "кабинет и сообщили специалисту. Обратитесь в клиентскую службу с паспортом и СНИЛС."
    )


class StaffUnknown(DomainError):
    sentence = "Для этого сотрудника нет учётной записи. Её заводит администратор вашего ведомства."


@dataclass(frozen=True, slots=True)
class Place:
    """Where the browser is: the host a key belongs to and the whole origin it signs."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A key of one's own, without the key."""

    passkey_id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None


class PasskeyRefused(DomainError):
    sentence = "Вход по лицу или отпечатку не получился: {why}."
