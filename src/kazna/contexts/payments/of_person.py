"""What one person is paid and owed. Pages of a cabinet ask it all the time: written out and planned once.

Spelling them by the ORM and making models of the rows took longer than the database takes to answer.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kazna.contexts.payments import contracts
from kazna.contexts.payments.contracts import OrderState
from kazna.plumbing.session.prepared import Prepared

COLUMNS = """
    o.id, o.award_id, o.measure, o.recipient_id, o.subject_id, o.month, o.amount_kopecks, o.pay_on, o.state,
    o.hold_reason, o.attempt, o.reissues_id, coalesce(right(l.account, 4), ''), coalesce(r.number, ''), o.settled_on,
    o.return_reason, o.withheld_kopecks
"""
LINES = "LEFT JOIN payments_register_line l ON l.order_id = o.id LEFT JOIN payments_register r ON r.id = l.register_id"
THEIRS = "(o.recipient_id = $1 OR (o.subject_id = $1 AND o.subject_id <> o.recipient_id))"
FIRST = Prepared(f"SELECT {COLUMNS} FROM payments_order o {LINES} WHERE {THEIRS} ORDER BY o.month DESC, o.id LIMIT $2")
NEXT = Prepared(
    f"SELECT {COLUMNS} FROM payments_order o {LINES} WHERE {THEIRS}"
    " AND (o.month < $3 OR (o.month = $3 AND o.id > $4)) ORDER BY o.month DESC, o.id LIMIT $2"
)
OWED = Prepared("""
    SELECT b.award_id, b.measure, b.recipient_id, b.amount_kopecks, b.period, b.first_day, b.last_day, b.stops_on,
           b.next_pay_on,
           (SELECT coalesce(sum(o.amount_kopecks), 0)::bigint FROM payments_order o
            WHERE o.award_id = b.award_id AND o.state = 'credited')
    FROM payments_obligation b WHERE b.recipient_id = $1 ORDER BY b.first_day DESC, b.measure
""")


def payments_of(person_id: UUID, limit: int, after: tuple[date, UUID] | None) -> list[contracts.PaymentView]:
    rows = FIRST.rows(person_id, limit) if after is None else NEXT.rows(person_id, limit, *after)
    return [contracts.PaymentView(*row[:8], OrderState(row[8]), *row[9:]) for row in rows]


def obligations_of(person_id: UUID) -> list[contracts.Obligation]:
    return [contracts.Obligation(*row) for row in OWED.rows(person_id)]
