"""Obligations against the budget's limits before money leaves: what does not fit waits, in the order of its days."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from kazna.contexts.payments.budget_lines import kbk_of
from kazna.contexts.payments.debts import LimitChange
from kazna.kernel.errors import DomainError

LOCK = "SELECT pg_advisory_xact_lock(hashtext('payments.limits'))"

# Money that waits for a limit but meanwhile has nowhere to go waits for that instead.
NOWHERE = """
    UPDATE payments_order o
    SET hold_reason = CASE WHEN p.died_on IS NULL THEN 'no_account' ELSE 'recipient_died' END
    FROM payments_payee p
    WHERE p.person_id = o.recipient_id AND o.state = 'held' AND o.hold_reason = 'no_limit'
      AND (p.account IS NULL OR p.is_refused OR p.died_on IS NOT NULL)
"""

# Orders of one limit stand in line by day of payment; the first that does not fit stops the line. Nothing is split.
FIT = """
    WITH taken AS (
        SELECT l.measure, l.body, l.limit_kopecks - coalesce(sum(o.amount_kopecks), 0)::bigint AS room
        FROM payments_limits l LEFT JOIN payments_order o ON o.measure = l.measure AND o.body = l.body
             AND o.state IN ('in_register', 'sent', 'credited', 'returned')
             AND o.pay_on >= %(first)s AND o.pay_on < %(next)s
        WHERE l.year = %(year)s GROUP BY l.measure, l.body, l.limit_kopecks
    ), line AS (
        SELECT o.id, o.state, t.room, sum(o.amount_kopecks) OVER (PARTITION BY o.measure, o.body
               ORDER BY o.pay_on, o.created_on, o.id ROWS UNBOUNDED PRECEDING) AS running
        FROM payments_order o JOIN taken t ON t.measure = o.measure AND t.body = o.body
        WHERE o.state = 'scheduled' OR (o.state = 'held' AND o.hold_reason = 'no_limit')
    )
    UPDATE payments_order o SET state = CASE WHEN line.running <= line.room THEN 'scheduled' ELSE 'held' END,
           hold_reason = CASE WHEN line.running <= line.room THEN '' ELSE 'no_limit' END
    FROM line WHERE line.id = o.id AND (line.running <= line.room) <> (o.state = 'scheduled')
"""


class LimitRefused(DomainError):
    sentence = "Лимит не изменён: {reason}."


@transaction.atomic
def keep_to_limits(on: date) -> int:
    """Let orders go up to the limits of the year; hold the rest visibly. Returns how many changed their state.

    A measure without a limit is not bound: public normative obligations are paid in full (Budget Code, art. 74.1).
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(NOWHERE)
        cursor.execute(FIT, {"year": on.year, "first": date(on.year, 1, 1), "next": date(on.year + 1, 1, 1)})
        return int(cursor.rowcount)


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
            "SELECT coalesce(sum(amount_kopecks), 0)::bigint FROM payments_order WHERE measure = %s AND body = %s"
            " AND state IN ('in_register', 'sent', 'credited') AND pay_on >= %s AND pay_on < %s",
            [measure, body, date(year, 1, 1), date(year + 1, 1, 1)],
        )
        return int(cursor.fetchone()[0])
