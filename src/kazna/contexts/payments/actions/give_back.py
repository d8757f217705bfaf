"""What was withheld by enforcement documents and did not reach the creditor goes back to whom it was withheld from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.writs import UNPAID

# Not given to a creditor: kopecks by order and document.
OPEN = """
    SELECT p.order_id, p.writ_id, p.debtor_id, p.body, sum(p.current_kopecks)::bigint AS current,
           sum(p.debt_kopecks)::bigint AS debt
    FROM payments_writ_part p WHERE p.order_id = ANY(%(orders)s::uuid[]) AND p.transfer_id IS NULL
    GROUP BY p.order_id, p.writ_id, p.debtor_id, p.body HAVING sum(p.current_kopecks + p.debt_kopecks) > 0
"""

TAKE_OFF = f"""
    WITH open AS ({OPEN}), back AS (
        INSERT INTO payments_writ_part (writ_id, order_id, debtor_id, body, current_kopecks, debt_kopecks, "on")
        SELECT writ_id, order_id, debtor_id, body, -current, -debt, %(on)s FROM open
    )
    UPDATE payments_order o SET withheld_kopecks = o.withheld_kopecks - s.kopecks
    FROM (SELECT order_id, sum(current + debt)::bigint AS kopecks FROM open GROUP BY order_id) s
    WHERE s.order_id = o.id
"""

MOVED = f"""
    SELECT o.id, o.measure, o.body, o.kbk, o.recipient_id, (p.current + p.debt)::bigint AS amount_kopecks, p.writ_id
    FROM ({OPEN}) p JOIN payments_order o ON o.id = p.order_id
"""

AGAIN = """
    UPDATE payments_writ w SET state = 'active' FROM payments_writ_part p
    WHERE p.order_id = ANY(%(orders)s::uuid[]) AND p.writ_id = w.id AND w.state = 'paid' AND p.debt_kopecks < 0
"""

# A payment that came back late while its creditor kept the part: the part becomes an order of its own, paid to the
# creditor, under a number of its own: the order itself may be one that was paid in addition.
SPLIT_OFF = """
    INSERT INTO payments_order (id, award_id, measure, body, kbk, recipient_id, subject_id, month, correction_id,
                                attempt, amount_kopecks, withheld_kopecks, pay_on, state, hold_reason, return_reason,
                                created_on, settled_on)
    SELECT part.id, award_id, measure, body, kbk, recipient_id, subject_id, month, part.id,
           1, withheld_kopecks, withheld_kopecks, pay_on, 'credited', '', '', created_on, settled_on
    FROM payments_order o CROSS JOIN LATERAL (SELECT md5(o.id || '/creditor')::uuid AS id) part
    WHERE o.id = ANY(%(orders)s::uuid[]) AND withheld_kopecks > 0 AND withheld_kopecks < amount_kopecks
"""

MOVE_PARTS = """
    INSERT INTO payments_writ_part (writ_id, order_id, debtor_id, body, current_kopecks, debt_kopecks, "on",
        transfer_id)
    SELECT p.writ_id, CASE s.sign WHEN 1 THEN md5(p.order_id || '/creditor')::uuid ELSE p.order_id END, p.debtor_id,
        p.body,
           s.sign * p.current_kopecks, s.sign * p.debt_kopecks, p."on", p.transfer_id
    FROM payments_writ_part p CROSS JOIN (VALUES (1), (-1)) AS s(sign)
    WHERE p.order_id = ANY(%(orders)s::uuid[]) AND p.transfer_id IS NOT NULL
"""

LOWER = """
    UPDATE payments_order SET amount_kopecks = amount_kopecks - withheld_kopecks, withheld_kopecks = 0
    WHERE id = ANY(%(orders)s::uuid[]) AND withheld_kopecks > 0 AND withheld_kopecks < amount_kopecks
"""

# Documents that ended: what was withheld from their last day on, was credited to the person without it and is still
# here.
# What was named an overpayment is not due, so it is not given back.
ENDED = f"""
    CREATE TEMP TABLE give_back ON COMMIT DROP AS
    SELECT p.order_id, p.writ_id, p.debtor_id, p.body, sum(p.current_kopecks)::bigint AS current,
           sum(p.debt_kopecks)::bigint AS debt, o.amount_kopecks AS amount
    FROM ({UNPAID}) p JOIN payments_writ w ON w.id = p.writ_id JOIN payments_order o ON o.id = p.order_id
    WHERE w.ended_from IS NOT NULL AND p."on" >= w.ended_from AND o.state = 'credited'
      AND NOT EXISTS (SELECT 1 FROM payments_overpaid_open n WHERE n.order_id = o.id AND n.kopecks > 0)
    GROUP BY p.order_id, p.writ_id, p.debtor_id, p.body, o.amount_kopecks
    HAVING sum(p.current_kopecks + p.debt_kopecks) > 0
