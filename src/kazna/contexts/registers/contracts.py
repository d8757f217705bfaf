"""What crosses the door of the registers: facts, cards, receipts, matters for an officer; no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kazna.kernel.errors import DomainError

Progress = Callable[[str, int, int], None]  # stage in Russian, rows done, rows in all


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be recorded. Days `[valid_from, valid_to)`, None is open; money in `value` is kopecks.

    `thing` tells statements of one kind about one person apart: an act, a job, a year.
    A fact with the same kind, subject, source and thing replaces the earlier one.
    """

    kind: str
    subject_id: UUID
    object_id: UUID | None
    thing: str
    valid_from: date
    valid_to: date | None
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A recorded fact. Days `[valid_from, valid_to)`; `known_on` is the operating day it was recorded on.

    `digest` stands beside a value that was asked on demand; see `vitrines`.
    """

    id: UUID
    seq: int
    kind: str
    subject_id: UUID
    object_id: UUID | None
    thing: str
    valid_from: date
    valid_to: date | None
    value: dict[str, Any]
    source: str
    document_id: UUID | None
    known_on: date
    recorded_at: datetime
    digest: str | None = None

    @property
    def is_gone(self) -> bool:
        """The value was asked on demand and is not kept: only its digest is known."""
        return self.digest is not None and not self.value

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class WardTie:
    """Somebody whom a person represents; `role` is mother, father, adoptive or guardian.

    `limits`: what the act of appointment forbids, "applications" or "accounts".
    """

    person_id: UUID
    role: str
    is_child: bool
    limits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as the newest facts show them. `territory` is the two-digit region of residence, or empty.

    `merged_into` names the card to use instead when two cards turned out to be one person.
    """

    person_id: UUID
    snils: str | None
    surname: str
    forename: str
    patronymic: str | None
    birth_date: date | None
    sex: str
    died_on: date | None
    territory: str
    address: str
    merged_into: UUID | None = None

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.forename, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one document: accepted, duplicate or quarantined, with remarks as plain objects."""

    digest: str
    file: str
    kind: str
    status: str
    remarks: tuple[dict[str, Any], ...] = ()
    document_id: UUID | None = None

    def line(self) -> dict[str, Any]:
        """Of the protocol for the sender, JSON-able: digest, file, kind, status, remarks."""
        return {
            "digest": self.digest,
            "file": self.file,
            "kind": self.kind,
            "status": self.status,
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A known fact and the claim that disagrees with it. Choose one of the two fact ids."""

    conflict_id: UUID
    person_id: UUID
    kind: str
    known: Fact
    claim_fact_id: UUID
    claim_value: dict[str, Any]
    claim_source: str
    document_id: UUID | None
    found_on: date


@dataclass(frozen=True, slots=True)
class SuspectView:
    """Two cards that may be one person, and why we think so."""

    suspect_id: UUID
    person: PersonCard
    other: PersonCard
    reason: str
    document_id: UUID | None
    found_on: date


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two cards that were joined: which stayed, which went, who did it and why. `undone_on` None: still joined."""

    merge_id: UUID
    keep_id: UUID
    drop_id: UUID
    merged_on: date
    merged_by: str
    reason: str
    undone_on: date | None


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """`joined`: sure pairs merged; `asked`: pairs new for an officer; `known`: pairs told or settled before."""

    cards: int
    joined: int
    asked: int
    known: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a person's history: the day it began, the kind's title, the fact."""

    day: date
    title: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """A statement about a person. `state`: holds; corrected – a newer version took its place; withdrawn.

    `conflict_id`: a source disagrees with it and an officer has not chosen yet.
    """

    fact: Fact
    title: str
    state: str
    conflict_id: UUID | None


@dataclass(frozen=True, slots=True)
class BaselineReport:
    """How much the snapshot brought."""

    as_of: date
    people: int
    facts: int


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of facts. `value`: key → what stands there, units in the key's end (`_kopecks`, `_on`).

    `stage`: stored, cached (an answer kept `fresh_days`), on_demand. `completeness`: what no row means: full – no,
    answer – unknown, claimed – the general rule. `precedence`: {"sources", "compared", "reason", "about"?} or
    empty.
    `origin`: release of the law, or change agreed here.
    """

    code: str
    title: str
    holder: str
    stage: str
    fresh_days: int | None
    completeness: str
    sensitivity: str
    value: dict[str, str]
    precedence: dict[str, Any]
    origin: str


@dataclass(frozen=True, slots=True)
class DomainFact:
    """A fact of the field and where it is kept: `kind` with `path`, a key of its value or @from, @to, @period, @object,
    @row, @count. `derived`: worked out from that kind, not kept itself."""

    code: str
    title: str
    type: str
    unit: str
    holder: str
    validity: str
    kind: str
    path: str
    derived: bool


@dataclass(frozen=True, slots=True)
class KindChangeView:
    """A change of the catalogue: `before` empty means a new kind; `is_approved` None: waits for a second person."""

    change_id: UUID
    code: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    proposed_by: str
    proposed_at: datetime
    settled_by: str
    settled_at: datetime | None
    is_approved: bool | None

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Field → (before, after)."""
        return {
            name: (self.before.get(name), after) for name, after in self.after.items() if self.before.get(name) != after
        }


class KindsRefused(DomainError):
    sentence = "Каталог не принят ({name}): {remarks}"


class KindChangeNotOpen(DomainError):
    sentence = "Изменение каталога не утверждается: {why}."


class BaselineAlreadyLoaded(DomainError):
    sentence = "Исходные данные уже загружены (на {as_of}, людей: {people}). Ничего делать не нужно."


class BaselineRefused(DomainError):
    sentence = "Исходные данные не приняты: {remarks}"


class RepresentationLimited(DomainError):
    sentence = (
        "Сделать это за подопечного нельзя: опека прекращена или акт о назначении опекуна это запрещает. "
        "Обратитесь в орган опеки."
    )


class UnknownFactKind(DomainError):
    sentence = "Вид сведений «{kind}» не описан в каталоге; добавьте его в law/facts/catalogue.yaml."


class AccountRefused(DomainError):
    sentence = "Счёт не записан: {reason}."


class ConflictNotOpen(DomainError):
    sentence = "Это расхождение уже разрешено или не найдено. Обновите список."


class NotACandidate(DomainError):
    sentence = "Выберите одно из двух сведений, между которыми возникло расхождение."


class SuspectNotOpen(DomainError):
    sentence = "Эта пара карточек уже разобрана или не найдена. Обновите список."


class MergeNotFound(DomainError):
    sentence = "Такого объединения карточек нет или оно уже отменено. Обновите страницу."


class LinkageNotInstalled(DomainError):
    sentence = "Для поиска дублей нужен пакет splink: установите kazna[linkage]."
