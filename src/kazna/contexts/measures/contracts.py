"""What crosses the door of `measures`: rights and the cards of measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact without which the rule cannot decide, and who could tell it.

    `cost` says how dear it is to learn: own, vitrine, request, citizen or parameter (the law itself
    gives no value for the date). `person_id` is whose fact it is, None for parameters. `kind` and `path`
    name the fact kind and the key in its value that would hold the answer.
    """

    fact: str
    title: str
    holder: str
    cost: str
    person_id: UUID | None
    question: str = ""
    kind: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """One evaluation of a measure for a subject: immutable, explained, replayable.

    `body` decides it: sfr is the Fund, dszn the region's own body. `amount_kopecks` is per payment; `last_day`
    is inclusive, None is open. `applied_on` is the day of the application or consent, None when nobody has
    applied. `fact_ids` are the exact facts used.
    """

    id: UUID
    measure: str
    code: str
    title: str
    short_title: str
    kind: str
    level: str
    edition_digest: str
    edition_from: date
    release_digest: str
    roles: Mapping[str, UUID]
    subject_id: UUID
    recipient_id: UUID
    state: str
    amount_kopecks: int | None
    first_day: date | None
    last_day: date | None
    form: str
    period: str
    mode: str
    body: str
    applied_on: date | None
    governing_date: date | None
    missing: tuple[Missing, ...]
    summary: str
    sentences: tuple[str, ...]
    conditions: tuple[Mapping[str, Any], ...]
    trace: Mapping[str, Any]
    fact_ids: tuple[UUID, ...]
    law: tuple[str, ...]
    passport: Mapping[str, Any]
    trigger: str
    on: date

    @property
    def key(self) -> tuple[str, UUID, UUID]:
        return (self.measure, self.subject_id, self.recipient_id)


@dataclass(frozen=True, slots=True)
class Ask:
    """Evaluate this measure for these roles (person; child and applicant; deceased and applicant).

    `as_of`: a day to come on which the right would begin (pension age in a month), None for today.
    """

    measure: str
    roles: Mapping[str, UUID]
    trigger: str
    cause: Cause
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """An event that suspends a monthly award and the one that resumes it; `is_paid_back`: the time between too."""

    event: str
    until: str
    is_paid_back: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody who stands with a measure that reads what has changed: these `kinds`."""

    measure: str
    subject_id: UUID
    recipient_id: UUID
    roles: Mapping[str, UUID]
    cause: Cause
    corrects: bool = False
    kinds: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, UUID, UUID]:
        return (self.measure, self.subject_id, self.recipient_id)


@dataclass(frozen=True, slots=True)
class Question:
    """An old question asked again: the answer of each of the days by what is known now.

    `without`: numbers of awards whose own record must not count. `anew`: as if applied for on the very day.
    """

    measure: str
    roles: Mapping[str, UUID]
    days: tuple[date, ...]
    without: frozenset[str] = frozenset()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Indexed:
    """How sums of a measure change on a day. `figures`: what its rule reads that begins then.

    `coefficients` by territory («» for all) serve awards whose facts are not known; `law`: the act of the coefficient.
    `parts`: as in `part_months`.
    """

    measure: str
    figures: tuple[str, ...]
    parameter: str | None
    coefficients: Mapping[str, Fraction]
    law: str
    parts: tuple[bool, bool]

    def coefficient(self, territory: str) -> Fraction | None:
        return self.coefficients.get(territory, self.coefficients.get(""))


@dataclass(frozen=True, slots=True)
class SumAsked:
    """A sum to be computed once more: by which release of the law, of whom, for which day, from which facts."""

    release: str
    measure: str
    roles: Mapping[str, UUID]
    day: date
    fact_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What an award is worth from a day: `amount_kopecks` None when the rule gives no sure answer.

    `roles` and `fact_ids` are what it was computed from: the same again gives the same again.
    """

    amount_kopecks: int | None
    roles: Mapping[str, UUID]
    fact_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Recounted:
    """The answer of one day, not stored yet; fields as of a Right. `found` and `as_of` are for `keep` alone."""

    day: date
    state: str
    amount_kopecks: int | None
    first_day: date | None
    last_day: date | None
    governing_date: date | None
    applied_on: date | None
    mode: str
    form: str
    period: str
    kind: str
    passport: Mapping[str, Any]
    found: Any
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """Whether a right, derived anew from its stored facts and edition, comes out the same, byte for byte.

    `to_ask`: kinds that were asked on demand and are not kept. Without asking again the right cannot be derived;
    asked again, an answer is used only if it has the digest of the first.
    """

    right_id: UUID
    differences: tuple[str, ...]
    to_ask: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return not self.differences and not self.to_ask


@dataclass(frozen=True, slots=True)
class EditionCard:
    """One edition of a measure as its document says it, for screens and listings."""

    digest: str
    first_day: date
    last_day: date | None
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure of the catalogue with all its editions, newest first."""

    measure: str
    code: str
    title: str
    short_title: str
    level: str
    editions: tuple[EditionCard, ...]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a calculator answers. `state` empty: not reckoned, `problems` says why by question. Money in kopecks.

    `assumed`: (what, value in words) taken from the worked example. `last_day` inclusive, None is open.
    """

    state: str = ""
    amount_kopecks: int | None = None
    period: str = ""
    first_day: date | None = None
    last_day: date | None = None
    summary: str = ""
    sentences: tuple[str, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holder:
    """An agency and what it already knows for a measure."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeafletSum:
    """A figure of the law in kopecks, in force since `start`. `is_regional`: of the region that was chosen."""

    title: str
    kopecks: int
    start: date
    law: str
    is_regional: bool


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A measure as a person reads it. `conditions` and `law`: (words, article) and (citation, is verified).

    `examples`: (whose case, kopecks). `related`: (how, measures). Days are working days.
    """

    measure: str
    title: str
    short_title: str
    level: str
    region: str
    period: str
    body: str
    modes: tuple[str, ...]
    decides: str
    conditions: tuple[tuple[str, str], ...]
    holders: tuple[Holder, ...]
    questions: tuple[str, ...]
    documents: tuple[str, ...]
    decision_days: int | None
    payment_days: int | None
    claim_within: str
    sums: tuple[LeafletSum, ...]
    examples: tuple[tuple[str, int], ...]
    law: tuple[tuple[str, bool], ...]
    related: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One person and whether the law counts them. `belongs` None: not known. `part`: the words of the law;
    `against` and `unknown`: its conditions that do not hold or are not known; `law`: act and article."""

    person_id: UUID
    tie: str
    belongs: bool | None
    part: str
    law: str
    against: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """The family of an applicant by one law on a day. `is_known` False: sources disagree who is there at all."""

    measure: str
    title: str
    law: str
    on: date
    members: tuple[FamilyMember, ...]
    is_known: bool


class FamilyLawUnknown(DomainError):
    sentence = "Мера «{measure}» в этот день не действует или не считает семью. Считают: {known}."
