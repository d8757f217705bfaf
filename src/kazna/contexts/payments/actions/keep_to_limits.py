"""Obligations against the budget's limits before money leaves: what does not fit waits, in the order of its days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from kazna.contexts.payments.budget_lines import kbk_of
from kazna.contexts.payments.certificates import Certificate
from kazna.contexts.payments.contracts import CertificateStage
from kazna.contexts.payments.debts import LimitChange
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.lifecycle import TO_SEND
from kazna.events.cause import Cause
from kazna.events.payments import CertificateIssued
from kazna.kernel.errors import DomainError
from kazna.plumbing.outbox import publish

LOCK = "SELECT pg_advisory_xact_lock(hashtext('payments.limits'))"

# Money that waits for a limit but meanwhile has nowhere to go waits for that instead.
NOWHERE = """
    UPDATE payments_order o
    SET hold_reason = CASE WHEN p.died_on IS NULL THEN 'no_account' ELSE 'recipient_died' END
    FROM payments_payee p
    WHERE p.person_id = o.recipient_id AND o.waits = 'held' AND o.hold_reason = 'no_limit'
      AND (p.account IS NULL OR p.is_refused OR p.died_on IS NOT NULL)
"""

# What a limit has room for, and everything that wants to leave by day: orders of payment and certificates to be issued.
# A certificate takes its whole sum when it is issued and gives back what returned to the budget.
LINE = f"""
    taken AS (
        SELECT l.measure, l.body, l.limit_kopecks - coalesce(sum(o.amount_kopecks), 0)::bigint
               - coalesce((SELECT sum(c.amount_kopecks - c.returned_kopecks) FROM payments_certificate c
                           WHERE c.measure = l.measure AND c.body = l.body
                             AND c.issued_on >= %(first)s AND c.issued_on < %(next)s), 0)::bigint AS room
        FROM payments_limits l LEFT JOIN payments_order o ON o.measure = l.measure AND o.body = l.body
             AND o.state IN ('in_register', 'sent', 'credited', 'returned')
             AND o.pay_on >= %(first)s AND o.pay_on < %(next)s
        WHERE l.year = %(year)s GROUP BY l.measure, l.body, l.limit_kopecks
    ), wanting AS (
        SELECT measure, body, pay_on AS day, created_on, id, NULL AS number, amount_kopecks FROM payments_order o
        WHERE ({TO_SEND}) OR (waits = 'held' AND hold_reason = 'no_limit')
        UNION ALL
        SELECT measure, body, granted_on, granted_on, NULL, number, amount_kopecks FROM payments_certificate
        WHERE state = 'waiting' AND (latest_day IS NULL OR latest_day >= %(on)s)
          AND (stops_on IS NULL OR stops_on > %(on)s)
    ), line AS (
        SELECT w.id, w.number, t.room, sum(w.amount_kopecks) OVER (PARTITION BY w.measure, w.body
               ORDER BY w.day, w.created_on, w.id, w.number ROWS UNBOUNDED PRECEDING) AS running
        FROM wanting w JOIN taken t ON t.measure = w.measure AND t.body = w.body
    )
"""

# One limit is one line; the first that does not fit stops it. Nothing is split.
FIT = f"""
    WITH {LINE}
    UPDATE payments_order o SET state = CASE WHEN line.running <= line.room THEN 'scheduled' ELSE 'held' END,
           hold_reason = CASE WHEN line.running <= line.room THEN '' ELSE 'no_limit' END
    FROM line WHERE line.id = o.id AND (line.running <= line.room) <> (o.state = 'scheduled')
"""

ISSUE = f"""
    WITH {LINE}
    UPDATE payments_certificate c SET state = 'issued', issued_on = %(on)s, first_day = %(on)s,
           last_day = least(%(on)s::date + c.days - 1, c.latest_day)
    WHERE c.state = 'waiting' AND (c.latest_day IS NULL OR c.latest_day >= %(on)s)
      AND (c.stops_on IS NULL OR c.stops_on > %(on)s)
      AND (NOT EXISTS (SELECT 1 FROM taken t WHERE t.measure = c.measure AND t.body = c.body)
           OR EXISTS (SELECT 1 FROM line WHERE line.number = c.number AND line.running <= line.room))
    RETURNING c.number AS certificate, c.measure, c.body, c.kbk, c.recipient_id, c.amount_kopecks
