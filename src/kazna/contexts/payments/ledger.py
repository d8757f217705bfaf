"""Double entry: money moves between accounts together with the orders it belongs to, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.payments.models import LedgerPosting

Kind = LedgerPosting.Kind


@dataclass(frozen=True, slots=True)
class Side:
    """An account of a posting: SQL of its name over a moved row; one leg per row or one per measure.

    `order`: SQL of the order a leg belongs to.
    """

    account: str
    per_order: bool
    order: str = "id"


BUDGET = Side("'budget:' || measure", per_order=False)
PAYABLE = Side("'payable:' || recipient_id", per_order=True)
TRANSIT = Side("'transit:' || %(bik)s::text", per_order=False)
PAID = Side("'paid:' || measure", per_order=False)
OVERPAID = Side("'overpaid:' || measure", per_order=True)
DEBT = Side("'debt:' || recipient_id", per_order=True)
RECOVERED = Side("'recovered:' || measure", per_order=True)
WRITTEN_OFF = Side("'written_off:' || measure", per_order=True)
PAID_OF_ORDER = Side("'paid:' || measure", per_order=True)
CERTIFICATE = Side("'certificate:' || certificate", per_order=True, order="NULL::uuid")
CREDITOR = Side("'creditor:' || writ_id", per_order=True)

ROUTES: dict[str, tuple[Side, Side]] = {
    Kind.ACCRUED: (BUDGET, PAYABLE),
    Kind.SENT: (PAYABLE, TRANSIT),
    Kind.CREDITED: (TRANSIT, PAID),
    Kind.RETURNED: (TRANSIT, PAYABLE),
    Kind.CANCELLED: (PAYABLE, BUDGET),
    Kind.OVERPAID: (PAID, OVERPAID),
    Kind.CLAIMED: (OVERPAID, DEBT),
    Kind.WRITTEN_OFF: (OVERPAID, WRITTEN_OFF),
    Kind.DEBT_WRITTEN_OFF: (DEBT, WRITTEN_OFF),
    Kind.SET_OFF: (PAYABLE, PAID_OF_ORDER),
    Kind.RECOVERED: (DEBT, RECOVERED),
    Kind.UNSET_OFF: (PAID_OF_ORDER, PAYABLE),
    Kind.UNRECOVERED: (RECOVERED, DEBT),
    Kind.RESTORED: (OVERPAID, PAID_OF_ORDER),
    Kind.FORGIVEN_CLAIM: (DEBT, PAID_OF_ORDER),
    Kind.RETURNED_LATE: (PAID_OF_ORDER, PAYABLE),
    Kind.RETURNED_OVERPAID: (OVERPAID, PAYABLE),
    Kind.RETURNED_DEBT: (DEBT, PAYABLE),
    Kind.REFUNDED: (RECOVERED, PAYABLE),
    Kind.RETURNED_WRITTEN: (WRITTEN_OFF, PAYABLE),
    Kind.RESTORED_WRITTEN: (WRITTEN_OFF, PAID_OF_ORDER),
    Kind.CERTIFICATE_ISSUED: (BUDGET, CERTIFICATE),
    Kind.CERTIFICATE_USED: (CERTIFICATE, PAID),
    Kind.CERTIFICATE_BACK: (PAID, CERTIFICATE),
    Kind.CERTIFICATE_LAPSED: (CERTIFICATE, BUDGET),
    Kind.CERTIFICATE_BLOCKED: (CERTIFICATE, BUDGET),
    Kind.CERTIFICATE_REVOKED: (CERTIFICATE, BUDGET),
    Kind.WRIT_WITHHELD: (PAYABLE, CREDITOR),
    Kind.WRIT_UNDONE: (CREDITOR, PAYABLE),
    Kind.WRIT_KEPT: (CREDITOR, PAID_OF_ORDER),
    Kind.WRIT_SENT: (CREDITOR, TRANSIT),
    Kind.WRIT_PAID: (TRANSIT, PAID_OF_ORDER),
    Kind.WRIT_RETURNED: (TRANSIT, CREDITOR),
    Kind.WRIT_RETURNED_LATE: (PAID_OF_ORDER, CREDITOR),
}


def move_and_post(
    kind: str, moved: str, params: Mapping[str, Any], *, on: date, register_id: UUID | None = None
) -> int:
    """Run `moved` and post the money of the orders it returns; return the number of legs.

    `moved` is an INSERT or UPDATE of orders (or a SELECT) that gives id, measure, body, kbk, recipient_id,
    amount_kopecks; for certificates `certificate` (its number) in place of id, for routes through a creditor `writ_id`
    too. When it gives nothing, nothing is posted; rows without kopecks have no legs. `params` holds `bik` for routes
    through a bank.
    """
    source, target = ROUTES[kind]
    statement = f"""
        WITH moved AS ({moved}),
        posting AS (
            INSERT INTO payments_ledger_posting (kind, "on", register_id)
            SELECT %(posting_kind)s, %(posting_on)s, %(posting_register)s::uuid
            WHERE EXISTS (SELECT 1 FROM moved WHERE amount_kopecks <> 0)
            RETURNING number
        )
        INSERT INTO payments_ledger_entry (posting_id, account, measure, body, kbk, order_id, amount_kopecks)
        {_legs(source, "-")} UNION ALL {_legs(target, "+")}
    """
    given = {**params, "posting_kind": kind, "posting_on": on, "posting_register": register_id}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def _legs(side: Side, sign: str) -> str:
    if side.per_order:
        return (
            f"SELECT number, {side.account}, measure, body, kbk, {side.order}, {sign} amount_kopecks"
            " FROM moved, posting WHERE amount_kopecks <> 0"
        )
    return (
        f"SELECT number, {side.account}, measure, body, kbk, NULL::uuid, {sign} sum(amount_kopecks)::bigint"
        " FROM moved, posting WHERE amount_kopecks <> 0 GROUP BY number, measure, body, kbk"
    )


def post_sums(kind: str, sums: Mapping[UUID, int], *, on: date, register_id: UUID | None = None) -> int:
    """Post a sum of each order, which may be a part of it; orders without a sum are left out."""
    given = {order: kopecks for order, kopecks in sums.items() if kopecks > 0}
    params = {"orders": list(given), "sums": list(given.values())}
    return move_and_post(kind, SUMS_OF_ORDERS, params, on=on, register_id=register_id) if given else 0


SUMS_OF_ORDERS = """
    SELECT o.id, o.measure, o.body, o.kbk, o.recipient_id, s.kopecks AS amount_kopecks
    FROM unnest(%(orders)s::uuid[], %(sums)s::bigint[]) AS s(order_id, kopecks) JOIN payments_order o
         ON o.id = s.order_id
"""
