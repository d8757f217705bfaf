"""What life events hear: changes of facts."""

from collections.abc import Sequence

from kazna.contexts.life_events.actions.find_in_facts import find_in_facts, kinds_looked_at
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes


def _may_tell(event: FactsChanged) -> bool:
    return not kinds_looked_at().isdisjoint(event.kinds)


@consumes(FactsChanged, name="life_events.on_facts", stage=4, wants=_may_tell)
def on_facts(events: Sequence[FactsChanged]) -> None:
    """Found before anybody else looks at the facts: what an event ends is ended first."""
    find_in_facts(events)
