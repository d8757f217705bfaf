"""What the registers do when the exchange brings a document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.actions.record_documents import record_documents
from kazna.events.integration import MessageDelivered
from kazna.plumbing.outbox import consumes


@consumes(MessageDelivered, name="registers.on_message", stage=0)
def on_message(events: Sequence[MessageDelivered]) -> None:
    """Record what the messages say, as if the agency had posted them to the intake."""
    for on, of_day in groupby(sorted(events, key=lambda event: event.on), key=lambda event: event.on):
        documents = [
            document
            for event in of_day
            for document in integration.open_message(
                message_id=event.message_id, on=on, received_at=event.cause.received_at
            )
        ]
        record_documents(documents, on)
