"""What crosses the door of determination en masse; no Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Report:
    """A determination of everybody on a day.

    `people`: those asked about; `questions`: measures × people answered. `measures`: id → granted, unknown, refused
    (people) and scalar (answered one by one). `awards`: id → same, changed, lost, unknown (monthly awards in force).
    `new`: id → (people, kopecks a payment) granted and never assigned. `territories`: code → people.
    `folder` holds the rights as Parquet by territory. `checked`: questions asked again the scalar way, `differences`
    those answered otherwise; None when not asked for.
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

    @property
    def questions(self) -> int:
        return sum(sum(counts[s] for s in ("granted", "unknown", "refused")) for counts in self.measures.values())

    @property
    def in_force(self) -> int:
        return sum(sum(verdicts.values()) for verdicts in self.awards.values())

    def verdicts(self, name: str) -> int:
        """Awards in force with this verdict, of all measures."""
        return sum(verdicts.get(name, 0) for verdicts in self.awards.values())
