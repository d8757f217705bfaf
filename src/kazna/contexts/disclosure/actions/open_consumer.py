"""Open a consumer with its agreement; the key is shown once."""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict
from hashlib import sha256

from django.db import transaction

from kazna.contexts.disclosure.contracts import CHANGES, FIELDS, ConsumerRefused, NewAgreement
from kazna.contexts.disclosure.models import Agreement, Consumer
from kazna.plumbing.webhooks import is_address


@transaction.atomic
def open_consumer(*, code: str, title: str, agreement: NewAgreement, certificate: str = "") -> tuple[str, str]:
    """(key, webhook secret), neither of which can be read again; repeated for a known consumer it adds an agreement
    and gives it a new key. Raises ConsumerRefused.
    """
    check_agreement(code=code, title=title, terms=agreement)
    key, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32) if agreement.webhook_url else ""
    consumer, _is_new = Consumer.objects.update_or_create(
        code=code,
        defaults={"title": title, "key_digest": digest(key), "certificate": certificate.lower(), "is_active": True},
    )
    if Agreement.objects.filter(consumer=consumer, number=agreement.number).exists():
        raise ConsumerRefused(what=f"Соглашение «{agreement.number}» этой системы уже есть.")
    Agreement.objects.create(consumer=consumer, webhook_secret=secret, **asdict(agreement))
    return f"{code}.{key}", secret


@transaction.atomic
def put_agreement(*, code: str, title: str, terms: NewAgreement, certificate: str = "") -> tuple[str, str]:
    """Write an agreement as it is to be. (key, webhook secret): "" where none is new; a known system keeps its key.

    Raises ConsumerRefused.
    """
    if not Consumer.objects.filter(code=code).exists():
        return open_consumer(code=code, title=title, agreement=terms, certificate=certificate)
    check_agreement(code=code, title=title, terms=terms)
    Consumer.objects.filter(code=code).update(title=title, certificate=certificate.lower(), is_active=True)
    known = Agreement.objects.filter(consumer_id=code, number=terms.number).first()
    secret = secrets.token_urlsafe(32) if terms.webhook_url and not (known and known.webhook_secret) else ""
    kept = secret or (known.webhook_secret if known and terms.webhook_url else "")
    Agreement.objects.update_or_create(
        consumer_id=code, number=terms.number, defaults={**asdict(terms), "webhook_secret": kept}
    )
    return "", secret


def shut_consumer(*, code: str) -> None:
    """Shut a system out at once; an agreement approved anew lets it in."""
    Consumer.objects.filter(code=code).update(is_active=False)


def digest(key: str) -> str:
    """Keys are long and random, so a plain digest is enough."""
    return sha256(key.encode()).hexdigest()


def check_agreement(*, code: str, title: str, terms: NewAgreement) -> None:
    """Raises ConsumerRefused with what is wrong."""
    if not re.fullmatch(r"[a-z0-9-]{2,40}", code):
        raise ConsumerRefused(what="Код системы — от 2 до 40 латинских строчных букв, цифр и дефисов.")
    if not 2 <= len(title.strip()) <= 200 or "\x00" in title:
        raise ConsumerRefused(what="Название ведомства — от 2 до 200 знаков.")
    if not terms.purpose.strip() or not terms.legal_ground.strip():
        raise ConsumerRefused(what="Назовите цель и правовое основание: их прочтёт человек, о котором сведения.")
    if not terms.fields or set(terms.fields) - set(FIELDS) or set(terms.changes) - set(CHANGES):
        raise ConsumerRefused(what="Выберите хотя бы одно сведение из списка.")
    if terms.per_minute < 1 or terms.per_day < 1:
        raise ConsumerRefused(what="Ограничения — не меньше одного запроса.")
    if terms.valid_to and terms.valid_to <= terms.valid_from:
        raise ConsumerRefused(what="Соглашение кончается раньше, чем начинается.")
    if terms.webhook_url and not is_address(terms.webhook_url):
        raise ConsumerRefused(what="Адрес уведомлений начинается с https://.")
