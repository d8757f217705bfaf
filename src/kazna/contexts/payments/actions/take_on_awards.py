"""Turn granted awards into obligations to pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from kazna.contexts.payments.actions.refresh_payees import take_on_payees
from kazna.contexts.payments.budget_lines import kbk_of
from kazna.contexts.payments.models import Obligation
from kazna.contexts.payments.policies import Terms, terms_of
from kazna.contexts.payments.sources import Sources
from kazna.events.cases import AwardGranted
from kazna.kernel.periods import month_start
from kazna.plumbing.new_rows import insert_all


@transaction.atomic
def take_on_awards(events: Sequence[AwardGranted], sources: Sources) -> None:
    """One obligation per cash award; an award taken on before changes nothing.

    Awards of the former register are paid from the first delivery day that has not passed.
    """
    granted = [event for event in events if event.form == "cash"]
    terms: dict[tuple[str, object], Terms] = {}
    next_day = {on: sources.working_day_after(on, 1) for on in {event.on for event in granted if _is_ours(event)}}
    rows = []
    for event in granted:
        key = (event.measure, event.on)
        if key not in terms:
            terms[key] = terms_of(sources.document(event.measure, event.on))
        rows.append(_obligation(event, terms[key], next_day[event.on] if _is_ours(event) else event.on))
    insert_all(rows, unless=["award_id"])
    for on in sorted({event.on for event in granted}):
        take_on_payees({event.recipient_id for event in granted if event.on == on}, on, sources)


def _is_ours(event: AwardGranted) -> bool:
    return event.decision_id is not None


def _obligation(event: AwardGranted, terms: Terms, first_pay_on: date) -> Obligation:
    month = month_start(event.first_day)
    if not _is_ours(event):
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
