"""Take a lawful part of payments that are about to leave for what their recipients owe."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import F, QuerySet

from kazna.contexts.payments.actions.give_back import undo_parts
from kazna.contexts.payments.actions.levy import levy
from kazna.contexts.payments.contracts import OverpaymentState
from kazna.contexts.payments.debts import Overpayment, Recovery
from kazna.contexts.payments.ledger import Kind, move_and_post, post_sums
from kazna.contexts.payments.levy_rules import rules
from kazna.contexts.payments.lifecycle import TO_SEND
from kazna.contexts.payments.models import Order
from kazna.kernel.periods import month_start

# One row per order ready to leave: the oldest debt of the recipient to the same body, and how much of the order goes
# to it: its percent, whole kopecks down; no more than is left of the debt and of the month's instalment, than all
# withholdings together may take, and than is above the living minimum where enforcement documents keep it.
PARTS = f"""
    WITH debts AS (
        SELECT DISTINCT ON (o.recipient_id, o.body) o.id, o.recipient_id, o.body, o.percent,
               least(l.left_kopecks, coalesce(o.monthly_kopecks - m.taken, l.left_kopecks), k.above) AS room
        FROM payments_overpayment o JOIN payments_overpayment_left l ON l.id = o.id
        CROSS JOIN LATERAL (SELECT coalesce(sum(r.kopecks), 0)::bigint AS taken FROM payments_recovery r
                            WHERE r.overpayment_id = o.id AND r.kind = 'withheld' AND r."on" >= %(month)s) m
        LEFT JOIN unnest(%(people)s::uuid[], %(bodies)s::text[], %(above)s::bigint[]) AS k(person, body, above)
             ON k.person = o.recipient_id AND k.body = o.body
        WHERE o.state = 'owed' AND o.percent > 0 AND l.left_kopecks > 0
        ORDER BY o.recipient_id, o.body, o.decided_on, o.number
    ), parts AS (
        SELECT d.id AS debt, o.id AS order_id, d.room, x.part,
               sum(x.part) OVER (PARTITION BY d.id ORDER BY o.month, o.id) AS running
        FROM debts d JOIN payments_order o ON o.recipient_id = d.recipient_id AND o.body = d.body
        JOIN payments_payee p ON p.person_id = o.recipient_id
        CROSS JOIN LATERAL (SELECT least(o.amount_kopecks * d.percent / 100,
                                         greatest(o.amount_kopecks * %(together)s / 100 - o.withheld_kopecks, 0)) AS
                                             part) x
        WHERE {TO_SEND} AND p.account IS NOT NULL
          AND o.withheld_kopecks = (SELECT coalesce(sum(w.current_kopecks + w.debt_kopecks), 0)
                                    FROM payments_writ_part w WHERE w.order_id = o.id)
    )
    SELECT debt, order_id, least(part, room - (running - part))::bigint FROM parts
    WHERE least(part, room - (running - part)) > 0 ORDER BY debt, order_id
"""

HELD_BACK = """
    UPDATE payments_order o SET withheld_kopecks = o.withheld_kopecks + s.kopecks
    FROM unnest(%(orders)s::uuid[], %(sums)s::bigint[]) AS s(order_id, kopecks) WHERE s.order_id = o.id
"""

# The debts' own legs: each on the measure that was overpaid, by the first of its overpaid orders.
RECOVERED = """
    SELECT o.id, o.measure, o.body, o.kbk, o.recipient_id, d.kopecks AS amount_kopecks
    FROM (SELECT debt, sum(kopecks)::bigint AS kopecks FROM unnest(%(debts)s::uuid[], %(sums)s::bigint[])
          AS p(debt, kopecks) GROUP BY debt) d
    CROSS JOIN LATERAL (SELECT m.order_id FROM payments_overpaid_month m WHERE m.overpayment_id = d.debt
                        ORDER BY m.id LIMIT 1) m
    JOIN payments_order o ON o.id = m.order_id
