"""After a decision is signed: tell the person and let the registers know what was assigned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from kazna.contexts.audit import public as audit
from kazna.contexts.cases.assigned import NOTHING, assigned, since_granted
from kazna.contexts.cases.letters import decision_letter
from kazna.contexts.cases.models import Award, Decision
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import Right
from kazna.contexts.notifications import public as notifications
from kazna.contexts.registers.contracts import NewFact
from kazna.events.cases import DecisionMade
from kazna.events.cause import Cause

SOURCE, BY_RULES = "sfr", "rules"


@transaction.atomic
def spread_decisions(events: Sequence[DecisionMade], sources: Sources) -> None:
    """Write notices (not to the dead) and report `measure.assigned`, one page of facts per cause."""
    told = Decision.objects.filter(id__any_of={event.decision_id for event in events}).defer("kept_document", "wording")
    decisions = {row.id: row for row in told}
    awards = _awards(decisions)
    grounds = _grounds(decisions, awards)
    rights = sources.rights({right_id for right_id in grounds.values() if right_id})
    people = {person for row in decisions.values() for person in (row.recipient_id, row.subject_id)}
    people |= {person for right in rights.values() for person in right.roles.values()}
    cards, emails = sources.cards(people), sources.emails(people)
    notifications.notify(
        [
            decision_letter(row, rights.get(row.right_id), cards, event.cause, emails.get(row.recipient_id))
            for event in events
            if cards[(row := decisions[event.decision_id]).recipient_id].died_on is None
            and _is_told(rights.get(row.right_id))
        ]
    )
    _report(events, decisions, awards, {key: rights.get(right_id) for key, right_id in grounds.items()}, sources)
    audit.record([_entry(decisions[event.decision_id]) for event in events])


def _is_told(right: Right | None) -> bool:
    """Decisions are told unless the passport of the measure leaves them out."""
    return right is None or "decided" in right.passport.get("notices", ("decided",))


def _entry(decision: Decision) -> audit.NewEntry:
    """Decisions stand in the journal whoever took them: an officer, or the rules."""
    return audit.NewEntry(
        act="decide",
        login=decision.decided_by or BY_RULES,
        role="officer" if decision.decided_by else BY_RULES,
        body=decision.body,
        person_id=decision.recipient_id,
        purpose=f"Решение № {decision.number}",
        thing=str(decision.id),
    )


def _report(
    events: Sequence[DecisionMade],
    decisions: Mapping[UUID, Decision],
    awards: Mapping[UUID, Award],
    rights: Mapping[UUID | None, Right | None],
    sources: Sources,
) -> None:
    """What was assigned, what ended and what was counted again, a page per cause; `rights` by the granting decision."""
    since = since_granted(awards.values())
    for on in sorted({event.on for event in events}):
        pages: dict[Cause, dict[UUID, NewFact]] = {}
        for event in (event for event in events if event.on == on):
            decision = decisions[event.decision_id]
            for award_id in _touched(decision):
                award, right = awards[award_id], rights.get(awards[award_id].decision_id)
                pages.setdefault(event.cause, {})[award_id] = assigned(award, right, since.get(award_id, NOTHING))
        told = [(list(facts.values()), cause) for cause, facts in pages.items()]
        if told:
            sources.report(told, source=SOURCE, on=on)


def _awards(decisions: Mapping[UUID, Decision]) -> dict[UUID, Award]:
    """Awards that the decisions granted, ended or counted again."""
    wanted = {award_id for row in decisions.values() for award_id in _touched(row)}
    return {award.id: award for award in Award.objects.filter(id__any_of=wanted).select_related("stop")}


def _touched(decision: Decision) -> list[UUID]:
    """Ids of awards about which a decision says something new, each once."""
    counted = (UUID(one["award_id"]) for one in decision.ground.get("differences", ()))
    return list(dict.fromkeys(filter(None, (*counted, decision.replaces_award_id, decision.award_id))))


def _grounds(decisions: Mapping[UUID, Decision], awards: Mapping[UUID, Award]) -> dict[UUID | None, UUID | None]:
    """Rights by decision, also by the earlier decisions that granted the awards now ended."""
    known = {row.id: right_of(row) for row in decisions.values()}
    earlier = {award.decision_id for award in awards.values()} - known.keys() - {None}
    found = Decision.objects.filter(id__in=earlier).only("id", "right_id", "ground")
    return known | {row.id: right_of(row) for row in found}


def right_of(decision: Decision) -> UUID | None:
    """The right a decision stands on; an indexation goes on from the right that granted the award."""
    told = decision.ground.get("right")
    return UUID(told) if told else decision.right_id
