"""What crosses the door of accounts."""

from dataclasses import dataclass
from datetime import datetime
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
