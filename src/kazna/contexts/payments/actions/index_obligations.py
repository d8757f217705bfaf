"""New sums of an indexation: obligations of a whole chunk are ended and taken on by two statements."""

from __future__ import annotations

from django.db import connection, transaction

from kazna.contexts.payments.actions.settle_months import settle_months
from kazna.events.cases import AwardsIndexed

TAKE_ON = """
    INSERT INTO payments_obligation
        (award_id, decision_id, measure, body, kbk, recipient_id, subject_id, amount_kopecks, period, first_day,
         last_day, stops_on, granted_on, pay_day, pay_shift, prorate_first, prorate_last, first_pay_on, first_month,
         next_month, next_pay_on)
    SELECT n.award_id, n.decision_id, o.measure, o.body, o.kbk, o.recipient_id, o.subject_id, n.amount, o.period,
           %(first)s, o.last_day, NULL, %(on)s, o.pay_day, o.pay_shift, o.prorate_first, o.prorate_last, o.first_pay_on,
           %(first)s, %(first)s, greatest(payments_regular_day(%(first)s, o.pay_day, o.pay_shift), %(on)s + 1)
    FROM unnest(%(old)s::uuid[], %(new)s::uuid[], %(decisions)s::uuid[], %(amounts)s::bigint[])
         AS n(old_id, award_id, decision_id, amount)
    JOIN payments_obligation o ON o.award_id = n.old_id
    ON CONFLICT (award_id) DO NOTHING
"""
END = """
    UPDATE payments_obligation o SET stops_on = %(first)s,
        next_month = CASE WHEN o.next_month < %(first)s THEN o.next_month END,
        next_pay_on = CASE WHEN o.next_month < %(first)s THEN o.next_pay_on END
    WHERE o.award_id = ANY(%(old)s::uuid[]) AND (o.stops_on IS NULL OR o.stops_on > %(first)s)
"""

EARLY = """
    SELECT DISTINCT award_id FROM payments_order WHERE award_id = ANY(%(old)s::uuid[]) AND month >= %(first)s
      AND state NOT IN ('reissued', 'cancelled')
"""


@transaction.atomic
def index_obligations(event: AwardsIndexed) -> None:
    """End the old obligations and take on the new ones from the same day. Repeatable.

    An indexation begins with a month that is not paid yet; orders of such months made early are cancelled, the new
    obligation makes its own.
    """
    params = {
        "first": event.first_day,
        "on": event.on,
        "old": [one.old_award_id for one in event.awards],
        "new": [one.award_id for one in event.awards],
        "decisions": [one.decision_id for one in event.awards],
        "amounts": [one.amount_kopecks for one in event.awards],
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE_ON, params)
        cursor.execute(END, params)
        cursor.execute(EARLY, params)
        early = [award_id for (award_id,) in cursor.fetchall()]
    if early:
        settle_months(early, event.on, reasons=dict.fromkeys(early, "Назначение заменено новым: индексация."))