"""


class LimitRefused(DomainError):
    sentence = "Лимит не изменён: {reason}."


@transaction.atomic
def keep_to_limits(on: date) -> int:
    """Let orders and certificates go up to the limits of the year; hold the rest visibly. Returns how many moved.

    A measure without a limit is not bound: public normative obligations are paid in full (Budget Code, art. 74.1).
    """
    issued = issue_what_fits(on, {})
    with connection.cursor() as cursor:
        cursor.execute(NOWHERE)
        cursor.execute(FIT, _year(on))
        return issued + int(cursor.rowcount)


@transaction.atomic
def issue_what_fits(on: date, causes: Mapping[UUID, Cause]) -> int:
    """Issue the certificates that wait and fit into the limits; their money leaves the budget. Returns how many.

    `causes`: what set them off, by award, where it is known.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    waiting = list(
        Certificate.objects.filter(state=CertificateStage.WAITING)
        .order_by("number")
        .select_for_update()
        .values_list("number", flat=True)
    )
    if not waiting:
        return 0
    move_and_post(Kind.CERTIFICATE_ISSUED, ISSUE, _year(on), on=on)
    issued = list(Certificate.objects.filter(number__in=waiting, state=CertificateStage.ISSUED).order_by("number"))
    by_calendar = Cause(None, timezone.now())
    publish(
        *(
            CertificateIssued(
                one.number, one.award_id, one.recipient_id, one.measure, one.amount_kopecks, one.first_day,
                one.last_day, on, causes.get(one.award_id, by_calendar),
            )
            for one in issued
        )
    )  # fmt: skip
    return len(issued)


def _year(on: date) -> dict[str, object]:
    return {"on": on, "year": on.year, "first": date(on.year, 1, 1), "next": date(on.year + 1, 1, 1)}


@transaction.atomic
def change_limit(*, measure: str, body: str, year: int, change_kopecks: int, document: str, by: str, on: date) -> None:
    """Bring or take away limits by a document; the same document twice changes nothing.

    Raises LimitRefused when the limit would fall below what has left already.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    if not document.strip():
        raise LimitRefused(reason="назовите документ о лимите: номер и дату")
    written = LimitChange.objects.filter(measure=measure, body=body, year=year, document=document).first()
    if written:
        if written.change_kopecks != change_kopecks:
            raise LimitRefused(reason=f"документ «{document}» уже учтён с другой суммой")
        return
    kopecks = sum(
        LimitChange.objects.filter(measure=measure, body=body, year=year).values_list("change_kopecks", flat=True)
    )
    spent = _left_already(measure, body, year)
    if change_kopecks < 0 and kopecks + change_kopecks < spent:
        raise LimitRefused(reason="уже отправлено больше, чем остаётся после изменения; сначала верните деньги")
    LimitChange.objects.create(
        measure=measure, body=body, kbk=kbk_of(measure, body), year=year, change_kopecks=change_kopecks,
        document=document, by=by, on=on,
    )  # fmt: skip
    keep_to_limits(on)


def _left_already(measure: str, body: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT coalesce(sum(amount_kopecks), 0) FROM payments_order
                    WHERE measure = %(measure)s AND body = %(body)s AND state IN ('in_register', 'sent', 'credited')
                      AND pay_on >= %(first)s AND pay_on < %(next)s)::bigint
                 + (SELECT coalesce(sum(amount_kopecks - returned_kopecks), 0) FROM payments_certificate
                    WHERE measure = %(measure)s AND body = %(body)s
                      AND issued_on >= %(first)s AND issued_on < %(next)s)::bigint
            """,
            {"measure": measure, "body": body, "first": date(year, 1, 1), "next": date(year + 1, 1, 1)},
        )
        return int(cursor.fetchone()[0])
