"""End the award of a programme that was not carried out."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_stop, stop_after
from kazna.contexts.cases.models import Award
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.events.programmes import ProgrammeBroken

BROKEN = "PROGRAMME_BROKEN"


@transaction.atomic
def end_broken(events: Sequence[ProgrammeBroken], sources: Sources) -> None:
    """Nothing is due from the first of the next month. An award that has ended stays as it is; repeatable."""
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
        award = awards[event.award_id]
        stops_on = stop_after(event.on, award)
        for held in list(desk.held(award.measure, award.subject_id)):
            goes_on = held.award.last_day is None or held.award.last_day >= stops_on
            if held.award.recipient_id == event.recipient_id and held.stops_on is None and goes_on:
                ground = {"event": BROKEN, "happened_on": event.on.isoformat()}
                draft = draft_stop(
                    desk, held, event.cause, stops_on=stops_on, on=event.on, reason=event.reason, ground=ground
                )
                draft.decision.decided_by = event.by
                signing.drafts.append(draft)
    signing.sign()
