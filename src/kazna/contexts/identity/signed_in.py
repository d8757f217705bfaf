"""The account of a session, read by a plain statement: every request does it, and the ORM takes several times that."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from kazna.contexts.identity.models import Account


class SignedIn(ModelBackend):
    """Django's own back end but for that statement; who may not sign in any more is nobody."""

    def get_user(self, user_id: int) -> Account | None:
        statement, names = _statement()
        with connection.cursor() as cursor:
            cursor.execute(statement, [user_id])
            row = cursor.fetchone()
        account = Account.from_db(connection.alias, names, row) if row else None
        return account if account and self.user_can_authenticate(account) else None


@cache
def _statement() -> tuple[str, list[str]]:
    fields = Account._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f"SELECT {columns} FROM identity_account WHERE id = %s", [field.attname for field in fields]
