"""What we send: questions to other agencies, registers of credits to the bank, facts to ЕГИССО."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kazna.contexts.integration.contracts.people import PersonRef


@dataclass(frozen=True, slots=True)
class Question:
    """Ask an agency about a person; `topic` says what about, "" is the agency's oldest question.

    Topics by agency: "fns" — "" (income paid by tax agents), "entrepreneur", "payments", "self_employed";
    "szn" — "" (unemployment); "zags" — "birth", "death", "marriage", "divorce", "name_change", "paternity";
    "mvd" — "living", "staying"; "gibdd" — "vehicles"; "rosreestr" — "realty"; "mod" — "service";
    "fsin" — "imprisonment"; "edu" — "studies"; "med" — "pregnancy"; "fri" — "disability"; "dszn" — "large_family";
    the rest are named in `holders/figures.py`.
    `about` is the year ("2025") for fns, else the day ("2026-02-11"). What of `person` must be known
    depends on the message; a question that cannot be written is kept as failed and names the missing part.
    `anew`: an answer of today does not do, it is not kept any more.
    `answer_by` is the last day of the answer, None when nobody counts it.
    """

    agency: str
    subject_id: UUID
    person: PersonRef
    about: str
    asked_on: date
    answer_by: date | None = None
    topic: str = ""
    anew: bool = False

    @property
    def key(self) -> tuple[str, str, UUID, str]:
        return self.agency, self.topic, self.subject_id, self.about


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as stored: whom it is about and how far it has come."""

    request_id: UUID
    agency: str
    subject_id: UUID
    about: str
    asked_on: date
    status: str
    attempts: int
    answered_on: date | None
    answer_by: date | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A question for the officer's list. `by_smev` with the id of its last message and what СМЭВ said of it."""

    request_id: UUID
    agency: str
    subject_id: UUID
    about: str
    asked_on: date
    status: str
    is_overdue: bool
    answer_by: date | None
    attempts: int
    times_repeated: int
    reason: str
    message_id: UUID | None
    told: str


@dataclass(frozen=True, slots=True)
class DeliveryShown:
    """A message from СМЭВ that was refused or answers nothing we asked."""

    number: int
    message_id: UUID
    kind: str
    sender: str
    outcome: str
    reason: str
    received_at: datetime
    size_bytes: int


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """A delivery taken to be read later; `protocol`: a line per document, None until it is read."""

    delivery_id: UUID
    file_name: str
    received_at: datetime
    protocol: list[dict[str, Any]] | None


@dataclass(frozen=True, slots=True)
class SmevCounts:
    """Questions by state (waiting, overdue, failed, answered), messages from СМЭВ by outcome, not acknowledged yet."""

    questions: dict[str, int]
    deliveries: dict[str, int]
    unacknowledged: int


@dataclass(frozen=True, slots=True)
class SendReport:
    """How one round of sending went."""

    sent: int
    failed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One credit: `number` from 1 without gaps, the names of the account's holder, a sum above zero.

    An organization's name stands as the surname. `purpose`: of the payment, when it is not a social payment.
    """

    number: int
    surname: str
    forename: str
    patronymic: str | None
    account: str
    amount_kopecks: int
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class CreditRegister:
    """A register of credits to one bank under one contract.

    `credit_kind` and `income_code` are the bank's codes (ВидЗачисления, КодВидаДохода); None leaves them out.
    """

    register_id: UUID
    number: str
    register_date: date
    formed_on: date
    contract_number: str
    contract_date: date
    payer_name: str
    payer_inn: str
    payer_account: str
    payer_bik: str
    bank_branch: str
    lines: tuple[RegisterLine, ...]
    credit_kind: str | None = None
    income_code: str | None = None

    @property
    def total_kopecks(self) -> int:
        return sum(line.amount_kopecks for line in self.lines)
