"""What crosses the door of determination en masse; no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kazna.kernel.errors import DomainError

Progress = Callable[[str, int, int], None]


class UnknownTerritory(DomainError):
    """Nobody of the register lives there."""

    sentence = "В реестре нет людей территории «{code}». Есть: {known}."


class UnknownMeasure(DomainError):
    """The law in force has no such measure."""

    sentence = "Меры «{measure}» нет в действующем праве на {on}; список мер: kazna law list."


class SparkNotInstalled(DomainError):
    """pyspark or Java is not there."""

    sentence = "Spark не установлен: нужны Java 17 и пакет pyspark (дополнение spark). {why}"


class NegativeAmount(DomainError):
    """A rule gives less than nothing."""

    sentence = (
        "Мера «{measure}» даёт отрицательную сумму ({people} чел., например {kopecks} коп.). Ничего не предложено; "
        "исправьте правило и повторите."
    )


class NothingToPropose(DomainError):
    sentence = "Предлагать нечего: новых прав нет, действующие назначения верны."


class ProposalNotFound(DomainError):
    sentence = "Такого предложения нет или оно не вашей территории. Список: kazna determinations list."


class ProposalHeld(DomainError):
    sentence = (
        "Предложение остановлено пределами: {why} Проверьте правила; если всё верно, предложите с другим пределом."
    )


class ProposalNotOpen(DomainError):
    sentence = "Предложение уже {state}; это действие с ним невозможно."


class SamePerson(DomainError):
    sentence = "Утверждает другой человек, не тот, кто предложил ({login})."


class ReasonMissing(DomainError):
    sentence = "Укажите причину: её увидят те, кто готовил предложение."


class ProposalIsOld(DomainError):
    sentence = (
        "Предложение от {made_on:%d.%m.%Y} устарело (действует {days} дней): сведения изменились. Предложите заново."
    )


class LawMoved(DomainError):
    sentence = "С тех пор изменились правила. Отзовите предложение и предложите заново."


@dataclass(frozen=True, slots=True)
class Limits:
    """Above these percents a proposal is held: of awards in force that would change or be lost; of the people asked
    whom one measure would begin to pay.
    """

    awards: int = 5
    people: int = 30


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as it stands. `lines`: kind → how many; `outcomes`: decided, moved, waiting → how many."""

    proposal_id: UUID
    on: date
    made_on: date
    made_by: str
    state: str
    territories: tuple[str, ...]
    limits: Limits
    held_for: tuple[str, ...]
    report: Mapping[str, Any]
    approved_by: str
    approved_on: date | None
    withdrawn_by: str
    withdrawn_on: date | None
    reason: str
    recorded_at: datetime
    lines: Mapping[str, int]
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LineView:
    """One line; money in kopecks: `amount` in force, `due` by the rule."""

    place: int
    kind: str
    measure: str
    territory: str
    subject_id: UUID
    recipient_id: UUID
    number: str
    amount_kopecks: int | None
    due_kopecks: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Report:
    """A determination of everybody on a day.

    `people`: those asked about; `questions`: measures × people answered. `measures`: id → granted, unknown, refused
    (people) and scalar (answered one by one). `awards`: id → same, changed, lost, unknown (monthly awards in force).
    `new`: id → (people, kopecks a payment) granted and never assigned. `territories`: code → people.
    `folder` holds the rights as Parquet by territory; `parts`: code → its folder. `law`: digest of the documents.
    `families`: kind of family → people, with_rights, fresh (with new rights), kopecks a payment of the new ones;
    `by_territory`: the same by code. `lacking`: id → what keeps it unknown → people.
    `anew`: people asked, answers of the others were taken over.
    `checked`: questions asked again the scalar way, `differences`: those answered otherwise; None when not asked for.
    """

    on: date
    taken_at: datetime
    engine: str
    people: int
    facts: int
    measures: Mapping[str, Mapping[str, int]]
    awards: Mapping[str, Mapping[str, int]]
    new: Mapping[str, tuple[int, int]]
    territories: Mapping[str, int]
    folder: Path
    seconds: Mapping[str, float] = field(default_factory=dict)
    checked: int | None = None
    differences: int | None = None
    shown: tuple[str, ...] = ()
    law: str = ""
    parts: Mapping[str, Path] = field(default_factory=dict)
    lacking: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    anew: int = 0
    families: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    by_territory: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def questions(self) -> int:
        return sum(sum(counts[s] for s in ("granted", "unknown", "refused")) for counts in self.measures.values())

    @property
    def in_force(self) -> int:
        return sum(sum(verdicts.values()) for verdicts in self.awards.values())

    def verdicts(self, name: str) -> int:
        """Awards in force with this verdict, of all measures."""
        return sum(verdicts.get(name, 0) for verdicts in self.awards.values())
