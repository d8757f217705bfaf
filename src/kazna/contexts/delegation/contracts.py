"""What crosses the door of delegation: agreements, who does a case under one, refusals; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kazna.kernel.errors import DomainError


class Function(StrEnum):
    """What a region gives to the Fund. Deciding is always given; paying and hearing complaints only when named."""

    DECIDE = "decide"
    PAY = "pay"
    APPEALS = "appeals"


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """Days inclusive. `origin_body` gives («dszn-63»); `bodies`: who works → how many people are put to it."""

    number: str
    signed_on: date
    origin_body: str
    measures: tuple[str, ...]
    functions: frozenset[Function]
    bodies: Mapping[str, int]
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as screens show it; `open_cases` by working body. `is_over` on the day asked about."""

    agreement_id: UUID
    number: str
    signed_on: date
    origin_body: str
    measures: tuple[str, ...]
    functions: frozenset[Function]
    bodies: Mapping[str, int]
    first_day: date
    last_day: date | None
    ended_on: date | None
    ended_why: str
    entered_by: str
    cases_given: Mapping[str, int]

    def holds(self, day: date) -> bool:
        last = min(filter(None, (self.last_day, self.ended_on)), default=None)
        return self.first_day <= day and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case done by another body than its own under an agreement."""

    case_id: UUID
    agreement_id: UUID
    origin_body: str
    body: str
    functions: frozenset[Function]


@dataclass(frozen=True, slots=True)
class NewMatter:
    """A case to be given away; people whose facts its officers have to see."""

    case_id: UUID
    agreement_id: UUID
    measure: str
    body: str
    recipient_id: UUID
    subject_id: UUID
    since: date


class AgreementNotFound(DomainError):
    sentence = "Такого соглашения нет или оно вам недоступно."


class AgreementRefused(DomainError):
    sentence = "Соглашение не принято: {why}."
