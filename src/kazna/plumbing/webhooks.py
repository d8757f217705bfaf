"""Webhooks: what is told is sent to an address, signed, and tried again with growing pauses."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlparse

import httpx
from django.db import models, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

EVERY_SECONDS, AT_ONCE, MOST_ATTEMPTS, PATIENCE_SECONDS = 5, 100, 12, 5.0
SIGNATURE, NUMBER = "X-Kazna-Signature", "X-Kazna-Change"
LOOPBACK = {"127.0.0.1", "localhost"}


class Outgoing(models.Model):
    """Columns of a table whose rows are told by webhook; `error` of the last attempt."""

    sent_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(db_default=0)
    not_before = models.DateTimeField(db_default=Now())
    error = models.CharField(max_length=200, db_default="")

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes where. `number` tells repetitions apart: the receiver drops one it has seen."""

    url: str
    secret: str
    number: int
    body: dict[str, Any]


def is_address(url: str) -> bool:
    """Over TLS, or to this machine."""
    place = urlparse(url)
    return (place.scheme == "https" and bool(place.hostname)) or place.hostname in LOOPBACK


def send_waiting(rows: QuerySet[Any], parcel_of: Callable[[Any], Parcel]) -> None:
    """One batch of rows of an `Outgoing` that have an address; an address that fails holds only its own."""
    now = timezone.now()
    with transaction.atomic(), httpx.Client(timeout=PATIENCE_SECONDS, follow_redirects=False) as client:
        waiting = rows.select_for_update(skip_locked=True, of=("self",)).filter(
            sent_at=None, not_before__lte=now, attempts__lt=MOST_ATTEMPTS
        )
        silent: set[str] = set()
        for row in waiting.order_by("id")[:AT_ONCE]:
            parcel = parcel_of(row)
            if parcel.url not in silent and not _settle(rows, row, _send(client, parcel), now):
                silent.add(parcel.url)


def _settle(rows: QuerySet[Any], row: Any, problem: str, now: datetime) -> bool:
    """True when it was taken."""
    this = rows.model._default_manager.filter(id=row.id)
    if not problem:
        this.update(sent_at=timezone.now(), error="")
        return True
    pause = timedelta(seconds=min(2 ** (row.attempts + 1), 3600))
    this.update(attempts=F("attempts") + 1, error=problem[:200], not_before=now + pause)
    return False


def _send(client: httpx.Client, parcel: Parcel) -> str:
    """Empty when it was taken; the receiver checks HMAC-SHA-256 of the body."""
    body = json.dumps(parcel.body, ensure_ascii=False).encode()
    signature = hmac.new(parcel.secret.encode(), body, "sha256").hexdigest()
    headers = {"Content-Type": "application/json", SIGNATURE: f"sha256={signature}", NUMBER: str(parcel.number)}
    try:
        answer = client.post(parcel.url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        return type(trouble).__name__
    return "" if answer.is_success else f"HTTP {answer.status_code}"
