"""What holders report, in our own words: one frozen statement per record of a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kazna.contexts.integration.contracts.acts import ActEdition
from kazna.contexts.integration.contracts.answers import (
    AnswerGiven,
    DeliveryReported,
    FiguresAnswered,
    GuardianshipReported,
    LargeFamilyReported,
    PaymentsAnswered,
    PersonTold,
    RealtyAnswered,
    RegistrationAnswered,
    StateReported,
    VehiclesAnswered,
    YearIncomeAnswered,
)
from kazna.contexts.integration.contracts.people import PersonRef, Residence
from kazna.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Certificate:
    """Certificate issued about an act."""

    series: str | None
    number: str | None
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class BirthReported:
    """A birth record. `order`: which child of the mother it is; `multiple`: children born together (1 = single)."""

    act: ActEdition
    child: PersonRef
    mother: PersonRef | None
    father: PersonRef | None
    order: int | None
    multiple: int
    is_live: bool
    certificate: Certificate | None
    birth_place: str | None

    @property
    def registered_on(self) -> date:
        return self.act.key.registered_on


@dataclass(frozen=True, slots=True)
class DeathReported:
    """A death record; `died_on` None when the holder knows no full date."""

    act: ActEdition
    person: PersonRef
    died_on: date | None


@dataclass(frozen=True, slots=True)
class NameChanged:
    """A change of name; `person` carries the former name."""

    act: ActEdition
    person: PersonRef
    surname: str
    forename: str
    patronymic: str | None
    changed_on: date


@dataclass(frozen=True, slots=True)
class MarriageReported:
    """A marriage; spouses carry the names before it, the surnames after it stand apart."""

    act: ActEdition
    married_on: date | None
    husband: PersonRef
    wife: PersonRef
    husband_surname_after: str | None
    wife_surname_after: str | None


@dataclass(frozen=True, slots=True)
class DivorceReported:
    """A divorce; spouses carry the names before it, the surnames after it stand apart."""

    act: ActEdition
    divorced_on: date | None
    husband: PersonRef
    wife: PersonRef
    husband_surname_after: str | None
    wife_surname_after: str | None


@dataclass(frozen=True, slots=True)
class PaternityReported:
    """Paternity established: `child` carries the name before it, the names after it stand apart.

    `birth_act` is the number of the birth record when the message names it.
    """

    act: ActEdition
    child: PersonRef
    surname_after: str
    forename_after: str
    patronymic_after: str | None
    father: PersonRef
    mother: PersonRef | None
    birth_act: str | None


@dataclass(frozen=True, slots=True)
class DisabilityReported:
    """A state of disability set by an act of the medical and social examination.

    `group` is I, II, III or child; None means the disability is no longer established.
    Days `[valid_from, valid_to)`, `valid_to` None means for life.
    """

    act: ActEdition
    person: PersonRef
    group: str | None
    cause: str | None
    is_from_childhood: bool
    valid_from: date
    valid_to: date | None
    next_examination_on: date | None


@dataclass(frozen=True, slots=True)
class IncomeAnswered:
    """The tax service's answer for one year: income paid by tax agents, kopecks by month (1..12).

    An empty `kopecks_by_month` is the answer "no income is known". `declared_kopecks`: the year's income
    by declarations, which has no months.
    """

    request_id: str | None
    person: PersonRef | None
    year: int
    kopecks_by_month: dict[int, int]
    declared_kopecks: int = 0


@dataclass(frozen=True, slots=True)
class UnemploymentAnswered:
    """The employment service's answer: periods of being registered as unemployed, half-open."""

    person: PersonRef
    snils: str
    asked_on: date
    is_present: bool
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class EmploymentReported:
    """A person was `hired` or `dismissed` on a day; `reason` is the ground of dismissal."""

    snils: str
    employer_inn: str
    event: str
    happened_on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class NewbornSnilsReported:
    """СНИЛС opened for a newborn by the birth record."""

    person: PersonRef
    snils: str
    birth_act: str
    mother_snils: str | None


@dataclass(frozen=True, slots=True)
class ResidenceReported:
    """A person is registered at a place of living since `moved_on`."""

    snils: str
    residence: Residence
    moved_on: date


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What the bank did with one line of a register of credits; `reason` is the bank's own text of refusal."""

    number: int
    account: str
    amount_kopecks: int
    is_credited: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class CreditStatement:
    """The bank's statement about one register of credits."""

    register_number: str
    register_date: date
    stated_on: date
    lines: tuple[CreditLine, ...]


@dataclass(frozen=True, slots=True)
class CitizenAct:
    """Something a citizen did on the portal: `kind` is consent, application or account_change.

    `declared`: what the citizen states in the application, fact kind → value ({"property.answer": {"excess": false}}).
    """

    act_id: str
    kind: str
    snils: str
    done_on: date
    measure: str | None
    child_snils: str | None
    child_birth_act: str | None
    bik: str | None
    account: str | None
    deceased_snils: str | None
    declared: dict[str, dict[str, bool]] = field(default_factory=dict)


Statement = (
    BirthReported
    | DeathReported
    | NameChanged
    | MarriageReported
    | DivorceReported
    | DisabilityReported
    | IncomeAnswered
    | UnemploymentAnswered
    | EmploymentReported
    | NewbornSnilsReported
    | ResidenceReported
    | CreditStatement
    | CitizenAct
    | PaternityReported
    | AnswerGiven
    | FiguresAnswered
    | PersonTold
    | YearIncomeAnswered
    | PaymentsAnswered
    | RegistrationAnswered
    | VehiclesAnswered
    | RealtyAnswered
    | StateReported
    | DeliveryReported
    | LargeFamilyReported
    | GuardianshipReported
)
