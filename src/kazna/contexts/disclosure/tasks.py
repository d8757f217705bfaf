"""Webhooks: each change is sent to the agreement's address, signed, and tried again with growing pauses."""

from __future__ import annotations

import hmac
import json
from datetime import timedelta
from typing import Any

import httpx
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kazna.contexts.disclosure.models import Change
from kazna.plumbing import rounds

EVERY_SECONDS, AT_ONCE, MOST_ATTEMPTS, PATIENCE_SECONDS = 5, 100, 12, 5.0
SIGNATURE, NUMBER = "X-Kazna-Signature", "X-Kazna-Change"


@rounds.every(EVERY_SECONDS, name="disclosure.webhooks", always=True)
def send_changes() -> None:
    """One batch; an address that fails holds only its own changes."""
    now = timezone.now()
    with transaction.atomic(), httpx.Client(timeout=PATIENCE_SECONDS, follow_redirects=False) as client:
        waiting = (
            Change.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("agreement")
            .filter(sent_at=None, not_before__lte=now, attempts__lt=MOST_ATTEMPTS)
            .exclude(agreement__webhook_url="")
            .order_by("id")[:AT_ONCE]
        )
        silent: set[int] = set()
        for change in waiting:
            if change.agreement_id in silent:
                continue
            if problem := _send(client, change):
                silent.add(change.agreement_id)
                pause = timedelta(seconds=min(2 ** (change.attempts + 1), 3600))
                Change.objects.filter(id=change.id).update(
                    attempts=F("attempts") + 1, error=problem[:200], not_before=now + pause
                )
            else:
                Change.objects.filter(id=change.id).update(sent_at=timezone.now(), error="")


def body_of(change: Change) -> dict[str, Any]:
    return {
        "number": change.id, "agreement": change.agreement.number, "person_id": str(change.person_id),
        "kind": change.kind, "happened_at": change.happened_at.isoformat(),
    }  # fmt: skip


def _send(client: httpx.Client, change: Change) -> str:
    """Empty when it was taken; the receiver checks HMAC-SHA-256 of the body and drops a number it has seen."""
    body = json.dumps(body_of(change), ensure_ascii=False).encode()
    signature = hmac.new(change.agreement.webhook_secret.encode(), body, "sha256").hexdigest()
    headers = {"Content-Type": "application/json", SIGNATURE: f"sha256={signature}", NUMBER: str(change.id)}
    try:
        answer = client.post(change.agreement.webhook_url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        return type(trouble).__name__
    return "" if answer.is_success else f"HTTP {answer.status_code}"
