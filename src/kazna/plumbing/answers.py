"""The answer to a form is given once: a second sending waits for the first one and gets the same answer.

Written in the transaction that does what the form asks, so an answer is here exactly when the deed is done.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from kazna.plumbing.daily import daily
from kazna.plumbing.models import Answered

KEPT = timedelta(days=1)


def claim(key: UUID) -> str | None:
    """None: this sending is the first. Else the address the first one was answered with; waits while it works."""
    Answered.objects.bulk_create([Answered(key=key)], ignore_conflicts=True)
    return Answered.objects.values_list("address", flat=True).get(key=key) or None


def remember(key: UUID, address: str) -> None:
    Answered.objects.filter(key=key).update(address=address)


def release(key: UUID) -> None:
    """Nothing was done: the same form may be sent again."""
    Answered.objects.filter(key=key).delete()


@daily(name="plumbing.answers", order=90)
def forget(day: date) -> None:
    """Yesterday's pages are sent by nobody any more."""
    Answered.objects.filter(at__lt=timezone.now() - KEPT).delete()
