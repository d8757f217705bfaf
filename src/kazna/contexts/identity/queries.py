"""Reads of accounts."""

from kazna.contexts.identity.contracts import AccountCard
from kazna.contexts.identity.models import Account


def accounts() -> list[AccountCard]:
    """All accounts that may sign in, by role and login; an installation with built-in accounts has a handful."""
    return [card(account) for account in Account.objects.filter(is_active=True).order_by("role", "login")]


def card(account: Account) -> AccountCard:
    return AccountCard(
        login=account.login,
        role=account.role,
        shown_name=account.shown_name,
        body=account.body,
        territory=account.territory,
        person_id=account.person_id,
    )
