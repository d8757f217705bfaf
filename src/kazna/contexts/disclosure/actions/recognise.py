"""Who is calling, under which agreement, and within its limits."""

from __future__ import annotations

import hmac
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from kazna.contexts.disclosure.actions.open_consumer import digest
from kazna.contexts.disclosure.contracts import AgreementUnknown, ConsumerUnknown, LimitReached
from kazna.contexts.disclosure.models import Agreement, Consumer

WINDOWS = (("minute", timedelta(minutes=1), "в минуту"), ("day", timedelta(days=1), "в сутки"))
COUNT = """
    INSERT INTO disclosure_use (agreement_id, "window", began_at, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (agreement_id, "window", began_at) DO UPDATE SET count = disclosure_use.count + 1 RETURNING count
"""


def consumer_of(*, key: str, certificate: str) -> str:
    """Code of the calling consumer, by key or by the fingerprint a trusted proxy vouches for. Raises ConsumerUnknown.

    An unknown code costs the same comparison.
    """
    if certificate:
        found = Consumer.objects.filter(certificate=certificate.lower(), is_active=True).first()
        if found:
            return found.code
    code, _, secret = key.partition(".")
    found = Consumer.objects.filter(code=code, is_active=True).first()
    if not hmac.compare_digest(digest(secret), found.key_digest if found else "-" * 64) or found is None:
        raise ConsumerUnknown()
    return found.code


def agreement_of(*, consumer: str, number: str, on: date) -> Agreement:
    """Raises AgreementUnknown."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    found = Agreement.objects.filter(in_force, consumer_id=consumer, number=number).first()
    if found is None:
        raise AgreementUnknown(number=number[:60])
    return found


def count_request(agreement: Agreement, *, now: datetime) -> None:
    """Count one request, refused ones too. Raises LimitReached; the count is kept."""
    if refusal := _counted(agreement, now):
        raise refusal


@transaction.atomic
def _counted(agreement: Agreement, now: datetime) -> LimitReached | None:
    refusal = None
    for window, length, words in WINDOWS:
        began = now.replace(second=0, microsecond=0)
        began = began if window == "minute" else began.replace(hour=0, minute=0)
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [agreement.id, window, began])
            used = int(cursor.fetchone()[0])
        limit = agreement.per_minute if window == "minute" else agreement.per_day
        if used > limit:
            seconds = max(1, int((began + length - now).total_seconds()) + 1)
            refusal = LimitReached(limit=limit, window=words, seconds=seconds)
    return refusal
