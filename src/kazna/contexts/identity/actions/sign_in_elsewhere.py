"""Sign-in by a provider's word: start, come back, be admitted as a person of the register."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from kazna.contexts.identity.contracts import (
    AccountUnconfirmed,
    Attempt,
    KnownPerson,
    PersonDiffers,
    PersonUnknown,
    Proven,
    SignInTooSlow,
    StaffUnknown,
)
from kazna.contexts.identity.models import Account, Alarm, Link
from kazna.contexts.identity.providers import esia, plain
from kazna.contexts.identity.providers.settings import OIDC, provider

LONGEST = timedelta(minutes=10)
FIELDS = {"surname": "фамилия", "forename": "имя", "patronymic": "отчество", "birth_date": "дата рождения"}


def begin(*, code: str, redirect_uri: str, going_to: str, now: datetime) -> tuple[str, Attempt]:
    """The address to send the browser to, and what to remember until it comes back.

    Raises ProviderUnknown, ProviderUnreachable.
    """
    one = provider(code)
    attempt = Attempt(code, str(uuid4()), secrets.token_urlsafe(24), secrets.token_urlsafe(48), going_to, now)
    speak = plain if one.protocol == OIDC else esia
    return speak.address(one, attempt, redirect_uri, now), attempt


def come_back(*, attempt: Attempt, code: str, redirect_uri: str, now: datetime) -> Proven:
    """Who has signed in at the provider; the caller has already forgotten the attempt, it is used once.

    Raises SignInTooSlow, ProviderUnreachable, ProviderRefused, TokenNotTrusted.
    """
    if now - attempt.began_at > LONGEST:
        raise SignInTooSlow(minutes=LONGEST // timedelta(minutes=1))
    one = provider(attempt.provider)
    return (plain if one.protocol == OIDC else esia).exchange(one, attempt, code, redirect_uri, now)


def goodbye(*, code: str, id_token: str, back: str) -> str:
    """Where the browser goes to sign out at the provider as well, empty when nowhere."""
    one = provider(code)
    return plain.goodbye(one, id_token, back) if one.protocol == OIDC else esia.goodbye(one, back)


def admit(*, proven: Proven, known: KnownPerson | None, now: datetime) -> Account:
    """The account of the proven person, opened on the first sign-in.

    СНИЛС says who, name and birth date must agree with the register: what differs raises an alarm for an officer and
    nobody is let in. Raises AccountUnconfirmed, PersonUnknown, PersonDiffers, StaffUnknown.
    """
    if not proven.is_confirmed:
        raise AccountUnconfirmed()
    if proven.login:
        return _staff(proven)
    if not proven.snils or known is None:
        raise PersonUnknown()
    differing = differences(proven, known)
    with transaction.atomic():
        link = Link.objects.select_for_update().filter(provider=proven.provider, subject=proven.subject).first()
        if link and link.account.person_id != known.person_id:
            differing.append("владелец учётной записи")
        if not differing:
            return _admitted(proven, known, link, now)
        Alarm.objects.create(
            provider=proven.provider, subject=proven.subject, person_id=known.person_id, territory=known.territory,
            fields=differing, raised_at=now,
        )  # fmt: skip
    raise PersonDiffers(fields=", ".join(differing))


def differences(proven: Proven, known: KnownPerson) -> list[str]:
    """Russian names of what the provider tells otherwise than the register; ё is е, a living person is expected."""
    found = [
        title
        for field, title in FIELDS.items()
        if _plain(getattr(proven, field)) != _plain(getattr(known, field))
        and not (field == "patronymic" and not proven.patronymic)  # not every provider tells it
    ]
    return found + (["в регистре человек умер"] if known.died_on else [])


def _plain(value: object) -> str:
    return str(value or "").casefold().replace("ё", "е").strip()


def _admitted(proven: Proven, known: KnownPerson, link: Link | None, now: datetime) -> Account:
    if link:
        account = link.account
    else:
        account = Account.objects.filter(role=Account.Role.CITIZEN, person_id=known.person_id).first() or _open(
            proven, known
        )
        Link.objects.create(provider=proven.provider, subject=proven.subject, account=account, linked_at=now)
    if not account.is_active:
        raise PersonUnknown()
    return account


def _open(proven: Proven, known: KnownPerson) -> Account:
    account = Account(
        login=f"{proven.provider}-{known.person_id}"[:60],
        role=Account.Role.CITIZEN,
        shown_name=" ".join(part for part in (known.surname, known.forename, known.patronymic) if part),
        person_id=known.person_id,
        territory=known.territory,
    )
    account.set_unusable_password()
    account.save()
    return account


def _staff(proven: Proven) -> Account:
    """Staff accounts are opened by an administrator; the provider only proves who comes."""
    account = Account.objects.filter(login=proven.login, is_active=True).exclude(role=Account.Role.CITIZEN).first()
    if account is None:
        raise StaffUnknown()
    return account
