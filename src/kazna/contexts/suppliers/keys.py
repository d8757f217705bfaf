"""Keys of regional systems, and answers kept so that a request sent again is answered the same."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.models import ApiAnswer, ApiKey
from kazna.kernel.errors import DomainError


class KeyUsedDifferently(DomainError):
    sentence = "С этим Idempotency-Key уже пришёл другой запрос: возьмите новый ключ для нового содержания."


def give_key(*, body: str, now: datetime) -> str:
    """A new key of a body, shown once: "code:secret"."""
    secret = secrets.token_urlsafe(32)
    card = egisso.participants.body(body)
    ApiKey.objects.create(body=body, region=card.territory if card else "", digest=_digest(secret), added_at=now)
    return f"{body}:{secret}"


def withdraw_keys(*, body: str, now: datetime) -> int:
    """All keys of a body stop working; return how many."""
    return ApiKey.objects.filter(body=body, withdrawn_at__isnull=True).update(withdrawn_at=now)


def live_keys(*, body: str) -> list[datetime]:
    """When each key of a body that works was given, the newest first."""
    found = ApiKey.objects.filter(body=body, withdrawn_at__isnull=True)
    return list(found.order_by("-added_at").values_list("added_at", flat=True))


def body_of_key(key: str) -> str | None:
    """Code of the body whose live key this is."""
    body, _, secret = key.partition(":")
    found = ApiKey.objects.filter(body=body, digest=_digest(secret), withdrawn_at__isnull=True).first()
    return found.body if found else None


@transaction.atomic
def answered_once(
    *, body: str, key: str, request: bytes, now: datetime, answer: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The kept answer to the same request, or a new one, kept in the same transaction. Raises KeyUsedDifferently."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(782, hashtext(%s))::text", [f"{body} {key}"])
    digest = sha256(request).hexdigest()
    kept = ApiAnswer.objects.filter(body=body, key=key).first()
    if kept is None:
        kept = ApiAnswer.objects.create(body=body, key=key, digest=digest, answer=answer(), answered_at=now)
    if kept.digest != digest:
        raise KeyUsedDifferently()
    return dict(kept.answer)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
