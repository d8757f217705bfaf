"""What agencies answer to our questions, in our own words. `request_id` is the number the answer repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from kazna.contexts.integration.contracts.acts import ActEdition
from kazna.contexts.integration.contracts.people import PersonRef, Residence
from kazna.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A holder answered about `topic` on a day; what it knows stands in the statements after this one."""

    request_id: str | None
    topic: str
    person: PersonRef | None
    answered_on: date | None
    is_present: bool


@dataclass(frozen=True, slots=True)
class PersonTold:
    """What follows was not asked for: the holder sends it about this person as of a day."""

    person: PersonRef
    told_on: date


@dataclass(frozen=True, slots=True)
class YearIncomeAnswered:
    """Income of one year of one nature: "entrepreneur" (declarations of special regimes), "self_employed" (НПД).

    `kopecks` of the whole year; `kopecks_by_month` where the holder knows months (1..12).
    `is_registered`: the person was a payer of this tax in the year.
    """

    request_id: str | None
    nature: str
    person: PersonRef | None
    year: int
    kopecks: int
    kopecks_by_month: dict[int, int] = field(default_factory=dict)
    is_registered: bool = True


@dataclass(frozen=True, slots=True)
class PaymentsAnswered:
    """What payers of insurance contributions paid, kopecks by year and month (1..12)."""

    request_id: str | None
    person: PersonRef
    kopecks_by_month: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class RegistrationAnswered:
    """Registration at a place of living (`is_permanent`) or of staying; None: not registered so."""

    request_id: str | None
    is_permanent: bool
    residence: Residence | None
    period: Period | None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """`category` as in a driving licence («B»); `power` in horse powers, None when unknown."""

    category: str
    year: int | None
    power: Fraction | None


@dataclass(frozen=True, slots=True)
class VehiclesAnswered:
    """Vehicles registered to the person asked about, all of them."""

    request_id: str | None
    vehicles: tuple[Vehicle, ...]


@dataclass(frozen=True, slots=True)
class RealtyObject:
    """`nature`: flat, house, dacha, garage, nonresidential or land. `area` in m², of land in hectares.

    `is_barred`: arrested or not to be sold; `is_unfit`: not fit for living; `is_support`: given as support.
    """

    nature: str
    area: Fraction
    share: Fraction = Fraction(1)
    is_urban: bool = True
    is_barred: bool = False
    is_unfit: bool = False
    is_support: bool = False
    is_common: bool = False


@dataclass(frozen=True, slots=True)
class RealtyAnswered:
    """Real estate of the person asked about as of a day, all of it."""

    request_id: str | None
    person: PersonRef | None
    as_of: date
    objects: tuple[RealtyObject, ...]


@dataclass(frozen=True, slots=True)
class FiguresAnswered:
    """All figures a holder has about a person as of a day; money in kopecks, yes or no as bool."""

    request_id: str | None
    topic: str
    person: PersonRef
    as_of: date
    figures: dict[str, int]


@dataclass(frozen=True, slots=True)
class StateReported:
    """A state that lasts: service, imprisonment, studies or pregnancy (`subject`), by a record of its holder.

    `details` are in our words: {"type": "conscript"}, {"form": "fulltime"}, {"registered_week": 8}.
    """

    act: ActEdition
    subject: str
    person: PersonRef
    period: Period
    details: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class DeliveryReported:
    """A medical document about a birth: the mother, the day, how many were born and how many of them alive."""

    act: ActEdition
    mother: PersonRef
    happened_on: date
    born: int
    alive: int


@dataclass(frozen=True, slots=True)
class LargeFamilyReported:
    """A parent with three or more small children as the region's body of social protection states it."""

    act: ActEdition
    parent: PersonRef
    children: tuple[PersonRef, ...]
    stated_on: date


@dataclass(frozen=True, slots=True)
class GuardianshipReported:
    """Who is appointed for a grown-up who cannot act alone, by a record of the body of guardianship.

    `form`: "guardianship" over the incapable, "trusteeship" over those whose capacity is limited.
    `limits`: what the act forbids the guardian to do for the ward: "applications", "accounts".
    """

    act: ActEdition
    ward: PersonRef
    guardian: PersonRef
    period: Period
    form: str
    limits: tuple[str, ...]