"""

RECOVERIES = """
    INSERT INTO payments_recovery (overpayment_id, kind, kopecks, body, "on", order_id, document, by)
    SELECT p.debt, 'withheld', p.kopecks, o.body, %(on)s, p.order_id, '', ''
    FROM unnest(%(debts)s::uuid[], %(orders)s::uuid[], %(sums)s::bigint[]) WITH ORDINALITY
         AS p(debt, order_id, kopecks, place)
    JOIN payments_overpayment o ON o.id = p.debt ORDER BY p.place
"""

CLOSED = """
    UPDATE payments_overpayment o SET state = 'closed' FROM payments_overpayment_left l
    WHERE o.id = ANY(%(debts)s::uuid[]) AND l.id = o.id AND l.left_kopecks = 0
"""


def withhold(on: date) -> int:
    """Withhold from every order that is ready to leave; return the kopecks withheld. Call it in a transaction.

    Law: enforcement documents first (`levy`), then overpayments: at most 20 % of each payment by a decision of the body
    (81-FZ art. 19, 400-FZ art. 29), 50 % by a court; `Overpayment.percent` was checked against it when the decision was
    made; both together at most 50 % of a payment, unless documents alone may take more.
    """
    levied = levy(on)
    people = list(levied.above)
    params = {
        "month": month_start(on),
        "together": rules().together,
        "people": [person for person, _ in people],
        "bodies": [body for _, body in people],
        "above": [levied.above[one] for one in people],
    }
    with connection.cursor() as cursor:
        cursor.execute(PARTS, params)
        parts = cursor.fetchall()
        if not parts:
            return levied.kopecks
        sums = {order: kopecks for _, order, kopecks in parts}
        cursor.execute(HELD_BACK, {"orders": list(sums), "sums": list(sums.values())})
    post_sums(Kind.SET_OFF, sums, on=on)
    debts, orders, kopecks = (list(column) for column in zip(*parts, strict=True))
    _recover_all({"debts": debts, "orders": orders, "sums": kopecks, "on": on}, on)
    return levied.kopecks + sum(sums.values())


def undo_withholding(orders: QuerySet[Order], on: date, *, set_off: bool = True) -> None:
    """The payment did not take place: what was withheld of it is owed to the person and owed by the person again.

    Without `set_off` the caller itself moves the whole sum of the order back to what is owed to the person. What a
    creditor has by an enforcement document stays withheld.
    """
    found = list(orders)
    undo_parts([order.id for order in found], on, was_paid=not set_off)
    for order in found:
        kopecks = 0
        for taken in Recovery.objects.filter(order=order, kind=Recovery.Kind.WITHHELD).select_related("overpayment"):
            _recover(taken.overpayment, order.id, -taken.kopecks, on)
            Overpayment.objects.filter(pk=taken.overpayment_id).update(state=OverpaymentState.OWED)
            kopecks += taken.kopecks
        if set_off:
            post_sums(Kind.UNSET_OFF, {order.id: kopecks}, on=on)
        Order.objects.filter(pk=order.pk).update(withheld_kopecks=F("withheld_kopecks") - kopecks)


def _recover_all(parts: dict[str, object], on: date) -> None:
    """Parts of many debts at once: `debts`, `orders` and `sums` go together."""
    move_and_post(Kind.RECOVERED, RECOVERED, parts, on=on)
    with connection.cursor() as cursor:
        cursor.execute(RECOVERIES, parts)
        cursor.execute(CLOSED, parts)


def _recover(overpayment: Overpayment, order_id: object, kopecks: int, on: date) -> None:
    """The debt's own leg: on the measure that was overpaid, by one of its overpaid orders."""
    debtor_order = overpayment.months.order_by("id").values_list("order_id", flat=True)[0]
    post_sums(Kind.RECOVERED if kopecks > 0 else Kind.UNRECOVERED, {debtor_order: abs(kopecks)}, on=on)
    Recovery.objects.create(
        overpayment=overpayment, kind=Recovery.Kind.WITHHELD, kopecks=kopecks, body=overpayment.body, on=on,
        order_id=order_id,
    )  # fmt: skip
