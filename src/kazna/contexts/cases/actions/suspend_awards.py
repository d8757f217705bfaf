"""Suspend monthly awards on the events their passports name, and resume them when the other event comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kazna.contexts.cases.actions.reconsider_awards import reconsider_awards
from kazna.contexts.cases.contracts import AwardAct, DecisionKind
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_stop, stop_after
from kazna.contexts.cases.drafting_acts import draft_anew
from kazna.contexts.cases.models import Award, Decision
from kazna.contexts.cases.policies import Held
from kazna.contexts.cases.signing import Draft, Signing
from kazna.contexts.cases.sources import Key, Sources
from kazna.contexts.cases.wording import long_day
from kazna.contexts.measures.contracts import Suspension
from kazna.events.cause import Cause
from kazna.kernel.periods import next_month

OVER = "Причина, по которой выплату приостановили, отпала {day}."


@dataclass(frozen=True, slots=True)
class Signal:
    """What happened to a person, or to one award alone."""

    code: str
    happened_on: date
    on: date
    cause: Cause
    person_id: UUID | None = None
    award_id: UUID | None = None

    def is_about(self, award: Award) -> bool:
        return award.id == self.award_id or self.person_id in (award.recipient_id, award.subject_id)


@transaction.atomic
def suspend_awards(signals: Sequence[Signal], sources: Sources) -> None:
    """Nothing is due from the first of the month after the event; repeatable: what stands or goes on stays so.

    A resumed award is counted anew: the law may have given it another sum meanwhile.
    """
    ways = sources.suspensions()
    codes = {code for some in ways.values() for way in some for code in (way.event, way.until)}
    told = [signal for signal in signals if signal.code in codes]
    desk = _desk(told, ways)
    if desk is None:
        return
    signing, resumed = Signing(sources, desk), []
    causes = _suspended_by(desk)
    for signal in told:
        for held in _awards(desk, signal):
            for way in ways.get(held.award.measure, ()):
                if way.event == signal.code and held.stops_on is None and held.is_live(signal.on):
                    signing.drafts.append(_suspend(desk, held, way, signal))
                elif way.until == signal.code and causes.get(held.award.id) == way.event:
                    drafts = _resume(desk, held, way, signal)
                    signing.drafts += drafts
                    resumed += [(_key(held.award), signal) for _ in drafts]
    signing.sign()
    for on in sorted({signal.on for _, signal in resumed}):
        of_day = {key: signal for key, signal in resumed if signal.on == on}
        cause = next(iter(of_day.values())).cause
        reconsider_awards(sources.standings(list(of_day), cause), on, sources)


def _desk(signals: Sequence[Signal], ways: Mapping[str, tuple[Suspension, ...]]) -> Desk | None:
    """Awards of the measures that these events touch; None when there are none."""
    codes = {signal.code for signal in signals}
    measures = [name for name, some in ways.items() if any(codes & {way.event, way.until} for way in some)]
    people = {signal.person_id for signal in signals if signal.person_id}
    about = Q(recipient_id__in=people) | Q(subject_id__in=people) | Q(id__in={s.award_id for s in signals})
    found = Award.objects.filter(about, measure__in=measures, period="month") if signals else Award.objects.none()
    pairs = set(found.values_list("measure", "subject_id"))
    if not pairs:
        return None
    return Desk.load(measures={m for m, _ in pairs}, subject_ids={s for _, s in pairs}, right_ids=())


def _awards(desk: Desk, signal: Signal) -> list[Held]:
    """The newest award of each recipient that the signal is about, in the order of numbers."""
    newest: dict[Key, Held] = {}
    for kept in desk.awards.values():
        for held in kept:
            newest[_key(held.award)] = held
    return sorted((h for h in newest.values() if signal.is_about(h.award)), key=lambda h: h.award.number)


def _suspended_by(desk: Desk) -> dict[UUID, str]:
    """The event that suspended an award, by award; officers' own suspensions are theirs to end."""
    held = [h for kept in desk.awards.values() for h in kept if h.is_suspended]
    made = {h.award.stop.decision_id: h.award.id for h in held}
    found = Decision.objects.filter(id__in=made, decided_by="").values_list("id", "ground__event")
    return {made[decision_id]: event for decision_id, event in found}


def _key(award: Award) -> Key:
    return award.measure, award.subject_id, award.recipient_id


def _suspend(desk: Desk, held: Held, way: Suspension, signal: Signal) -> Draft:
    draft = draft_stop(
        desk,
        held,
        signal.cause,
        stops_on=stop_after(signal.happened_on, held.award),
        on=signal.on,
        reason=way.reason,
        ground={"event": way.event, "happened_on": signal.happened_on.isoformat()},
    )
    draft.decision.kind = DecisionKind.SUSPEND
    return draft


def _resume(desk: Desk, held: Held, way: Suspension, signal: Signal) -> list[Draft]:
    """From the day it was suspended when the time between is paid too, else from the month after the event.

    Nothing when the term has ended meanwhile.
    """
    award, stops_on = held.award, held.stops_on
    assert stops_on is not None
    begins = stops_on if way.is_paid_back else max(stops_on, next_month(signal.happened_on))
    if award.last_day is not None and begins > award.last_day:
        return []
    draft = draft_anew(
        desk, held, AwardAct.RESUME, signal.cause, on=signal.on, first_day=begins, amount_kopecks=award.amount_kopecks
    )
    draft.decision.reason = OVER.format(day=long_day(signal.happened_on))
    draft.decision.ground |= {"why": "fact", "event": way.until, "happened_on": signal.happened_on.isoformat()}
    return [draft]
