"""What crosses the door of payments: payments as people see them, totals, discrepancies; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from kazna.kernel.errors import DomainError


class OrderState(StrEnum):
    """Where an order stands; the moves between states are in `lifecycle`. Sent is not paid."""

    SCHEDULED = "scheduled"
    HELD = "held"
    IN_REGISTER = "in_register"
    SENT = "sent"
    CREDITED = "credited"
    RETURNED = "returned"
    REISSUED = "reissued"
    CANCELLED = "cancelled"


class HoldReason(StrEnum):
    """Why an order waits."""

    NO_ACCOUNT = "no_account"
    RECIPIENT_DIED = "recipient_died"
    NO_LIMIT = "no_limit"


class OverpaymentState(StrEnum):
    """Found: nobody decided yet whose fault it is. Owed: the person owes it. Closed: nothing is left."""

    FOUND = "found"
    OWED = "owed"
    CLOSED = "closed"


class Fault(StrEnum):
    """Whose doing an overpayment is."""

    FALSE_DATA = "false_data"
    BREACH = "breach"  # what was promised for the money was not done
    AGENCY_ERROR = "agency_error"
    NONE = "none"


class Means(StrEnum):
    """How an overpayment comes back."""

    WITHHOLDING = "withholding"
    VOLUNTARY = "voluntary"
    COURT = "court"
    WRITE_OFF = "write_off"


class CertificateStage(StrEnum):
    """Where a certificate stands. Waiting: no limit for it yet. Closed: nothing is bought by it any more."""

    WAITING = "waiting"
    ISSUED = "issued"
    CLOSED = "closed"


class CertificateEnding(StrEnum):
    """Why a certificate is closed."""

    LAPSED = "lapsed"  # its day has passed
    SPENT = "spent"  # its day has passed, nothing was left
    BLOCKED = "blocked"  # the award ended
    DIED = "died"  # the holder died
    REVOKED = "revoked"  # the award was taken back from its beginning


@dataclass(frozen=True, slots=True)
class CertificateStep:
    """One event of a certificate's life; kopecks of the event, `own_kopecks` paid by the buyer himself.

    `kind`: granted, issued, used, back, back_late (goods came back after it was closed) or an ending.
    """

    on: date
    kind: str
    kopecks: int
    goods: str = ""
    seller: str = ""
    own_kopecks: int = 0


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate with its life, the latest first; of a list, without it. amount = used + left + returned."""

    number: str
    award_id: UUID
    measure: str
    body: str
    recipient_id: UUID
    goods: Mapping[str, str]
    state: CertificateStage
    ending: str
    granted_on: date
    first_day: date
    last_day: date
    amount_kopecks: int
    used_kopecks: int
    left_kopecks: int
    returned_kopecks: int
    steps: tuple[CertificateStep, ...] = ()


class WritState(StrEnum):
    """An enforcement document. Entered: waits for the second officer. Confirmed: its day has not come. Paid: nothing is
    left of it. Ended: its time is over, or the debtor died. Withdrawn: called back by who issued it. Refused: not
    taken."""

    ENTERED = "entered"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    PAID = "paid"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class TransferState(StrEnum):
    """A payment to a creditor. Returned: the bank sent it back, it waits for another account. Moved: sent anew."""

    MADE = "made"
    SENT = "sent"
    CREDITED = "credited"
    RETURNED = "returned"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One order. `month` is the first day of the month it is for; `account_end` the last four digits it went to.

    `reason` is the bank's own text of a refusal; `reissues` the order it repeats on another account; what is
    withheld of the amount does not reach the person.
    """

    order_id: UUID
    award_id: UUID
    measure: str
    recipient_id: UUID
    subject_id: UUID
    month: date
    amount_kopecks: int
    pay_on: date
    state: OrderState
    hold_reason: str
    attempt: int
    reissues: UUID | None
    account_end: str
    register_number: str
    settled_on: date | None
    reason: str
    withheld_kopecks: int = 0


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is owed by one award and what became of it, in kopecks."""

    award_id: UUID
    measure: str
    recipient_id: UUID
    amount_kopecks: int
    period: str
    first_day: date
    last_day: date | None
    stops_on: date | None
    next_pay_on: date | None
    paid_kopecks: int


