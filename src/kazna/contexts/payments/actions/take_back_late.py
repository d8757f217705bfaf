"""Money that had been credited and came back later: unclaimed for six months, asked back after a death, sent away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from kazna.contexts.payments.actions.find_overpayments import note_return, open_kopecks, written_off
from kazna.contexts.payments.actions.give_back import split_off
from kazna.contexts.payments.actions.withhold import undo_withholding
from kazna.contexts.payments.contracts import OverpaymentState
from kazna.contexts.payments.debts import Overpayment, Recovery
from kazna.contexts.payments.ledger import Kind, post_sums
from kazna.contexts.payments.models import Order

LATE = """
    SELECT o.id FROM payments_statement_line s JOIN payments_order o ON o.id = s.order_id
    WHERE s.statement_id = %(statement)s AND NOT s.is_credited AND o.state = 'credited'
"""

BACK = """
    UPDATE payments_order o SET state = 'returned', settled_on = %(on)s, return_reason = s.reason
    FROM payments_statement_line s
    WHERE s.statement_id = %(statement)s AND s.order_id = o.id AND o.id = ANY(%(orders)s::uuid[])
"""


def take_back_late(document_id: UUID, on: date, register_id: UUID) -> int:
    """Owe the money again; what of it was an overpayment is one no more. Returns how many orders came back.

    The second return of the same money finds the order returned already and is put aside by the statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(LATE, {"statement": document_id})
        orders = [row[0] for row in cursor.fetchall()]
    if not orders:
        return 0
    undo_withholding(Order.objects.filter(id__in=orders, withheld_kopecks__gt=0), on, set_off=False)
    split_off(orders)  # what creditors have by enforcement documents did not come back
    plain: dict[UUID, int] = {}
    for order in Order.objects.filter(id__in=orders).order_by("id"):
        plain[order.id] = order.amount_kopecks - _settle_debts(order, on, register_id)
    post_sums(Kind.RETURNED_LATE, plain, on=on, register_id=register_id)
    with connection.cursor() as cursor:
        cursor.execute(BACK, {"statement": document_id, "on": on, "orders": orders})
    return len(orders)


def _settle_debts(order: Order, on: date, register_id: UUID) -> int:
    """Take the returned money off the overpayments of an order; return what of it they had named.

    What the person had given back of them already is owed to the person now; what was written off is no loss. What a
    creditor kept of the payment stays named.
    """
    settled = 0
    for overpayment_id, whole in _named(order):
        named = min(whole, order.amount_kopecks - settled)
        overpayment = Overpayment.objects.select_for_update().get(pk=overpayment_id)
        left = min(named, open_kopecks(overpayment))
        lost = min(named - left, written_off(overpayment))
        kind = Kind.RETURNED_OVERPAID if overpayment.state == OverpaymentState.FOUND else Kind.RETURNED_DEBT
        post_sums(kind, {order.id: left}, on=on, register_id=register_id)
        post_sums(Kind.RETURNED_WRITTEN, {order.id: lost}, on=on, register_id=register_id)
        post_sums(Kind.REFUNDED, {order.id: named - left - lost}, on=on, register_id=register_id)
        note_return(overpayment, order.id, Recovery.Kind.BANK_RETURNED, left + lost, lost, on)
        settled += named
    return settled


def _named(order: Order) -> list[tuple[UUID, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT overpayment_id, kopecks FROM payments_overpaid_open WHERE order_id = %s AND kopecks > 0"
            " ORDER BY overpayment_id",
            [order.id],
        )
        return cursor.fetchall()
