"""What corrections do when one is filed and when facts change."""

from __future__ import annotations

from collections.abc import Sequence

from kazna.contexts.corrections.actions.ask_holder import ask_holder
from kazna.contexts.corrections.actions.settle_correction import is_any_open, note_replaced
from kazna.contexts.corrections.letters import tell_settled
from kazna.events.corrections import CorrectionFiled, CorrectionSettled
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes


@consumes(CorrectionFiled, name="corrections.on_filed", stage=5)
def on_filed(events: Sequence[CorrectionFiled]) -> None:
    """Ask the holder, where a message can ask."""
    for event in events:
        ask_holder(correction_id=event.correction_id, on=event.on)


@consumes(FactsChanged, name="corrections.on_facts", stage=5)
def on_facts(events: Sequence[FactsChanged]) -> None:
    """See which facts that were called wrong have been replaced."""
    people = {person for event in events for person in event.person_ids}
    for event in events if is_any_open(people) else ():
        note_replaced(person_ids=event.person_ids, on=event.on, cause=event.cause)


@consumes(CorrectionSettled, name="corrections.on_settled", stage=5)
def on_settled(events: Sequence[CorrectionSettled]) -> None:
    """Tell those who asked."""
    for event in events:
        tell_settled(correction_ids=[event.correction_id], on=event.on, cause=event.cause)
