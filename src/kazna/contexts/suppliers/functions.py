"""What a person of a supplier may do, by the function declared for them; the database holds them to it.

`supplier_may` in the database knows which function gives which power (migration 0005): this module only asks it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from kazna.contexts.suppliers.models import Member
from kazna.kernel.errors import DomainError

WORDS = {
    "load": "загружать сведения",
    "describe": "описывать меры и точки присутствия",
    "sign": "вести сертификаты",
    "staff": "открывать и закрывать доступ сотрудникам",
}


class NotYourFunction(DomainError):
    sentence = "Вам не поручено {what}. Попросите руководителя вашего органа: функции названы в карточке органа."


def may(power: str) -> bool:
    """Whether the viewer of this transaction may load, describe, sign or staff."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT supplier_may(%s)", [power])
        return bool(cursor.fetchone()[0])


def demand(power: str) -> None:
    """Raises NotYourFunction."""
    if not may(power):
        raise NotYourFunction(what=WORDS[power])


def close_member(*, body: str, login: str, now: datetime) -> None:
    """From now on the account does nothing for its body; what it did stays."""
    Member.objects.filter(body=body, login=login, closed_at=None).update(is_active=False, closed_at=now)
