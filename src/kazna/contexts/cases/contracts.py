"""What crosses the door of cases: cases, decisions, awards and refusals to act; no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from kazna.kernel.errors import DomainError

Progress = Callable[[int, int], None]  # decisions done, decisions in all


class CaseState(StrEnum):
    """Where a case stands; the moves between states are in `lifecycle`."""

    RECEIVED = "received"
    COLLECTING = "collecting"
    OFFERED = "offered"
    DETERMINED = "determined"
    WAITING_PERSON = "waiting_person"
    DECIDED = "decided"
    PROVIDED = "provided"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended, or that it has not."""

    NONE = ""
    GRANTED = "granted"
    REFUSED = "refused"
    DECLINED = "declined"  # by the citizen
    WITHDRAWN = "withdrawn"  # the offer lost its ground


class DecisionKind(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    CHANGE = "change"
    STOP = "stop"
    RESUME = "resume"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class CaseStepView:
    """One move of a case, newest last."""

    state: CaseState
    on: date
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as screens show it. `waits_for` says in words what is missing; `due_on` is the last day by law."""

    case_id: UUID
    measure: str
    code: str
    title: str
    subject_id: UUID
    recipient_id: UUID
    body: str
    state: CaseState
    outcome: Outcome
    opened_on: date
    applied_on: date | None
    due_on: date | None
    is_overdue: bool
    waits_for: str
    right_id: UUID
    decision_id: UUID | None
    steps: tuple[CaseStepView, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardView:
    """A measure granted to a person. Days inclusive; `stops_on` is the first day not due any more."""

    award_id: UUID
    number: str
    measure: str
    code: str
    title: str
    subject_id: UUID
    recipient_id: UUID
    amount_kopecks: int
    form: str
    period: str
    first_day: date
    last_day: date | None
    stops_on: date | None
    granted_on: date
    decision_id: UUID | None

    def is_live(self, on: date) -> bool:
        """In force on a day: begun, not run out, not stopped."""
        return (
            self.first_day <= on
            and (self.stops_on is None or on < self.stops_on)
            and (self.last_day is None or on <= self.last_day)
        )


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a list."""

    decision_id: UUID
    number: str
    on: date
    kind: DecisionKind
    measure: str
    title: str
    amount_kopecks: int | None
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class DecisionDocument:
    """The whole decision: `document` is the machine-readable part, `lines` the text people read."""

    decision_id: UUID
    number: str
    on: date
    kind: DecisionKind
    recipient_id: UUID
    sha256: str
    document: Mapping[str, Any]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A decided award as ЕГИССО wants to know it, in our own words. Days inclusive.

    An award that was stopped comes again with `is_stop` and its last day shortened.
    """

    award_id: UUID
    measure: str
    recipient_id: UUID
    subject_id: UUID
    decided_on: date
    first_day: date
    last_day: date | None
    amount_kopecks: int
    form: str
    is_stop: bool


@dataclass(frozen=True, slots=True)
class BaselineAward:
    """An award in payment when the platform starts. Days inclusive."""

    number: str
    recipient_id: UUID
    subject_id: UUID
    measure: str
    amount_kopecks: int
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ReplayDifference:
    """A decision that does not come out the same from its stored rule and facts, and in what it differs."""

    decision_id: UUID
    number: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """Result of deriving decisions anew.

    `to_ask`: numbers of decisions that stand on answers asked on demand and not kept; they cannot be derived until
    the agency is asked again, and are neither equal nor different.
    """

    total: int
    differences: tuple[ReplayDifference, ...]
    to_ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """What a reconsideration did (or would do): awards asked about, decisions by kind, kopecks for past months."""

    asked: int
    decisions: Mapping[str, int]
    added_kopecks: int
    overpaid_kopecks: int


@dataclass(frozen=True, slots=True)
class Indexation:
    """A run of indexation and what it comes to, kopecks a month. `unsure` and `lower` are left as they are."""

    run_id: UUID
    day: date
    begins: date
    measures: tuple[str, ...]
    state: str
    limit_percent: int
    awards: int
    changed: int
    unsure: int
    lower: int
    before_kopecks: int
    after_kopecks: int
    done: int

    @property
    def percent(self) -> float:
        """Growth of the sum in per cent."""
        return 100 * (self.after_kopecks - self.before_kopecks) / self.before_kopecks if self.before_kopecks else 0.0


@dataclass(frozen=True, slots=True)
class AwardTotals:
    """Cash awards of one measure: how many, the sum of amounts per payment, how many were stopped."""

    awards: int
    amount_kopecks: int
    stopped: int


class CaseNotFound(DomainError):
    sentence = "Такого дела нет или оно вам недоступно."


class DecisionNotFound(DomainError):
    sentence = "Такого решения нет или оно вам недоступно."


class OfferNotOpen(DomainError):
    sentence = "Это предложение уже не действует: согласие дано, отозвано или право изменилось. Обновите страницу."


class CaseAlreadyDecided(DomainError):
    sentence = "По этому делу уже не ждут решения сотрудника. Обновите список."


class ReasonRequired(DomainError):
    sentence = "Напишите обоснование решения: его прочитает гражданин."


class AmountRequired(DomainError):
    sentence = "Правило не дало размера выплаты. Укажите сумму и первый день, чтобы назначить."
