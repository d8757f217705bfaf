"""Turn granted awards into obligations to pay."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kazna.contexts.payments.actions.refresh_payees import take_on_payees
from kazna.contexts.payments.budget_lines import kbk_of
from kazna.contexts.payments.models import Obligation
from kazna.contexts.payments.policies import Terms, terms_of
from kazna.contexts.payments.sources import Sources
from kazna.events.cases import AwardGranted
from kazna.kernel.periods import month_start


@transaction.atomic
def take_on_awards(events: Sequence[AwardGranted], sources: Sources) -> None:
    """One obligation per cash award; an award taken on before changes nothing.

    Awards of the former register are paid from the first delivery day that has not passed.
    """
    granted = [event for event in events if event.form == "cash"]
    terms: dict[tuple[str, object], Terms] = {}
    rows = []
    for event in granted:
        key = (event.measure, event.on)
        if key not in terms:
            terms[key] = terms_of(sources.document(event.measure, event.on))
        rows.append(_obligation(event, terms[key], sources))
    Obligation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    for on in sorted({event.on for event in granted}):
        take_on_payees({event.recipient_id for event in granted if event.on == on}, on, sources)


def _obligation(event: AwardGranted, terms: Terms, sources: Sources) -> Obligation:
    is_ours = event.decision_id is not None
    first_pay_on = event.on
    if is_ours:
        first_pay_on = sources.working_day_after(event.on, 1)
    month = month_start(event.first_day)
    if not is_ours:
        month = terms.first_month_from(event.first_day, event.on)
    regular = terms.regular_day(month)
    is_over = event.last_day is not None and month > event.last_day
    return Obligation(
        award_id=event.award_id,
        decision_id=event.decision_id,
        measure=event.measure,
        body=event.body,
        kbk=kbk_of(event.measure, event.body),
        recipient_id=event.recipient_id,
        subject_id=event.subject_id,
        amount_kopecks=event.amount_kopecks,
        period=event.period,
        first_day=event.first_day,
        last_day=event.last_day,
        granted_on=event.on,
        pay_day=terms.pay_day,
        pay_shift=terms.pay_shift,
        prorate_first=terms.prorate_first,
        prorate_last=terms.prorate_last,
        first_pay_on=first_pay_on,
        first_month=month,
        next_month=None if is_over else month,
        next_pay_on=None if is_over else (max(regular, first_pay_on) if terms.pay_day else first_pay_on),
    )
