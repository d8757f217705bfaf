"""What crosses the door of cases: cases, decisions, awards and refusals to act; no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
    LAPSED = "lapsed"  # nobody answered the offer, and it was made to the next close person


class DecisionKind(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    CHANGE = "change"
    STOP = "stop"
    SUSPEND = "suspend"
    RESUME = "resume"
    CORRECT = "correct"


class AwardAct(StrEnum):
    """What officers do with an award in force; always two of them. WAIVE: stop it, its recipient does not want it."""

    SUSPEND = "suspend"
    RESUME = "resume"
    STOP = "stop"
    CHANGE = "change"
    CORRECT = "correct"
    WAIVE = "waive"


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What an officer wants and another must look at. `act`: grant or refuse a case, or an AwardAct of an award."""

    proposal_id: UUID
    case_id: UUID | None
    award_id: UUID | None
    act: str
    title: str
    recipient_id: UUID
    subject_id: UUID
    body: str
    amount_kopecks: int | None
    first_day: date | None
    last_day: date | None
    reason: str
    computed: str
    proposed_by: str
    proposed_on: date
    state: str
    second_by: str
    second_reason: str


@dataclass(frozen=True, slots=True)
class CaseStepView:
    """One move of a case, newest last."""

    state: CaseState
    on: date
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as screens show it. `waits_for` says in words what is missing; `due_on` is the last day by law.

    `status`: what the citizen reads, in the words of the measure's passport.
    """

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
    status: str
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
class RegisterLine:
    """A decision in the register of a body. Days inclusive; `decided_by` is empty when the rules decided."""

    decision_id: UUID
    number: str
    on: date
    kind: DecisionKind
    measure: str
    title: str
    recipient_id: UUID
    subject_id: UUID
    body: str
    amount_kopecks: int | None
    first_day: date | None
    last_day: date | None
    decided_by: str
    confirmed_by: str
    against_rule: bool
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
class PaperChecked:
    """A file that claims to be a decision. It holds when it is whole and sealed by us; `sha256` of its document."""

    is_sealed: bool
    is_whole: bool
    is_trusted: bool
    signer: str
    signed_at: datetime | None
    number: str
    sha256: str
    document: Mapping[str, Any] | None

    @property
    def holds(self) -> bool:
        return self.is_whole and self.is_trusted and self.document is not None


@dataclass(frozen=True, slots=True)
class PaperKnown:
    """What a stranger who holds the paper may know: that such a decision was made, by whom, and whether it stands."""

    number: str
    kind: DecisionKind
    on: date
    body: str
    title: str
    sha256: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """A decided award as ЕГИССО wants to know it, in our own words, as it was granted. Days inclusive."""

    award_id: UUID
    measure: str
    recipient_id: UUID
    subject_id: UUID
    decided_on: date
    first_day: date
    last_day: date | None
    amount_kopecks: int
    form: str


class ChangeCause(StrEnum):
    """Why an award is worth another sum, or ended.

    MISTAKE: it was wrong from the start. RECOUNTED: another sum is due, an ended award goes on as a new one.
    GAVE_WAY: a measure that excludes it was granted. WAIVED: the recipient does not want it any more.
    """

    MISTAKE = "mistake"
    RECOUNTED = "recounted"
    DIED = "died"
    MOVED = "moved"
    GAVE_WAY = "gave_way"
    WAIVED = "waived"
    SUSPENDED = "suspended"
    RIGHT_ENDED = "right_ended"


@dataclass(frozen=True, slots=True)
class AssignmentChange:
    """A decision that changed an award: its end (`is_end`, `last_day` inclusive) or another sum for the past.

    An end by MISTAKE says that nothing was ever due. `amount_kopecks` is the latest sum of the months corrected.
    """

    award_id: UUID
    decision_id: UUID
    on: date
    cause: ChangeCause
    is_end: bool
    last_day: date | None
    amount_kopecks: int | None


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
class LawLook:
    """A law that came late: when it was noticed, the measures it touched, decisions made of it."""

    on: date
    measures: tuple[str, ...]
    decisions: int


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


class CaseHeldByAnother(DomainError):
    sentence = "Дело сейчас открыто у другого специалиста ({login}). Дождитесь или возьмите его себе."


class HandoverNotOpen(DomainError):
    sentence = "Эту передачу дел уже отменили, или её делал другой орган."


class QueueNameTaken(DomainError):
    sentence = "Очередь «{name}» у вас уже есть. Назовите иначе."


class CaseAlreadyDecided(DomainError):
    sentence = "По этому делу уже не ждут решения сотрудника. Обновите список."


class ReasonRequired(DomainError):
    sentence = "Напишите обоснование решения: его прочитает гражданин."


class AmountRequired(DomainError):
    sentence = "Правило не дало размера выплаты. Укажите сумму и первый день, чтобы назначить."


class AwardNotFound(DomainError):
    sentence = "Такого назначения нет или оно вам недоступно."


class NotPossible(DomainError):
    sentence = "Так решить нельзя: {why}."


class ProposalOpen(DomainError):
    sentence = (
        "Здесь уже есть проект решения, который ждёт второго сотрудника. Откройте его в очереди «Вторая проверка»."
    )


class ProposalNotOpen(DomainError):
    sentence = "Этот проект решения уже подтверждён или возвращён другим сотрудником. Обновите список."


class SamePerson(DomainError):
    sentence = "Свой проект решения подтвердить нельзя: нужен второй сотрудник."


@dataclass(frozen=True, slots=True)
class Comparison:
    """An award that ends if the citizen takes the other measure. `kind`: one_of, larger_of or instead_of."""

    award: AwardView
    kind: str
    law: str
    note: str


@dataclass(frozen=True, slots=True)
class FilePaper:
    """One document of a personal file. `kind`: application, attachment, case, decision, award or stop."""

    kind: str
    id: UUID
    on: date
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Purged:
    """What was forgotten by the term of keeping; `size` in bytes."""

    applications: int
    files: int
    size: int
