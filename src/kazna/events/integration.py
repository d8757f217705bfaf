"""What came over the wire and is not a fact about a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class StatementReceived:
    """The bank answered a register of credits; read it by `integration.public.statement(document_id)`."""

    document_id: UUID
    register_number: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class MessageDelivered:
    """A delivery of an agency is kept unread: read it by `integration.public.open_kept`; `message_id` is its id."""

    message_id: UUID
    agency: str
    on: date
    cause: Cause
