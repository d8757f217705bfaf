"""Bring an account of staff to what administrators decided."""

from __future__ import annotations

from collections.abc import Sequence

from kazna.contexts.identity.models import Account


def change_staff(
    *,
    login: str,
    role: str,
    shown_name: str,
    body: str,
    territory: str,
    duties: Sequence[str],
    is_active: bool,
    password: str = "",
) -> None:
    """Open the account (then a password is needed) or change it; a closed one cannot sign in and its sessions end.

    Under the web's role the database lets this happen only inside an applied change by two people.
    """
    account = Account.objects.select_for_update().filter(login=login).first() or Account(login=login, role=role)
    account.shown_name, account.body, account.territory = shown_name, body, territory
    account.duties, account.is_active = list(duties), is_active
    if password:
        account.set_password(password)
    account.save()
