"""What programmes do when applications come, awards are granted and people find work."""

from __future__ import annotations

from collections.abc import Sequence

from kazna.contexts.programmes.actions.follow_programme import begin_programmes, note_work
from kazna.contexts.programmes.actions.request_programme import APPLICATION, open_for_applications
from kazna.contexts.programmes.terms import has_programme
from kazna.contexts.registers import public as registers
from kazna.events.cases import AwardGranted
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes

WORK = "employment"
TOLD = frozenset({APPLICATION, WORK})


@consumes(FactsChanged, name="programmes.on_facts", stage=2, wants=lambda event: not TOLD.isdisjoint(event.kinds))
def on_facts(events: Sequence[FactsChanged]) -> None:
    """Applications open programmes; a job found tells the rule."""
    for on in sorted({event.on for event in events}):
        told = [event for event in events if event.on == on]
        filed = [fact_id for event in told if APPLICATION in event.kinds for fact_id in event.fact_ids]
        if filed:
            open_for_applications(registers.facts_by_ids(filed), on)
        hired = {person: event.cause for event in told if WORK in event.kinds for person in event.person_ids}
        if hired:
            note_work(hired, on)


@consumes(AwardGranted, name="programmes.on_award", stage=4, wants=lambda event: has_programme(event.measure))
def on_award(events: Sequence[AwardGranted]) -> None:
    """A signed programme begins with its award."""
    begin_programmes(events)