@dataclass(frozen=True, slots=True)
class Inherited:
    """A payment credited to a person for a dead one: kopecks, the day it was decided and the day it came."""

    award_id: UUID
    dead_id: UUID
    kopecks: int
    decided_on: date
    credited_on: date


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register of credits to one bank."""

    register_id: UUID
    number: str
    date: date
    body: str
    bik: str
    lines: int
    total_kopecks: int
    state: str
    problem: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Where the money of one measure is, in kopecks: owed, on the way, paid, paid without a right, on certificates.

    Of what was paid without a right: `debt` is claimed from people, `recovered` came back, `written_off` never will.
    """

    accrued_kopecks: int
    payable_kopecks: int
    transit_kopecks: int
    paid_kopecks: int
    overpaid_kopecks: int
    debt_kopecks: int = 0
    recovered_kopecks: int = 0
    written_off_kopecks: int = 0
    certificates_kopecks: int = 0


@dataclass(frozen=True, slots=True)
class OverpaidMonthView:
    """What of one month's payment was beyond the right."""

    month: date
    kopecks: int


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """One sum by which an overpayment became smaller; `kind` is withheld, repaid, written_off and so on."""

    kind: str
    kopecks: int
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class DebtProposalView:
    """What one officer wants (`act`: decide or write_off) and another has to confirm."""

    act: str
    terms: Mapping[str, Any]
    proposed_by: str
    proposed_on: date


@dataclass(frozen=True, slots=True)
class OverpaymentView:
    """Money of one award beyond the right: how much, why, what was decided, what is left to come back."""

    overpayment_id: UUID
    number: str
    award_id: UUID
    measure: str
    recipient_id: UUID
    state: OverpaymentState
    ground: str
    reason: str
    found_on: date
    fault: str
    means: str
    percent: int
    monthly_kopecks: int | None
    decided_on: date | None
    explanation: str
    amount_kopecks: int
    left_kopecks: int
    months: tuple[OverpaidMonthView, ...] = ()
    recoveries: tuple[RecoveryView, ...] = ()
    proposal: DebtProposalView | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One measure paid by one body in a year, kopecks. `limit_kopecks` None: not bound by a limit.

    `taken`: has left for banks or was paid; `paid`: the bank confirmed; `waiting`: held for want of a limit;
    `forecast`: what payments of the rest of the year will need; `on_certificates`: of what was taken, not yet spent.
    """

    measure: str
    body: str
    kbk: str
    budget: str
    limit_kopecks: int | None
    taken_kopecks: int
    paid_kopecks: int
    waiting_kopecks: int
    forecast_kopecks: int
    on_certificates_kopecks: int

    @property
    def lacking_kopecks(self) -> int:
        """By how much the year's need is above the limit; 0 when it is enough or there is none."""
        if self.limit_kopecks is None:
            return 0
        return max(self.taken_kopecks + self.waiting_kopecks + self.forecast_kopecks - self.limit_kopecks, 0)


@dataclass(frozen=True, slots=True)
class MonthOfBudget:
    """Paid in a month that has been, needed in one that comes; kopecks of all measures shown."""

    month: date
    paid_kopecks: int
    in_force_kopecks: int
    expected_kopecks: int


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two records that must agree and do not: what was compared, for what, and both values."""

    check: str
    subject: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.check}: {self.subject} — должно быть {self.expected}, есть {self.found}"


@dataclass(frozen=True, slots=True)
class Decided:
    """What cases say they granted in cash for one measure, to be compared with obligations."""

    awards: int
    amount_kopecks: int
    stopped: int


class StatementRefused(DomainError):
    sentence = "Выписка не принята: {reason}"
