"""What the registers do with deliveries that the exchange has kept unread."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.actions.record_documents import record_documents
from kazna.events.integration import MessageDelivered
from kazna.plumbing.outbox import consumes


@consumes(MessageDelivered, name="registers.on_message", stage=0)
def on_message(events: Sequence[MessageDelivered]) -> None:
    """Record what all of them say in one go, in the order they came, and answer each."""
    for on, of_day in groupby(sorted(events, key=lambda event: event.on), key=lambda event: event.on):
        opened = integration.open_kept(delivery_ids=[event.message_id for event in of_day])
        receipts = iter(record_documents([one for documents in opened.values() for one in documents], on))
        integration.answer_kept(
            protocols={key: [next(receipts).line() for _ in documents] for key, documents in opened.items()}
        )
