"""Open a built-in account."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from kazna.contexts.identity.contracts import AccountCard, AccountTaken
from kazna.contexts.identity.models import Account
from kazna.contexts.identity.queries import card


@transaction.atomic
def create_account(
    *,
    login: str,
    password: str,
    role: str,
    shown_name: str,
    body: str = "",
    territory: str = "",
    person_id: UUID | None = None,
    duties: Sequence[str] = (),
) -> AccountCard:
    """Open the account, or bring an existing one of the same role and person up to date; repeatable.

    A citizen needs `person_id`, others must not have it (the database checks). Raises AccountTaken.
    """
    account = Account.objects.select_for_update().filter(login=login).first() or Account(
        login=login, role=role, person_id=person_id
    )
    if (account.role, account.person_id) != (role, person_id):
        raise AccountTaken(login=login)
    account.shown_name, account.body, account.territory = shown_name, body, territory
    account.duties = list(duties)
    if not account.check_password(password):
        account.set_password(password)
    account.save()
    return card(account)
