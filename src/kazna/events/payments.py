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


@dataclass(frozen=True, slots=True)
class OverpaymentDecided:
    """Someone decided what becomes of money paid beyond the right; the person is to be told.

    `fault`: false_data, breach, agency_error or none; `means`: withholding, voluntary, court or write_off.
    """

    overpayment_id: UUID
    recipient_id: UUID
    number: str
    amount_kopecks: int
    fault: str
    means: str
    percent: int
    explanation: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class PaymentsUnclaimed:
    """Nobody took the money of an award for six months in a row, the last of them `month`: it is to be suspended.

    Nothing is lost: what came back stays owed, and the award goes on when the person turns up.
    """

    award_id: UUID
    recipient_id: UUID
    month: date
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """An electronic certificate can be used: the limit let it go. Goods may be bought from first to last day."""

    number: str
    award_id: UUID
    recipient_id: UUID
    measure: str
    amount_kopecks: int
    first_day: date
    last_day: date
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class WritChanged:
    """An enforcement document began or ended to be executed, or its terms changed; the debtor is to be told.

    `what`: started, changed, suspended, resumed, paid, ended, withdrawn, minimum or minimum_refused. `number`, `claim`,
    `takes` and `reason` are words as the debtor reads them.
    """

    writ_id: UUID
    debtor_id: UUID
    what: str
    number: str
    claim: str
    takes: str
    reason: str
    law: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class HeirsNamed:
    """An officer named those who get what a dead person did not live to receive from `body`, and their shares."""

    recipient_id: UUID
    heirs: tuple[UUID, ...]
    shares: tuple[int, ...]
    by_inheritance: bool
    body: str
    on: date
    cause: Cause
