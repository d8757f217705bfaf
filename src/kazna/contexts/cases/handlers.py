"""What cases do when rights are found, lives change and money comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kazna.contexts.cases.actions.appeal_decision import tell_appeals
from kazna.contexts.cases.actions.end_broken import end_broken
from kazna.contexts.cases.actions.note_payments import note_payments
from kazna.contexts.cases.actions.pass_on_offers import pass_on
from kazna.contexts.cases.actions.reconsider_awards import reconsider_awards
from kazna.contexts.cases.actions.spread_decisions import spread_decisions
from kazna.contexts.cases.actions.spread_indexation import spread_indexation
from kazna.contexts.cases.actions.stop_awards import stop_awards
from kazna.contexts.cases.actions.suspend_awards import Signal, suspend_awards
from kazna.contexts.cases.actions.take_back_cases import take_back_cases
from kazna.contexts.cases.actions.weigh_rights import weigh_rights
from kazna.contexts.cases.sources import Doors
from kazna.contexts.measures import public as measures
from kazna.events.cases import AppealMoved, AwardsIndexed, DecisionMade, OfferDeclined
from kazna.events.delegation import CasesReturned
from kazna.events.life_events import LifeEventFound
from kazna.events.measures import RightFound
from kazna.events.payments import PaymentCredited, PaymentsUnclaimed
from kazna.events.programmes import ProgrammeBroken, ProgrammeReported
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes

OPENING = frozenset({"application", "consent"})


@consumes(RightFound, name="cases.on_right", stage=3)
def on_right(events: Sequence[RightFound]) -> None:
    """Open and move cases, decide what can be decided."""
    weigh_rights([(event.right_id, event.cause) for event in events], Doors())


def _may_touch(event: FactsChanged) -> bool:
    """Applications and consents open questions and touch no award."""
    return not OPENING.issuperset(event.kinds)


@consumes(FactsChanged, name="cases.on_facts", stage=2, wants=_may_touch)
def on_facts(events: Sequence[FactsChanged]) -> None:
    """Count anew what changed facts touch: after the life events in them (3) have ended what they end."""
    for on in sorted({event.on for event in events}):
        touched = measures.touched_by_facts([event for event in events if event.on == on])
        reconsider_awards(touched, on, Doors())


@consumes(LifeEventFound, name="cases.on_life_event", stage=3)
def on_life_event(events: Sequence[LifeEventFound]) -> None:
    """End and suspend what the events do. Served before the measures look at the same events (their stage is 2)."""
    stop_awards(events, Doors())
    suspend_awards([Signal(e.code, e.happened_on, e.on, e.cause, person_id=e.person_id) for e in events], Doors())


@consumes(DecisionMade, name="cases.on_decision", stage=5, shared=True)
def on_decision(events: Sequence[DecisionMade]) -> None:
    """Tell people and the registers."""
    spread_decisions(events, Doors())


@consumes(AppealMoved, name="cases.on_appeal", stage=5)
def on_appeal(events: Sequence[AppealMoved]) -> None:
    """Tell people what became of their complaints."""
    tell_appeals(events)


@consumes(AwardsIndexed, name="cases.on_indexation", stage=1)
def on_indexation(events: Sequence[AwardsIndexed]) -> None:
    """Tell the registers and the people of new sums, after everything more urgent."""
    for event in events:
        spread_indexation(event, Doors())


@consumes(OfferDeclined, name="cases.on_offer_declined", stage=3)
def on_offer_declined(events: Sequence[OfferDeclined]) -> None:
    """What one person does not want is offered to the next close one."""
    for event in events:
        pass_on(event.case_id, event.on, event.cause, Doors())


@consumes(PaymentCredited, name="cases.on_payment", stage=5)
def on_payment(events: Sequence[PaymentCredited]) -> None:
    """What was paid is provided."""
    for day in sorted({event.on for event in events}):
        note_payments({event.award_id for event in events if event.on == day}, day)


@consumes(ProgrammeBroken, name="cases.on_programme_broken", stage=3)
def on_programme_broken(events: Sequence[ProgrammeBroken]) -> None:
    """End the award that stood on the programme."""
    end_broken(events, Doors())


@consumes(CasesReturned, name="cases.on_cases_returned", stage=4)
def on_cases_returned(events: Sequence[CasesReturned]) -> None:
    """An agreement is over: what is open goes back to its own body."""
    for event in events:
        take_back_cases(event)


@consumes(PaymentsUnclaimed, name="cases.on_unclaimed", stage=3)
def on_unclaimed(events: Sequence[PaymentsUnclaimed]) -> None:
    """Six months ended the day before: suspend what nobody takes."""
    suspend_awards(
        [Signal("UNCLAIMED", e.on - timedelta(days=1), e.on, e.cause, award_id=e.award_id) for e in events], Doors()
    )


@consumes(ProgrammeReported, name="cases.on_programme_reported", stage=3)
def on_programme_reported(events: Sequence[ProgrammeReported]) -> None:
    """A report that is late suspends the award where the passport says so; one that came resumes it."""
    suspend_awards(
        [
            Signal("REPORT_MISSED" if e.is_missed else "REPORT_TAKEN", e.on, e.on, e.cause, award_id=e.award_id)
            for e in events
        ],
        Doors(),
    )
