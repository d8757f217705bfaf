"""An offer declined or left unanswered is made to the next close person; one past its term is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kazna.contexts.cases.contracts import CaseState, Outcome
from kazna.contexts.cases.letters import lapsed_letter
from kazna.contexts.cases.lifecycle import check_move
from kazna.contexts.cases.models import Case, CaseStep
from kazna.contexts.cases.sources import Sources
from kazna.contexts.life_events import public as life_events
from kazna.contexts.measures.contracts import Ask, Question, Right
from kazna.contexts.notifications import public as notifications
from kazna.events.cause import Cause

ADULT_CHILD = "adult_child"
UNANSWERED = "Срок предложения прошёл, ответа нет: мера предложена другому близкому."


@transaction.atomic
def pass_on(case_id: UUID, on: date, cause: Cause, sources: Sources) -> None:
    """Offer what was declined to the next in line, if anybody is."""
    case = Case.objects.get(id=case_id)
    ask = next_in_line(case, sources.rights([case.right_id])[case.right_id], on, cause, sources)
    if ask is not None:
        sources.evaluate([ask], on)


@transaction.atomic
def watch_offers(on: date, cause: Cause, sources: Sources) -> int:
    """Look at offers that stand longer than their passports say; how many are open no more.

    Somebody is next: the offer lapses and is made to that person. Nobody is: it stands until the rule refuses.
    """
    old = Q()
    for measure, days in sources.offer_days().items():
        old |= Q(measure=measure, opened_on__lte=on - timedelta(days=days))
    if not old:
        return 0
    open_offers = Case.objects.filter(old, state=CaseState.OFFERED)
    waiting = list(open_offers.select_for_update().order_by("opened_on", "id"))
    rights = sources.rights([case.right_id for case in waiting])
    asks: list[Ask] = []
    letters = []
    for case in waiting:
        right = rights[case.right_id]
        ask = next_in_line(case, right, on, cause, sources)
        if ask is not None:
            _lapse(case, on)
            letters.append(lapsed_letter(case, right, on, cause, sources.emails([case.recipient_id])))
            asks.append(ask)
        elif _is_refused(case.measure, right.roles, on, sources):
            asks.append(Ask(case.measure, right.roles, "calendar", cause))  # weighed, the open offer is taken back
    notifications.notify(letters)
    if asks:
        sources.evaluate(asks, on)
    return len(asks)


def _lapse(case: Case, on: date) -> None:
    check_move(CaseState(case.state), CaseState.CLOSED)
    case.state, case.outcome = CaseState.CLOSED, Outcome.LAPSED
    case.save(update_fields=["state", "outcome"])
    CaseStep.objects.create(
        case=case, recipient_id=case.recipient_id, body=case.body, state=case.state, on=on, note=UNANSWERED
    )


def next_in_line(case: Case, right: Right, on: date, cause: Cause, sources: Sources) -> Ask | None:
    """The question about the closest person who has not been asked yet and whom the rule does not refuse."""
    rest = {role: person for role, person in right.roles.items() if role != "applicant"}
    known = Case.objects.filter(measure=case.measure, subject_id=case.subject_id)
    asked = set(known.values_list("recipient_id", flat=True))
    for code, person in _line(right, case.subject_id, on):
        if person in asked:
            continue
        roles = {**rest, "applicant": person}
        if sources.cards([person])[person].died_on is None and not _is_refused(case.measure, roles, on, sources):
            return Ask(case.measure, roles, code, cause)
    return None


def _line(right: Right, subject_id: UUID, on: date) -> Iterator[tuple[str, UUID]]:
    """People in the order of the passport, with the event that made them close; the elder child first."""
    opened = set(right.passport.get("events", ()))
    events = [e for e in life_events.events_of(subject_id) if e.person_id == subject_id and e.code in opened]
    if not events:
        return
    event = events[0]
    for role in right.passport.get("applicants", ()):
        if role == ADULT_CHILD:
            yield from ((event.code, child) for child in life_events.grown_children(subject_id, event.happened_on))
        elif (person := event.related_ids.get(role)) and person != event.related_ids.get("recipient"):
            yield event.code, person


def _is_refused(measure: str, roles: Mapping[str, UUID], on: date, sources: Sources) -> bool:
    [answers] = sources.recount([Question(measure, roles, (on,))])
    return any(answer.state == "refused" for answer in answers)
