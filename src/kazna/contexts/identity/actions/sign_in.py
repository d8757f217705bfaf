"""Check a login and a password, slower and slower for those who guess."""

from datetime import datetime, timedelta
from math import ceil

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from kazna.contexts.identity.contracts import AccountClosedForAWhile, WrongPassword
from kazna.contexts.identity.models import Account

FREE_ATTEMPTS = 5
LONGEST_WAIT = timedelta(minutes=15)


def sign_in(*, login: str, password: str, now: datetime) -> Account:
    """Return the account whose password fits.

    After five failures in a row the account is closed for one minute, then two, four… up to fifteen.
    Raises WrongPassword, AccountClosedForAWhile.
    """
    refusal = None
    with transaction.atomic():  # the count of failures is kept although the call is refused
        account = Account.objects.select_for_update().filter(login=login, is_active=True).first()
        if account is None:
            make_password(password)  # an unknown login takes as long as a known one
            refusal = WrongPassword()
        elif account.closed_until and now < account.closed_until:
            refusal = _closed(account.closed_until, now)
        elif check_password(password, account.password):
            account.failed_sign_ins, account.closed_until = 0, None
            account.save(update_fields=["failed_sign_ins", "closed_until"])
        else:
            refusal = _count_failure(account, now)
    if refusal:
        raise refusal
    return account


def _count_failure(account: Account, now: datetime) -> WrongPassword | AccountClosedForAWhile:
    account.failed_sign_ins = min(account.failed_sign_ins + 1, 1000)
    beyond = account.failed_sign_ins - FREE_ATTEMPTS
    account.closed_until = now + min(timedelta(minutes=2 ** min(beyond, 10)), LONGEST_WAIT) if beyond >= 0 else None
    account.save(update_fields=["failed_sign_ins", "closed_until"])
    return _closed(account.closed_until, now) if account.closed_until else WrongPassword()


def _closed(until: datetime, now: datetime) -> AccountClosedForAWhile:
    return AccountClosedForAWhile(until=until, minutes=ceil((until - now) / timedelta(minutes=1)))
