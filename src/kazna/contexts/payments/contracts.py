"""What crosses the door of payments: payments as people see them, totals, discrepancies; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One order. `month` is the first day of the month it is for; `account_end` the last four digits it went to.

    `reason` is the bank's own text of a refusal; `reissues` the order it repeats on another account.
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
    """Where the money of one measure is, in kopecks: owed, on the way, paid, paid without a right."""

    accrued_kopecks: int
    payable_kopecks: int
    transit_kopecks: int
    paid_kopecks: int
    overpaid_kopecks: int


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
