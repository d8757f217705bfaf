"""Sign in by the device's own lock (WebAuthn): add a key, use it, drop it."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kazna.contexts.identity.contracts import PasskeyRefused, PasskeyView, Place
from kazna.contexts.identity.models import Account, Passkey

NAMESPACE = UUID("5b7a53c1-6f0e-5f55-9d0b-0f6a2b9b3f10")
MOST_KEYS, LONGEST = 10, 20_000
VERIFIED = UserVerificationRequirement.REQUIRED


def begin_adding(*, account: Account, place: Place) -> tuple[str, str]:
    """(options for the browser as JSON, challenge to keep in the session)."""
    known = Passkey.objects.filter(account=account).values_list("credential_id", flat=True)
    if len(known) >= MOST_KEYS:
        raise PasskeyRefused(why=f"уже есть {MOST_KEYS} ключей, сначала удалите лишний")
    options = generate_registration_options(
        rp_id=place.host,
        rp_name="Казна",
        user_id=uuid5(NAMESPACE, account.login).bytes,
        user_name=account.login,
        user_display_name=account.shown_name or account.login,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in known],
    )
    return options_to_json(options), bytes_to_base64url(options.challenge)


def add(*, account: Account, place: Place, challenge: str, answer: str, name: str, now: datetime) -> UUID:
    """Keep the public half of the key that the browser made. Raises PasskeyRefused."""
    try:
        proven = verify_registration_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise PasskeyRefused(why="браузер ответил не тем, что мы спросили") from problem
    row, is_new = Passkey.objects.get_or_create(
        credential_id=proven.credential_id,
        defaults={
            "id": uuid5(NAMESPACE, proven.credential_id.hex()),
            "account": account,
            "public_key": proven.credential_public_key,
            "sign_count": proven.sign_count,
            "name": name.replace("\x00", "").strip()[:100] or "Устройство",
            "added_at": now,
        },
    )
    if not is_new and row.account_id != account.pk:
        raise PasskeyRefused(why="этот ключ принадлежит другому")
    return row.id


def begin_signing_in(*, place: Place) -> tuple[str, str]:
    """(options, challenge): any key that the device holds for this site."""
    options = generate_authentication_options(rp_id=place.host, user_verification=VERIFIED)
    return options_to_json(options), bytes_to_base64url(options.challenge)


@transaction.atomic
def sign_in(*, place: Place, challenge: str, answer: str, now: datetime) -> Account:
    """The account whose key signed the challenge. A copied key is told by its counter. Raises PasskeyRefused."""
    try:
        credential = _read(answer)
        credential_id = base64url_to_bytes(str(credential["rawId"]))
        row = Passkey.objects.select_for_update(of=("self",)).select_related("account").get(credential_id=credential_id)
        proven = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except Passkey.DoesNotExist:
        raise PasskeyRefused(why="такого ключа у нас нет: войдите по паролю и добавьте его снова") from None
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise PasskeyRefused(why="подпись ключа не сошлась") from problem
    if not row.account.is_active:
        raise PasskeyRefused(why="учётная запись закрыта")
    row.sign_count, row.used_at = proven.new_sign_count, now
    row.save(update_fields=["sign_count", "used_at"])
    return row.account


def drop(*, account: Account, passkey_id: UUID) -> None:
    """Only one's own."""
    Passkey.objects.filter(id=passkey_id, account=account).delete()


def keys_of(*, account: Account) -> list[PasskeyView]:
    rows = Passkey.objects.filter(account=account).order_by("-added_at")
    return [PasskeyView(row.id, row.name, row.added_at, row.used_at) for row in rows]


def _read(answer: str) -> dict[str, object]:
    if len(answer) > LONGEST:
        raise ValueError("too long")
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found