"""

WHERE_TO = """
    CROSS JOIN LATERAL (SELECT CASE WHEN p.died_on IS NOT NULL THEN 'recipient_died'
                                    WHEN p.account IS NULL OR p.is_refused THEN 'no_account' ELSE '' END AS reason) h
"""

BACK_ORDERS = f"""
    WITH sums AS (SELECT order_id, sum(current + debt)::bigint AS kopecks FROM give_back GROUP BY order_id), parts AS (
        INSERT INTO payments_writ_part (writ_id, order_id, debtor_id, body, current_kopecks, debt_kopecks, "on")
        SELECT writ_id, order_id, debtor_id, body, -current, -debt, %(on)s FROM give_back
    ), lowered AS (
        UPDATE payments_order o SET amount_kopecks = o.amount_kopecks - s.kopecks,
               withheld_kopecks = o.withheld_kopecks - s.kopecks
        FROM sums s WHERE s.order_id = o.id AND s.kopecks < o.amount_kopecks
    ), whole AS (
        UPDATE payments_order o SET withheld_kopecks = 0, pay_on = %(on)s, hold_reason = h.reason, settled_on = NULL,
               state = CASE WHEN h.reason = '' THEN 'scheduled' ELSE 'held' END
        FROM sums s, payments_payee p {WHERE_TO}
        WHERE s.order_id = o.id AND s.kopecks = o.amount_kopecks AND p.person_id = o.recipient_id
    )
    INSERT INTO payments_order (id, award_id, measure, body, kbk, recipient_id, subject_id, month, correction_id,
        attempt,
                                amount_kopecks, pay_on, state, hold_reason, return_reason, created_on)
    SELECT md5(o.id || '/back/' || %(on)s)::uuid, o.award_id, o.measure, o.body, o.kbk, o.recipient_id, o.subject_id,
        o.month,
           md5(o.id || '/back/' || %(on)s)::uuid, 1, s.kopecks, %(on)s,
           CASE WHEN h.reason = '' THEN 'scheduled' ELSE 'held' END, h.reason, '', %(on)s
    FROM sums s JOIN payments_order o ON o.id = s.order_id JOIN payments_payee p ON p.person_id = o.recipient_id
        {WHERE_TO}
    WHERE s.kopecks < o.amount_kopecks
"""

BACK_MOVED = """
    SELECT CASE WHEN g.whole < g.amount THEN md5(o.id || '/back/' || %(on)s)::uuid ELSE o.id END AS id, o.measure,
        o.body,
           o.kbk, o.recipient_id, (g.current + g.debt)::bigint AS amount_kopecks, g.writ_id
    FROM (SELECT *, sum(current + debt) OVER (PARTITION BY order_id) AS whole FROM give_back) g
    JOIN payments_order o ON o.id = g.order_id
"""


def undo_parts(order_ids: Sequence[UUID], on: date, *, was_paid: bool = False) -> None:
    """The payments did not take place: what no creditor has of them is withheld no more.

    `was_paid`: the caller itself moves the whole sums of the orders from what was paid.
    """
    params = {"orders": list(order_ids), "on": on}
    if move_and_post(Kind.WRIT_KEPT if was_paid else Kind.WRIT_UNDONE, MOVED, params, on=on):
        with connection.cursor() as cursor:
            cursor.execute(TAKE_OFF, params)
            cursor.execute(AGAIN, params)


def split_off(order_ids: Sequence[UUID]) -> None:
    """What creditors have of payments that came back becomes orders of its own; the rest of each is owed again."""
    params = {"orders": list(order_ids)}
    with connection.cursor() as cursor:
        cursor.execute(SPLIT_OFF, params)
        if cursor.rowcount:
            cursor.execute(MOVE_PARTS, params)
            cursor.execute(LOWER, params)


@transaction.atomic
def give_back(on: date) -> int:
    """Pay people what was withheld after the end of a document and did not leave; returns the number of sums."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS give_back")
        cursor.execute(ENDED)
        count = int(cursor.rowcount)
        if count:
            cursor.execute(BACK_ORDERS, {"on": on})
            move_and_post(Kind.WRIT_UNDONE, BACK_MOVED, {"on": on}, on=on)
        cursor.execute("DROP TABLE give_back")
    return count
