"""Carry notices to those who gave an e-mail address."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kazna.contexts.notifications.models import Channels, Notice
from kazna.contexts.notifications.wording import letter_text

BATCH = 200
log = logging.getLogger("kazna.notifications")


def send_emails() -> int:
    """Send what waits; return how many letters left. Nothing is sent while no mail host is set.

    Each letter is marked as soon as the host took it. After a crash in between it leaves once more
    under the same Message-ID, by which mail programs fold the two into one.
    """
    if not settings.EMAIL_HOST:
        return 0
    sent = 0
    with get_connection() as host:
        last = 0
        while waiting := _waiting(last):
            for notice in waiting:
                sent += _send(host, notice)
            last = waiting[-1].number
    return sent


def _waiting(last: int) -> list[Notice]:
    unwanted = Channels.objects.filter(person_id=OuterRef("recipient_id"), by_email=False)
    found = Notice.objects.filter(~Exists(unwanted), email__isnull=False, emailed_at__isnull=True, number__gt=last)
    return list(found.order_by("number")[:BATCH])


def _send(host: object, notice: Notice) -> int:
    letter = EmailMessage(
        subject=notice.title,
        body=letter_text(notice),
        to=[notice.email],
        headers={"Message-ID": f"<{notice.id}@kazna>"},
        connection=host,
    )
    try:
        letter.send()
    except SMTPException as problem:
        log.warning("notice %s was not taken by the mail host: %s", notice.id, type(problem).__name__)
        return 0
    Notice.objects.filter(pk=notice.pk).update(emailed_at=timezone.now())
    return 1
