"""A certificate ends: its day passes, its award ends, its holder dies. What was not spent goes back to the budget."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments.certificate_letters import lapsed_letter, soon_letter
from kazna.contexts.payments.certificates import Certificate
from kazna.contexts.payments.contracts import CertificateEnding, CertificateStage
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.programs import programmes
from kazna.contexts.payments.sources import Sources
from kazna.events.cases import AwardStopped
from kazna.events.cause import Cause

KINDS = {
    CertificateEnding.LAPSED: Kind.CERTIFICATE_LAPSED,
    CertificateEnding.SPENT: Kind.CERTIFICATE_LAPSED,
    CertificateEnding.BLOCKED: Kind.CERTIFICATE_BLOCKED,
    CertificateEnding.DIED: Kind.CERTIFICATE_BLOCKED,
    CertificateEnding.REVOKED: Kind.CERTIFICATE_REVOKED,
}

# Written against the row as it is when its lock is had: a purchase of the same moment is counted.
CLOSE = """
    UPDATE payments_certificate SET state = 'closed', closed_on = %(on)s,
           ending = CASE WHEN %(ending)s = 'lapsed' AND issued_on IS NOT NULL AND used_kopecks = amount_kopecks
                    THEN 'spent' ELSE %(ending)s END,
           returned_kopecks = CASE WHEN issued_on IS NULL THEN 0 ELSE amount_kopecks - used_kopecks END
    WHERE number = ANY(%(numbers)s::text[]) AND state <> 'closed'
    RETURNING number AS certificate, measure, body, kbk, recipient_id, returned_kopecks AS amount_kopecks
"""

STOP = """
    UPDATE payments_certificate c SET stops_on = s.day
    FROM unnest(%(awards)s::uuid[], %(days)s::date[]) AS s(award_id, day)
    WHERE c.award_id = s.award_id AND c.state <> 'closed' AND (c.stops_on IS NULL OR c.stops_on > s.day)
"""


@transaction.atomic
def lapse_certificates(day: date) -> int:
    """Close those whose day has passed or whose award has ended; their holders are told. Returns how many.

    One that never was issued, because the limit did not let it go in the term of its award, ends without money.
    """
    opened = Certificate.objects.exclude(state=CertificateStage.CLOSED)
    never = Q(state=CertificateStage.WAITING, latest_day__lt=day)
    over = list(opened.filter(never | Q(state=CertificateStage.ISSUED, last_day__lt=day)).order_by("number"))
    ended = list(opened.filter(stops_on__lte=day).exclude(number__in=[one.number for one in over]).order_by("number"))
    _close(over, CertificateEnding.LAPSED, day)
    _close_stopped(ended, day)
    cause = Cause(None, timezone.now())
    closed = Certificate.objects.filter(number__in=[one.number for one in over], ending=CertificateEnding.LAPSED)
    notifications.notify([lapsed_letter(one, day, cause) for one in closed.order_by("number")])
    return len(over) + len(ended)


@transaction.atomic
def remind_of_certificates(day: date) -> int:
    """Tell holders that their certificate ends soon, once for each day before the end that its programme names."""
    known = programmes()
    most = max((days for one in known.values() for days in one.warn_days), default=0)
    soon = Certificate.objects.filter(
        state=CertificateStage.ISSUED, last_day__gte=day, last_day__lte=day + timedelta(days=most),
        used_kopecks__lt=F("amount_kopecks"), stops_on=None,
    )  # fmt: skip
    cause, letters = Cause(None, timezone.now()), []
    for one in soon.order_by("number"):
        left = (one.last_day - day).days
        named = [days for days in (known[one.measure].warn_days if one.measure in known else ()) if days >= left]
        if named and one.last_day - timedelta(days=min(named)) > one.first_day:
            letters.append(soon_letter(one, min(named), day, cause))
    notifications.notify(letters)
    return len(letters)


@transaction.atomic
def stop_certificates(events: Sequence[AwardStopped]) -> None:
    """Awards end: their certificates hold until the eve of the end; those whose end has come are closed. Repeatable."""
    ended = [event for event in events if event.form == "certificate"]
    if not ended:
        return
    with connection.cursor() as cursor:
        cursor.execute(STOP, {"awards": [e.award_id for e in ended], "days": [e.stops_on for e in ended]})
    for on in sorted({event.on for event in ended}):
        awards = [event.award_id for event in ended if event.on == on]
        found = Certificate.objects.exclude(state=CertificateStage.CLOSED).filter(award_id__in=awards, stops_on__lte=on)
        _close_stopped(list(found.order_by("number")), on)


@transaction.atomic
def close_of_the_dead(person_ids: Collection[UUID], on: date, sources: Sources) -> None:
    """Nobody buys by the certificate of a dead person, whenever the award is stopped. Repeatable."""
    held = list(
        Certificate.objects.exclude(state=CertificateStage.CLOSED)
        .filter(recipient_id__in=list(person_ids))
        .order_by("number")
    )
    cards = sources.cards({one.recipient_id for one in held}) if held else {}
    dead = [one for one in held if one.recipient_id in cards and cards[one.recipient_id].died_on is not None]
    _close(dead, CertificateEnding.DIED, on)


def _close_stopped(certificates: Sequence[Certificate], on: date) -> None:
    """An award that ends on the day it began or before never was: its certificate is taken back."""
    void = [one for one in certificates if one.stops_on is not None and one.stops_on <= one.granted_on]
    _close(void, CertificateEnding.REVOKED, on)
    _close([one for one in certificates if one not in void], CertificateEnding.BLOCKED, on)


def _close(certificates: Sequence[Certificate], ending: CertificateEnding, on: date) -> None:
    if certificates:
        params = {"on": on, "ending": str(ending), "numbers": [one.number for one in certificates]}
        move_and_post(KINDS[ending], CLOSE, params, on=on)
