"""What was decided."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.events.cause import Cause


@dataclass(frozen=True, slots=True)
class AwardGranted:
    """Someone was granted a measure. Amount in kopecks per payment; `last_day` inclusive, None is open.

    `period` is once or month; `form` cash, certificate… (only cash is paid out).
    `decision_id` None: the award was taken over from the former register. `body` decided and pays («sfr-77»).
    """

    award_id: UUID
    decision_id: UUID | None
    measure: str
    body: str
    recipient_id: UUID
    subject_id: UUID
    amount_kopecks: int
    form: str
    period: str
    first_day: date
    last_day: date | None
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class AwardStopped:
    """An award ends: nothing is due for months that start on or after `stops_on`."""

    award_id: UUID
    decision_id: UUID
    recipient_id: UUID
    form: str
    stops_on: date
    reason: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """One past month of an award counted again, in kopecks; `month` is its first day.

    `was_kopecks` is due by the decisions before (earlier corrections included), `due_kopecks` by this one; they differ.
    """

    month: date
    was_kopecks: int
    due_kopecks: int


@dataclass(frozen=True, slots=True)
class AwardCorrected:
    """Months of an award already behind are worth another sum, paid or not yet paid.

    Due above was: the difference is paid in addition. Due below was: what was paid of it is an overpayment.
    Oldest month first; an award and a month come at most once per decision, so (decision, award, month) is the key
    of a difference. Months to come are told by AwardStopped and AwardGranted of the same decision, which leave the
    months of `differences` alone; an end in the past without another sum is AwardStopped alone.
    `ground` says whose doing it is: law (a new figure or edition), fact (something happened, told late),
    correction (what was known was wrong), error (the body's own), appeal.
    """

    award_id: UUID
    decision_id: UUID
    measure: str
    body: str
    recipient_id: UUID
    subject_id: UUID
    form: str
    differences: tuple[MonthDifference, ...]
    ground: str
    reason: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class IndexedAward:
    """One award of an indexation: `award_id` goes on in place of `old_award_id` with another sum in kopecks."""

    old_award_id: UUID
    award_id: UUID
    decision_id: UUID
    amount_kopecks: int


@dataclass(frozen=True, slots=True)
class AwardsIndexed:
    """Awards of one measure and body got new sums from `first_day` (the first of a month); terms stay as they were.

    For each of them this is AwardStopped (from `first_day`), AwardGranted and DecisionMade at once, thousands in one
    event. Months before `first_day` are told by AwardCorrected, each award by itself.
    """

    run_id: UUID
    measure: str
    body: str
    form: str
    first_day: date
    awards: tuple[IndexedAward, ...]
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision is signed and numbered; people are to be told and the registers to learn of it."""

    decision_id: UUID
    recipient_id: UUID
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class AppealMoved:
    """A complaint was filed or answered; the person is told. `state`: filed, upheld or overturned."""

    appeal_id: UUID
    state: str
    on: date
    cause: Cause


@dataclass(frozen=True, slots=True)
class OfferDeclined:
    """The citizen does not want what was offered; another close person may."""

    case_id: UUID
    recipient_id: UUID
    on: date
    cause: Cause
