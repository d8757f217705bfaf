"""Bring what was paid and what is on its way to what is due for each month of these awards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.payments.actions.find_overpayments import Excess, name_overpaid, restore
from kazna.contexts.payments.actions.withhold import undo_withholding
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.models import Order

UNSENT = "('scheduled', 'held', 'returned')"
# One row per award and month: due, on all live orders, of it not sent and credited, named as overpaid and not back.
BOOKS = f"""
    SELECT m.award_id, m.month, payments_due(m.award_id, m.month) AS due,
           coalesce(o.live, 0)::bigint AS live, coalesce(o.unsent, 0)::bigint AS unsent,
           coalesce(o.credited, 0)::bigint AS credited, coalesce(n.named, 0)::bigint AS named
    FROM (SELECT DISTINCT award_id, month FROM payments_order WHERE award_id = ANY(%(awards)s::uuid[])
          UNION SELECT award_id, month FROM payments_month_due WHERE award_id = ANY(%(awards)s::uuid[])) m
    LEFT JOIN (SELECT award_id, month, sum(amount_kopecks) AS live,
                      sum(amount_kopecks) FILTER (WHERE state IN {UNSENT}) AS unsent,
                      sum(amount_kopecks) FILTER (WHERE state = 'credited') AS credited
               FROM payments_order WHERE award_id = ANY(%(awards)s::uuid[])
                    AND state NOT IN ('reissued', 'cancelled') GROUP BY award_id, month) o
         ON o.award_id = m.award_id AND o.month = m.month
    LEFT JOIN (SELECT award_id, month, sum(kopecks) AS named FROM payments_overpaid_open
               WHERE award_id = ANY(%(awards)s::uuid[]) GROUP BY award_id, month) n
         ON n.award_id = m.award_id AND n.month = m.month
"""

IN_EXCESS = f"""
    SELECT o.id FROM payments_order o JOIN ({BOOKS}) b ON b.award_id = o.award_id AND b.month = o.month
    WHERE o.state IN {UNSENT} AND b.live - b.named > b.due
"""

CANCEL = """
    UPDATE payments_order o SET state = 'cancelled' WHERE o.id = ANY(%(orders)s::uuid[])
    RETURNING o.id, o.measure, o.body, o.kbk, o.recipient_id, o.amount_kopecks
"""

# What is still owed of months behind is paid in addition; the newest decision about the month is named.
IN_ADDITION = f"""
    INSERT INTO payments_order (id, award_id, measure, body, kbk, recipient_id, subject_id, month, correction_id,
                                attempt, amount_kopecks, pay_on, state, hold_reason, return_reason, created_on)
    SELECT md5(b.award_id || '/' || books.month || '/' || coalesce(d.decision_id::text, '') || '/' || a.attempt)::uuid,
           b.award_id, b.measure, b.body, b.kbk, b.recipient_id, b.subject_id, books.month, d.decision_id, a.attempt,
           books.due - books.live + books.named, %(on)s, CASE WHEN h.reason = '' THEN 'scheduled' ELSE 'held' END,
           h.reason, '', %(on)s
    FROM ({BOOKS}) books JOIN payments_obligation b ON b.award_id = books.award_id
    JOIN payments_payee p ON p.person_id = b.recipient_id
    CROSS JOIN LATERAL (SELECT CASE WHEN p.died_on IS NOT NULL THEN 'recipient_died'
                                    WHEN p.account IS NULL OR p.is_refused THEN 'no_account' ELSE '' END AS reason) h
    LEFT JOIN LATERAL (SELECT decision_id FROM payments_month_due d
                       WHERE d.award_id = b.award_id AND d.month = books.month ORDER BY d.id DESC LIMIT 1) d ON true
    CROSS JOIN LATERAL (SELECT coalesce(max(attempt), 0) + 1 AS attempt FROM payments_order o
                        WHERE o.award_id = b.award_id AND o.month = books.month
                          AND o.correction_id IS NOT DISTINCT FROM d.decision_id) a
    WHERE books.due > books.live - books.named AND books.month >= b.first_month
      AND (b.next_month IS NULL OR books.month < b.next_month)
    RETURNING id, measure, body, kbk, recipient_id, amount_kopecks
"""

PAID_TOO_MUCH = f"SELECT award_id, month, credited - named - due FROM ({BOOKS}) b WHERE credited - named > due"
OWED_AGAIN = f"SELECT award_id, month, due - live + named FROM ({BOOKS}) b WHERE due > live - named AND named > 0"


@transaction.atomic
def settle_months(
    award_ids: Sequence[UUID],
    on: date,
    *,
    reasons: Mapping[UUID, str] | None = None,
    grounds: Mapping[UUID, str] | None = None,
    register_id: UUID | None = None,
) -> None:
    """Cancel what has not left and is not due, name what was paid beyond the right, order what is still owed.

    What is at the bank already is settled by its statement, which calls this again. Repeating changes nothing.
    `reasons` and `grounds` of an award are written into its overpayment.
    """
    params = {"awards": list(award_ids), "on": on}
    with connection.cursor() as cursor:
        cursor.execute(OWED_AGAIN, params)
        restore([Excess(*row) for row in cursor.fetchall()], on)
        cursor.execute(IN_EXCESS, params)
        excess = [row[0] for row in cursor.fetchall()]
    if excess:
        undo_withholding(Order.objects.filter(id__in=excess, withheld_kopecks__gt=0), on)
        move_and_post(Kind.CANCELLED, CANCEL, {"orders": excess}, on=on, register_id=register_id)
    with connection.cursor() as cursor:
        cursor.execute(PAID_TOO_MUCH, params)
        found: defaultdict[UUID, list[Excess]] = defaultdict(list)
        for row in cursor.fetchall():
            found[row[0]].append(Excess(*row))
    if found:
        name_overpaid(found, on, reasons or {}, grounds or {}, register_id)
    move_and_post(Kind.ACCRUED, IN_ADDITION, params, on=on)
