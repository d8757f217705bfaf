"""What crosses the door of programmes: a programme with its steps, reports and checks; refusals; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kazna.kernel.errors import DomainError


class ProgrammeState(StrEnum):
    """Asked for, written by an officer, signed by the person, paid, ended well or badly, watched to the end.

    Breaking: one officer wants it ended as not carried out, another has to agree.
    """

    REQUESTED = "requested"
    DRAFTED = "drafted"
    AGREED = "agreed"
    ACTIVE = "active"
    FINISHED = "finished"
    BREAKING = "breaking"
    BROKEN = "broken"
    DECLINED = "declined"
    CLOSED = "closed"


OPEN = (ProgrammeState.REQUESTED, ProgrammeState.DRAFTED, ProgrammeState.AGREED, ProgrammeState.ACTIVE,
        ProgrammeState.BREAKING)  # fmt: skip
S = ProgrammeState
MOVES: Mapping[ProgrammeState, tuple[ProgrammeState, ...]] = {
    S.REQUESTED: (S.DRAFTED, S.DECLINED),
    S.DRAFTED: (S.DRAFTED, S.AGREED, S.DECLINED),
    S.AGREED: (S.ACTIVE, S.DECLINED),
    S.ACTIVE: (S.FINISHED, S.BREAKING),
    S.BREAKING: (S.BROKEN, S.ACTIVE),
    S.FINISHED: (S.CLOSED,),
    S.BROKEN: (),
    S.DECLINED: (),
    S.CLOSED: (),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The `programme` section of a passport. `limit_kopecks`: the most that is paid, None when the rule sets it.

    `costs`: steps have costs and their sum tells the rule; `once`: the person may be paid all at once.
    `asks`: key of the fact → what the officer has to establish. `income`, `size`: steps of the rule.
    """

    measure: str
    title: str
    months: int
    fact: str
    costs: bool
    once: bool
    employment: bool
    limit_kopecks: int | None
    beside: tuple[str, ...]
    asks: Mapping[str, str]
    steps: tuple[str, ...]
    report_months: int
    report_days: int
    watch_months: int
    watch_every: int
    income: str
    income_months: int
    size: str


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to be agreed on; `cost_kopecks` zero when it costs nothing."""

    title: str
    due_on: date
    cost_kopecks: int = 0


@dataclass(frozen=True, slots=True)
class StepView:
    number: int
    title: str
    due_on: date
    cost_kopecks: int
    done_on: date | None
    proof: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """`state`: waited, filed, accepted, returned."""

    number: int
    first_day: date
    due_on: date
    state: str
    is_late: bool
    filed_on: date | None
    text: str
    spent_kopecks: int
    remark: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """Number 0 is the family before the programme."""

    number: int
    due_on: date
    counted_on: date | None
    income_kopecks: int | None
    family_size: int | None
    note: str
    looked_by: str


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme as screens show it."""

    programme_id: UUID
    measure: str
    title: str
    person_id: UUID
    body: str
    state: ProgrammeState
    needs: str
    requested_on: date
    months: int | None
    paid_once: bool
    is_employed: bool
    answers: Mapping[str, bool]
    drafted_by: str
    signed_on: date | None
    ends_on: date | None
    award_id: UUID | None
    ended_on: date | None
    ended_by: str
    outcome: str
    claimed_kopecks: int
    steps: tuple[StepView, ...] = ()
    reports: tuple[ReportView, ...] = ()
    checks: tuple[CheckView, ...] = ()

    @property
    def cost_kopecks(self) -> int:
        """What the steps cost together."""
        return sum(step.cost_kopecks for step in self.steps)

    @property
    def late_reports(self) -> int:
        return sum(1 for report in self.reports if report.is_late and report.state in ("waited", "returned"))


class ProgrammeNotFound(DomainError):
    sentence = "Такой программы нет или она вам недоступна."


class NoProgramme(DomainError):
    sentence = "По мере «{measure}» программу не составляют. Выберите меру из списка."


class ProgrammeOpen(DomainError):
    sentence = "Программа по этой мере у человека уже есть, она не закончена. Откройте её."


class ProgrammeMoved(DomainError):
    sentence = "Так уже нельзя: программа сейчас в состоянии «{state}». Обновите страницу."


class AnotherOfficerNeeded(DomainError):
    sentence = "Программу прекращают двое: подтвердить или отклонить должен другой сотрудник."


class ProgrammeRefused(DomainError):
    sentence = "Не получилось: {why}."
