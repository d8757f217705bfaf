"""An award ended: nothing is due any more from a day on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from kazna.contexts.payments.actions.settle_months import settle_months
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

CORRECTED_MONTHS_TOO = """
    INSERT INTO payments_month_due (award_id, month, due_kopecks, decision_id, ground, reason, told_on)
    SELECT s.award_id, d.month, 0, s.decision_id, 'stop', s.reason, s.told_on
    FROM unnest(%(awards)s::uuid[], %(days)s::date[], %(decisions)s::uuid[], %(reasons)s::text[], %(told)s::date[])
         AS s(award_id, day, decision_id, reason, told_on)
    JOIN (SELECT DISTINCT award_id, month FROM payments_month_due) d
         ON d.award_id = s.award_id AND d.month >= s.day
    ON CONFLICT (award_id, month, decision_id) DO NOTHING
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
        "decisions": [event.decision_id for event in stopped],
        "reasons": [event.reason for event in stopped],
        "told": [event.on for event in stopped],
    }
    with connection.cursor() as cursor:
        cursor.execute(STOP, params)
        cursor.execute(CORRECTED_MONTHS_TOO, params)
    for on in sorted({event.on for event in stopped}):
        told = {event.award_id: event.reason for event in stopped if event.on == on}
        settle_months(list(told), on, reasons=told)
