"""End awards whose passport says that a life event ends them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from kazna.contexts.cases.contracts import CaseState, Outcome
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_stop, stop_after
from kazna.contexts.cases.models import Award
from kazna.contexts.cases.policies import Held
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.contexts.cases.wording import long_day
from kazna.events.life_events import LifeEventFound

REASONS = {
    "DEATH_CITIZEN": "Получатель или тот, в отношении кого назначена мера, умер {day}.",
    "DISABILITY_ENDED": "Срок инвалидности окончился {day}.",
    "MOVE_REGION": "Место жительства сменилось {day}: мера действует только в прежнем регионе.",
    "CITIZENSHIP_LOST": "Гражданство России прекращено {day}.",
    "CHILD_1_5": "Ребёнку исполнилось полтора года {day}.",
    "CHILD_3": "Ребёнку исполнилось три года {day}.",
    "CHILD_17": "Ребёнку исполнилось семнадцать лет {day}.",
    "ADOPTION": "Ребёнка усыновили {day}: выплату получают усыновители.",
    "GUARDIANSHIP_SET": "Над ребёнком установлена опека {day}: выплату получает опекун.",
    "PARENTAL_RIGHTS_LOST": "Родительских прав не стало {day}: выплату может получать другой родитель или опекун.",
    "EMPLOYMENT_START": "Человек начал работать {day}.",
}
OTHER = "Наступило событие, с которым мера прекращается ({code}, {day})."


@transaction.atomic
def stop_awards(events: Sequence[LifeEventFound], sources: Sources) -> None:
    """Stop the live awards of these people, as recipients or subjects, in the order of the events.

    An event that names a recipient ends what that person receives.

    Nothing is due from the first of the month after the event. An award stopped before stays as it is.
    """
    people = {event.person_id for event in events}
    found = Award.objects.filter(Q(recipient_id__in=people) | Q(subject_id__in=people))
    pairs = set(found.filter(ends_on__overlap=sorted({e.code for e in events})).values_list("measure", "subject_id"))
    if not pairs:
        return
    desk = Desk.load(measures={m for m, _ in pairs}, subject_ids={s for _, s in pairs}, right_ids=())
    signing = Signing(sources, desk)
    for event in events:
        for held in sorted(_ended_by(event, desk), key=lambda held: held.award.number):
            _stop(event, held, desk, signing)
    signing.sign()


def _ended_by(event: LifeEventFound, desk: Desk) -> list[Held]:
    return [
        held
        for kept in desk.awards.values()
        for held in kept
        if event.person_id in (held.award.recipient_id, held.award.subject_id)
        and event.code in held.award.ends_on
        and event.related_ids.get("recipient", held.award.recipient_id) == held.award.recipient_id
        and held.stops_on is None
        and (held.award.last_day is None or held.award.last_day >= stop_after(event.happened_on, held.award))
    ]


def _stop(event: LifeEventFound, held: Held, desk: Desk, signing: Signing) -> None:
    reason = REASONS.get(event.code, OTHER).format(code=event.code, day=long_day(event.happened_on))
    ground = {
        "event": event.code,
        "happened_on": event.happened_on.isoformat(),
        "life_event_id": str(event.life_event_id),
    }
    stops_on = stop_after(event.happened_on, held.award)
    signing.drafts.append(
        draft_stop(desk, held, event.cause, stops_on=stops_on, on=event.on, reason=reason, ground=ground)
    )
    for case in (case for cases in desk.cases.values() for case in cases):
        if case.id == held.award.case_id and case.state == CaseState.PROVIDED:
            desk.close(case, Outcome.GRANTED, event.on, note=reason)
