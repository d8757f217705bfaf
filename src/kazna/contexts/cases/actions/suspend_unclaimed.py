"""Suspend awards whose money nobody takes; nothing is lost, the person resumes them by turning up."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kazna.contexts.cases.contracts import DecisionKind
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_stop
from kazna.contexts.cases.models import Award
from kazna.contexts.cases.policies import change_day
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.events.payments import PaymentsUnclaimed

REASON = (
    "Деньги не получали шесть месяцев подряд (400-ФЗ, статья 24). Они сохранены; выплата возобновится по обращению."
)


@transaction.atomic
def suspend_unclaimed(events: Sequence[PaymentsUnclaimed], sources: Sources) -> None:
    """From the first of the month. An award that is stopped or suspended stays as it is; repeatable."""
    awards = {one.id: one for one in Award.objects.filter(id__in=[event.award_id for event in events])}
    if not awards:
        return
    desk = Desk.load(
        measures={one.measure for one in awards.values()},
        subject_ids={one.subject_id for one in awards.values()},
        right_ids=(),
    )
    signing = Signing(sources, desk)
    for event in events:
        award = awards.get(event.award_id)
        held = award and next((h for h in desk.held(award.measure, award.subject_id) if h.award.id == award.id), None)
        if held is None or held.stops_on is not None or not held.is_live(event.on):
            continue
        ground = {"event": "UNCLAIMED", "happened_on": event.month.isoformat()}
        draft = draft_stop(
            desk, held, event.cause, stops_on=change_day(event.on), on=event.on, reason=REASON, ground=ground
        )
        draft.decision.kind = DecisionKind.SUSPEND
        signing.drafts.append(draft)
    signing.sign()
