"""Open a consumer with its agreement; the key is shown once."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from urllib.parse import urlparse

from django.db import transaction

from kazna.contexts.disclosure.contracts import CHANGES, FIELDS, ConsumerRefused, NewAgreement
from kazna.contexts.disclosure.models import Agreement, Consumer

LOOPBACK = {"127.0.0.1", "localhost"}


@transaction.atomic
def open_consumer(*, code: str, title: str, agreement: NewAgreement, certificate: str = "") -> tuple[str, str]:
    """(key, webhook secret), neither of which can be read again; repeated for a known consumer it adds an agreement
    and gives it a new key. Raises ConsumerRefused.
    """
    if not re.fullmatch(r"[a-z0-9-]{2,40}", code):
        raise ConsumerRefused(what="Код системы — от 2 до 40 латинских строчных букв, цифр и дефисов.")
    _check(agreement)
    key, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32) if agreement.webhook_url else ""
    consumer, _is_new = Consumer.objects.update_or_create(
        code=code,
        defaults={"title": title, "key_digest": digest(key), "certificate": certificate.lower(), "is_active": True},
    )
    if Agreement.objects.filter(consumer=consumer, number=agreement.number).exists():
        raise ConsumerRefused(what=f"Соглашение «{agreement.number}» этой системы уже есть.")
    Agreement.objects.create(
        consumer=consumer, number=agreement.number, purpose=agreement.purpose, legal_ground=agreement.legal_ground,
        fields=list(agreement.fields), territories=list(agreement.territories), changes=list(agreement.changes),
        needs_consent=agreement.needs_consent, per_minute=agreement.per_minute, per_day=agreement.per_day,
        valid_from=agreement.valid_from, valid_to=agreement.valid_to, webhook_url=agreement.webhook_url,
        webhook_secret=secret,
    )  # fmt: skip
    return f"{code}.{key}", secret


def set_active(*, code: str, is_active: bool) -> None:
    """Shut a consumer out, or let it in again."""
    Consumer.objects.filter(code=code).update(is_active=is_active)


def digest(key: str) -> str:
    """Keys are long and random, so a plain digest is enough."""
    return sha256(key.encode()).hexdigest()


def _check(agreement: NewAgreement) -> None:
    if not agreement.purpose.strip() or not agreement.legal_ground.strip():
        raise ConsumerRefused(what="Назовите цель и правовое основание: их прочтёт человек, о котором сведения.")
    if not agreement.fields or set(agreement.fields) - set(FIELDS) or set(agreement.changes) - set(CHANGES):
        raise ConsumerRefused(what="Выберите хотя бы одно сведение из списка.")
    if agreement.per_minute < 1 or agreement.per_day < 1:
        raise ConsumerRefused(what="Ограничения — не меньше одного запроса.")
    place = urlparse(agreement.webhook_url)
    if agreement.webhook_url and place.scheme != "https" and place.hostname not in LOOPBACK:
        raise ConsumerRefused(what="Адрес уведомлений начинается с https://.")
