"""An award ended: nothing is due any more from a day on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.models import Obligation
from kazna.events.cases import AwardStopped
from kazna.kernel.errors import DomainError

STOP = """
    UPDATE payments_obligation o SET stops_on = s.day,
        next_month = CASE WHEN o.next_month < s.day THEN o.next_month END,
        next_pay_on = CASE WHEN o.next_month < s.day THEN o.next_pay_on END
    FROM unnest(%(awards)s::uuid[], %(days)s::date[]) AS s(award_id, day)
    WHERE s.award_id = o.award_id AND (o.stops_on IS NULL OR o.stops_on > s.day)
"""

CANCEL = """
    UPDATE payments_order o SET state = 'cancelled' FROM payments_obligation b
    WHERE b.award_id = o.award_id AND o.award_id = ANY(%(awards)s::uuid[]) AND b.stops_on <= o.month
      AND o.state IN ('scheduled', 'held', 'returned')
    RETURNING o.id, o.measure, o.body, o.recipient_id, o.amount_kopecks
"""

OVERPAID = """
    SELECT o.id, o.measure, o.body, o.recipient_id, o.amount_kopecks
    FROM payments_order o JOIN payments_obligation b ON b.award_id = o.award_id
    WHERE o.award_id = ANY(%(awards)s::uuid[]) AND b.stops_on <= o.month AND o.state = 'credited'
      AND NOT EXISTS (SELECT 1 FROM payments_ledger_entry e
                      WHERE e.order_id = o.id AND e.account LIKE 'overpaid:%%')
"""


class AwardNotKnown(DomainError):
    sentence = "Назначение {award_id} ещё не принято к выплате; событие будет доставлено снова."


@transaction.atomic
def stop_obligations(events: Sequence[AwardStopped]) -> None:
    """Stop scheduling, cancel what has not left, name what was paid without a right. Repeatable.

    What is at the bank already is settled by its statement. Raises AwardNotKnown when a stop overtook the
    grant of its award: the delivery is tried again.
    """
    stopped = [event for event in events if event.form == "cash"]
    found = Obligation.objects.filter(award_id__in=[event.award_id for event in stopped])
    known = set(found.values_list("award_id", flat=True))
    for event in stopped:
        if event.award_id not in known:
            raise AwardNotKnown(award_id=event.award_id)
    params = {
        "awards": [event.award_id for event in stopped],
        "days": [event.stops_on for event in stopped],
    }
    with connection.cursor() as cursor:
        cursor.execute(STOP, params)
    for on in sorted({event.on for event in stopped}):
        awards = {"awards": [event.award_id for event in stopped if event.on == on]}
        move_and_post(Kind.CANCELLED, CANCEL, awards, on=on)
        move_and_post(Kind.OVERPAID, OVERPAID, awards, on=on)
