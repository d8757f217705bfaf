"""Reads of accounts."""

from collections.abc import Collection

from kazna.contexts.identity.contracts import AccountCard, AlarmView
from kazna.contexts.identity.models import Account, Alarm


def accounts() -> list[AccountCard]:
    """All accounts that may sign in, by role and login; an installation with built-in accounts has a handful."""
    return [card(account) for account in Account.objects.filter(is_active=True).order_by("role", "login")]


def staff(*, body: str = "", with_closed: bool = False) -> list[AccountCard]:
    """Accounts of those who work here, by body and login; closed ones when asked."""
    found = Account.objects.exclude(role=Account.Role.CITIZEN)
    found = found if with_closed else found.filter(is_active=True)
    found = found.filter(body=body) if body else found
    return [card(account) for account in found.order_by("body", "login")]


def shown_names(*, logins: Collection[str]) -> dict[str, str]:
    """Login → name, of those who have both."""
    found = Account.objects.filter(login__in=logins).exclude(shown_name="")
    return dict(found.values_list("login", "shown_name"))


def card(account: Account) -> AccountCard:
    return AccountCard(
        login=account.login,
        role=account.role,
        shown_name=account.shown_name,
        body=account.body,
        territory=account.territory,
        person_id=account.person_id,
        duties=tuple(account.duties),
        is_active=account.is_active,
    )


def alarms(*, limit: int, before: int | None = None) -> list[AlarmView]:
    """Open alarms about sign-ins, the newest first; `before` is the number of the last one seen."""
    found = Alarm.objects.filter(settled_at=None)
    if before is not None:
        found = found.filter(id__lt=before)
    return [
        AlarmView(row.id, row.raised_at, row.provider, row.person_id, tuple(row.fields), row.settled_by)
        for row in found.order_by("-id")[:limit]
    ]
