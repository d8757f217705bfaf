"""What became of the money."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class PaymentCredited:
    """The bank confirmed the credit; only now the money is paid."""

    order_id: UUID
    award_id: UUID
    recipient_id: UUID
    amount_kopecks: int
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class PaymentReturned:
    """The bank could not credit; the reason is the bank's own text."""

    order_id: UUID
    award_id: UUID
    recipient_id: UUID
    amount_kopecks: int
    reason: str
    on: date
    cause: Cause
