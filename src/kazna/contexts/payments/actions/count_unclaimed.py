"""Money that nobody takes: after six months in a row the award is suspended (400-FZ art. 24)."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from kazna.events.cause import Cause
from kazna.events.payments import PaymentsUnclaimed
from kazna.kernel.periods import add_months, month_start
from kazna.plumbing.outbox import publish_many

MONTHS = 6
# The newest six months of a live monthly award are all back and none was credited since.
UNCLAIMED = """
    SELECT o.award_id, o.recipient_id, max(o.month) FROM payments_order o
    JOIN payments_obligation b ON b.award_id = o.award_id
    JOIN payments_payee p ON p.person_id = o.recipient_id
    WHERE o.waits IN ('returned', 'held') AND (o.state = 'returned' OR p.is_refused) AND o.correction_id IS NULL
      AND b.period = 'month' AND b.stops_on IS NULL AND p.died_on IS NULL AND o.month >= %(since)s
      AND (b.last_day IS NULL OR b.last_day >= %(on)s)
      AND NOT EXISTS (SELECT 1 FROM payments_order c WHERE c.recipient_id = o.recipient_id AND c.state = 'credited'
                      AND c.register_id IS NOT NULL AND c.settled_on >= %(since)s)
    GROUP BY o.award_id, o.recipient_id HAVING count(DISTINCT o.month) >= %(months)s
    ORDER BY o.award_id
"""


@transaction.atomic
def count_unclaimed(on: date) -> int:
    """On the first of a month; says which awards are to be suspended and returns how many. Suspended ones are not
    counted again: they have a stop."""
    if on.day != 1:
        return 0
    since = add_months(month_start(on), -MONTHS - 1)
    with connection.cursor() as cursor:
        cursor.execute(UNCLAIMED, {"since": since, "months": MONTHS, "on": on})
        rows = cursor.fetchall()
    cause = Cause(None, timezone.now())
    publish_many(PaymentsUnclaimed(award_id, recipient_id, month, on, cause) for award_id, recipient_id, month in rows)
    return len(rows)
