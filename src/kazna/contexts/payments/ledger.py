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
    """An account of a posting: SQL of its name over a moved order; one leg per order or one per measure."""

    account: str
    per_order: bool


BUDGET = Side("'budget:' || measure", per_order=False)
PAYABLE = Side("'payable:' || recipient_id", per_order=True)
TRANSIT = Side("'transit:' || %(bik)s::text", per_order=False)
PAID = Side("'paid:' || measure", per_order=False)
OVERPAID = Side("'overpaid:' || measure", per_order=True)

ROUTES: dict[str, tuple[Side, Side]] = {
    Kind.ACCRUED: (BUDGET, PAYABLE),
    Kind.SENT: (PAYABLE, TRANSIT),
    Kind.CREDITED: (TRANSIT, PAID),
    Kind.RETURNED: (TRANSIT, PAYABLE),
    Kind.CANCELLED: (PAYABLE, BUDGET),
    Kind.OVERPAID: (PAID, OVERPAID),
}


def move_and_post(
    kind: str, moved: str, params: Mapping[str, Any], *, on: date, register_id: UUID | None = None
) -> int:
    """Run `moved` and post the money of the orders it returns; return the number of legs.

    `moved` is an INSERT or UPDATE of orders (or a SELECT) that gives id, measure, body, recipient_id,
    amount_kopecks. When it gives nothing, nothing is posted. `params` holds `bik` for routes through a bank.
    """
    source, target = ROUTES[kind]
    statement = f"""
        WITH moved AS ({moved}),
        posting AS (
            INSERT INTO payments_ledger_posting (kind, "on", register_id)
            SELECT %(posting_kind)s, %(posting_on)s, %(posting_register)s::uuid WHERE EXISTS (SELECT 1 FROM moved)
            RETURNING number
        )
        INSERT INTO payments_ledger_entry (posting_id, account, measure, body, order_id, amount_kopecks)
        {_legs(source, "-")} UNION ALL {_legs(target, "+")}
    """
    given = {**params, "posting_kind": kind, "posting_on": on, "posting_register": register_id}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def _legs(side: Side, sign: str) -> str:
    if side.per_order:
        return f"SELECT number, {side.account}, measure, body, id, {sign} amount_kopecks FROM moved, posting"
    return (
        f"SELECT number, {side.account}, measure, body, NULL::uuid, {sign} sum(amount_kopecks)::bigint"
        " FROM moved, posting GROUP BY number, measure, body"
    )
