"""The weekly report leaves by itself: to those who watch, and to every body its own line; nothing is sent twice."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.db import transaction

from kazna.contexts.suppliers.actions.write_letters import mail_report, prepare_letters
from kazna.contexts.suppliers.models import Application, Mailing, Reader
from kazna.contexts.suppliers.reports import Report, monday, report
from kazna.kernel.errors import DomainError

logger = logging.getLogger(__name__)


class ReaderKnown(DomainError):
    sentence = "На адрес {email} отчёт уже отправляется."


def add_reader(*, region: str, email: str, by: str, now: datetime) -> None:
    """The report of a region ("" is all of them) goes to this address every week. Raises ReaderKnown."""
    _, is_new = Reader.objects.get_or_create(region=region, email=email, defaults={"added_by": by, "added_at": now})
    if not is_new:
        raise ReaderKnown(email=email)


def drop_reader(*, region: str, email: str) -> None:
    Reader.objects.filter(region=region, email=email).delete()


def readers(*, region: str) -> list[Reader]:
    return list(Reader.objects.filter(region=region).order_by("email"))


def mailings(*, week: date) -> list[Mailing]:
    """What has left for the week, by address."""
    return list(Mailing.objects.filter(week=week).order_by("email", "body"))


def mail_week(*, on: date, now: datetime) -> int:
    """Send what has not left yet of the week before this one; return how many reports left.

    Called every day: on Monday everything leaves, later what the mail refused then. One refusal does not hold the
    others; each report is remembered in the transaction that sends it.
    """
    week = monday(on) - timedelta(weeks=1)
    whole = report(week=week)
    if whole.counted_on is None:
        return 0
    prepare_letters(week=week, now=now)
    sent = {(one.email, one.body, one.region) for one in Mailing.objects.filter(week=week)}
    left = 0
    for reader in Reader.objects.order_by("id"):
        if (reader.email, "", reader.region) not in sent:
            told = report(week=week, region=reader.region) if reader.region else whole
            left += _send(told, reader.email, now, region=reader.region)
    emails = Application.objects.filter(state="registered").exclude(email="").values_list("code", "email", "region")
    lines = {line.key: line for line in whole.lines}
    for body, email, region in emails.order_by("code"):
        if body in lines and (email, body, region) not in sent:
            own = replace(whole, lines=[lines[body]], registration=[])
            left += _send(own, email, now, region=region, body=body)
    return left


def _send(told: Report, email: str, now: datetime, *, region: str, body: str = "") -> int:
    try:
        with transaction.atomic():
            Mailing.objects.create(week=told.week, email=email, region=region, body=body, sent_at=now)
            mail_report(told, to=email)
    except (OSError, SMTPException) as problem:  # the next day tries again
        logger.warning("weekly report of %s is not sent: %s", body or region or "all", type(problem).__name__)
        return 0
    return 1
