"""What a body's own system is told: packages taken, by cursor and by webhook."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.models import News, Webhook
from kazna.events.egisso import PackageTaken
from kazna.kernel.errors import DomainError
from kazna.plumbing.webhooks import is_address


class AddressRefused(DomainError):
    sentence = "Адрес уведомлений начинается с https://."


def set_webhook(*, body: str, url: str, now: datetime) -> str:
    """Send the body's news to the address from now on; return the secret of signatures, shown once.

    An empty address ends it and returns "". News told before stay with the cursor. Raises AddressRefused.
    """
    if not url:
        Webhook.objects.filter(body=body).delete()
        return ""
    if not is_address(url):
        raise AddressRefused()
    secret, card = secrets.token_urlsafe(32), egisso.participants.body(body)
    Webhook.objects.update_or_create(
        body=body,
        defaults={"url": url, "secret": secret, "region": card.territory if card else "", "since": now},
    )
    return secret


def webhook_url(*, body: str) -> str:
    """The address news of a body go to; empty when there is none."""
    return Webhook.objects.filter(body=body).values_list("url", flat=True).first() or ""


def news(*, body: str, after: int, limit: int) -> list[News]:
    """News of a body after a number, the oldest first: the same cursor gives the same answer."""
    return list(News.objects.filter(body=body, id__gt=after).order_by("id")[:limit])


def tell(events: Sequence[PackageTaken]) -> None:
    """Repeatable: a package told twice is one piece of news."""
    cards = {code: egisso.participants.body(code) for code in {event.body for event in events}}
    News.objects.bulk_create(
        [
            News(
                body=event.body,
                region=card.territory if (card := cards[event.body]) else "",
                package_id=event.package_id,
                said={"message": event.message, "records": event.records, "accepted": event.accepted},
            )
            for event in events
        ],
        ignore_conflicts=True,
    )
