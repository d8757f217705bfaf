"""What crosses the door of corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kazna.kernel.errors import DomainError

TERM_DAYS = 7  # working days: 152-ФЗ, статья 20, часть 3


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """`state`: filed, asked, corrected or kept. `source` told the fact; `reason` is an officer's, for the person."""

    correction_id: UUID
    person_id: UUID
    fact_id: UUID
    kind: str
    source: str
    claim: str
    state: str
    filed_on: date
    due_on: date
    settled_on: date | None
    reason: str

    @property
    def is_open(self) -> bool:
        return self.settled_on is None


class FactNotThere(DomainError):
    sentence = "Этого сведения уже нет: его заменило более новое. Откройте «Мои данные» ещё раз."


class ClaimMissing(DomainError):
    sentence = "Напишите, что неверно и как правильно: хотя бы одно предложение."


class CorrectionNotOpen(DomainError):
    sentence = "Этого обращения нет или на него уже ответили. Обновите список."


class AnswerNeeded(DomainError):
    sentence = "Напишите ответ человеку: почему сведение остаётся как есть."
