"""The account of a session, read by a statement that is prepared: every request does it."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from kazna.contexts.identity.models import Account
from kazna.plumbing.session.prepared import Prepared


class SignedIn(ModelBackend):
    """Django's own back end but for that statement; who may not sign in any more is nobody."""

    def get_user(self, user_id: int) -> Account | None:
        statement, names = _statement()
        rows = statement.rows(user_id)
        account = Account.from_db(connection.alias, names, rows[0]) if rows else None
        return account if account and self.user_can_authenticate(account) else None


@cache
def _statement() -> tuple[Prepared, list[str]]:
    fields = Account._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = Prepared(f"SELECT {columns} FROM identity_account WHERE id = $1")
    return statement, [field.attname for field in fields]
