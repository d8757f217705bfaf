"""What an award is worth by what is known now, month by month, against what was decided: pure questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from kazna.contexts.cases.indexing import LiveAward
from kazna.contexts.cases.models import Award
from kazna.contexts.cases.policies import Held, change_day, first_day_of, last_day_of
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Recounted, Right
from kazna.events.cases import MonthDifference
from kazna.kernel.part_months import month_amount
from kazna.kernel.periods import add_months, month_end, month_start, next_month

Parts = tuple[bool, bool]  # are the first and the last incomplete month counted by days


@dataclass(frozen=True, slots=True)
class Chain:
    """Awards of one person that follow one another, the oldest first; `is_alone`: no earlier ones of the same key.

    `corrected`: kopecks by award and month that earlier corrections added (or took away).
    """

    held: tuple[Held, ...]
    is_alone: bool
    asked_on: date
    corrected: Mapping[tuple[UUID, date], int] = field(default_factory=dict)

    @property
    def first(self) -> Award:
        return self.held[0].award

    @property
    def last(self) -> Held:
        return self.held[-1]

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(item.award.number for item in self.held)

    def days(self, on: date) -> tuple[date, ...]:
        """Days to ask about: the day of the first decision, the first of each month after it, today."""
        months = _months(next_month(self.asked_on), last_past(on)) if self.first.period == "month" else ()
        return tuple(sorted({self.asked_on, *months, on}))

    def was(self, month: date, parts: Parts, ends: Mapping[UUID, date]) -> int:
        """Kopecks due for a month by the decisions so far; `ends`: awards stopped by the decision in the making."""
        return sum(self._worth(item, month, parts, ends) for item in self.held)

    def covering(self, month: date) -> Award:
        """The award that a month belongs to, the newest of several; the first for months before it."""
        begun = [item.award for item in self.held if month_start(item.award.first_day) <= month]
        return begun[-1] if begun else self.first

    def _worth(self, item: Held, month: date, parts: Parts, ends: Mapping[UUID, date]) -> int:
        stops_on = min(filter(None, (item.stops_on, ends.get(item.award.id))), default=None)
        if stops_on is not None and stops_on <= month:
            return 0
        return worth(item.award, month, stops_on, parts) + self.corrected.get((item.award.id, month), 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """A month of an award worth another sum. `rate_kopecks`: what a whole such month is worth."""

    award_id: UUID
    month: MonthDifference
    rate_kopecks: int

    def in_ground(self) -> dict[str, object]:
        """As the ground of a decision keeps it; the rate where the month is not a whole one."""
        told = told_difference(self.award_id, self.month)
        return told if self.rate_kopecks == self.month.due_kopecks else {**told, "rate_kopecks": self.rate_kopecks}


def told_difference(award_id: UUID, month: MonthDifference) -> dict[str, object]:
    """A month counted again, as the ground of a decision keeps it."""
    return {
        "award_id": str(award_id),
        "month": month.month.isoformat(),
        "was_kopecks": month.was_kopecks,
        "due_kopecks": month.due_kopecks,
    }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the recount changes. `begins` and `last_day` are of the new award (inclusive), `stops_on` of the last one.

    `answers`: those the decision stands on, today's last. `is_resumed`: a stopped award goes on;
    `was_wrong`: the first decision itself would be another one.
    """

    differences: tuple[Difference, ...]
    answers: tuple[Recounted, ...]
    stops_on: date | None = None
    begins: date | None = None
    last_day: date | None = None
    amount_kopecks: int = 0
    is_resumed: bool = False
    was_wrong: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.differences and self.stops_on is None and self.begins is None


def judge(chain: Chain, answers: Sequence[Recounted], on: date) -> Verdict | None:
    """Compare what is due by these answers with what was decided; None when nothing changes or nothing is sure."""
    by_day = {answer.day: answer for answer in answers}
    now = by_day.get(on)
    if now is None:
        return None
    parts = measures.part_months(kind=now.kind, period=now.period, passport=now.passport)
    months = _past(chain, by_day.get(chain.asked_on), on)
    due = {month: _due(chain, by_day, month, parts) for month in months}
    ahead = _ahead(chain, now, due, answers, on)
    ends = {chain.last.award.id: ahead.stops_on} if ahead.stops_on else {}
    told = []
    ended = None if ahead.is_resumed else chain.last.stops_on  # what was stopped stays stopped
    for month, kopecks in due.items():
        if ended is not None and month >= ended:
            continue
        will = chain.was(month, parts, ends) + _worth_of_new(ahead, month, parts)
        if kopecks is not None and kopecks != will:
            rate = _rate(chain, by_day, month) if kopecks else 0
            told.append(Difference(chain.covering(month).id, MonthDifference(month, will, kopecks), rate))
    verdict = Verdict(
        tuple(told),
        _used(chain, by_day, {item.month.month for item in told}, now),
        ahead.stops_on,
        ahead.begins,
        ahead.last_day,
        ahead.amount_kopecks,
        ahead.is_resumed,
        _was_wrong(chain, by_day.get(chain.asked_on)),
    )
    return None if verdict.is_empty else verdict


def nothing_due(chain: Chain, right: Right, stops_on: date, on: date) -> Verdict:
    """What should never have been granted: each month behind is worth nothing, and none is due from `stops_on`."""
    parts = measures.part_months(kind=right.kind, period=right.period, passport=right.passport)
    ends = {chain.last.award.id: stops_on}
    told = ((month, chain.was(month, parts, ends)) for month in _past(chain, None, on))
    behind = [Difference(chain.covering(month).id, MonthDifference(month, was, 0), 0) for month, was in told if was]
    return Verdict(tuple(behind), (), stops_on=stops_on)


def _was_wrong(chain: Chain, first: Recounted | None) -> bool:
    if first is None or first.state == "unknown":
        return False
    award = chain.first
    return (
        first.state == "refused"
        or first.amount_kopecks != award.amount_kopecks
        or (chain.is_alone and first_day_of(first) != award.first_day)
    )


def broken_months(chain: Chain, answers: Sequence[Recounted], on: date) -> tuple[date, ...]:
    """Days to ask about besides: a term that ends within a month may be followed by another answer the next day."""
    by_day = {answer.day: answer for answer in answers}
    ends = (_end_within(by_day.get(_asked_for(chain, month)), month) for month in _past(chain, None, on))
    return tuple(day for day in ends if day and day < on and day not in by_day)


def _end_within(answer: Recounted | None, month: date) -> date | None:
    """The day after the term of a granted answer, when the month goes on after it."""
    last_day = last_day_of(answer) if answer and answer.state == "granted" and answer.period == "month" else None
    if last_day is None or not month <= last_day < month_end(month):
        return None
    return last_day + timedelta(days=1)


def _asked_for(chain: Chain, month: date) -> date:
    """The day whose answer counts for a month."""
    return chain.asked_on if month <= month_start(chain.asked_on) else month


def worth(award: Award | LiveAward, month: date, stops_on: date | None, parts: Parts) -> int:
    """Kopecks of an award for a month, as payments count them: a stop cuts off whole months."""
    if award.period == "once":
        return award.amount_kopecks if month == month_start(award.first_day) else 0
    if month < month_start(award.first_day) or (award.last_day is not None and award.last_day < month):
        return 0
    if stops_on is not None and stops_on <= month:
        return 0
    return month_amount(
        award.amount_kopecks,
        month,
        first_day=award.first_day,
        last_day=award.last_day,
        prorate_first=parts[0],
        prorate_last=parts[1],
    )


def last_past(on: date) -> date:
    """The last month whose sum was decided before this day: a change found on the first counts from that day."""
    return add_months(month_start(on), -1) if on.day == 1 else month_start(on)


def _past(chain: Chain, first: Recounted | None, on: date) -> tuple[date, ...]:
    if chain.first.period == "once":
        return (month_start(chain.first.first_day),)
    begins = month_start(chain.first.first_day)
    if chain.is_alone and first is not None and first.state == "granted":
        begins = min(begins, month_start(first_day_of(first)))
    return tuple(_months(begins, last_past(on)))


def _months(first: date, last: date) -> Iterable[date]:
    month = month_start(first)
    while month <= last:
        yield month
        month = next_month(month)


def _due(chain: Chain, by_day: Mapping[date, Recounted], month: date, parts: Parts) -> int | None:
    """Kopecks due for a month by the answer of its day; None when that is not known."""
    answer = by_day.get(_asked_for(chain, month))
    if answer is None or answer.state == "unknown":
        return None
    if answer.state == "refused":
        return 0
    amount = answer.amount_kopecks or 0
    if answer.period == "once":
        return amount
    first, last_day = _first_day(chain, by_day), last_day_of(answer)
    if month < month_start(first) or (last_day is not None and last_day < month):
        return 0
    whole = month_amount(
        amount, month, first_day=first, last_day=last_day, prorate_first=parts[0], prorate_last=parts[1]
    )
    return whole + (_rest_of(month, by_day, answer) if parts[1] else 0)


def _rate(chain: Chain, by_day: Mapping[date, Recounted], month: date) -> int:
    """What a whole month is worth by the answer of its day."""
    return by_day[_asked_for(chain, month)].amount_kopecks or 0


def _rest_of(month: date, by_day: Mapping[date, Recounted], answer: Recounted) -> int:
    """What the answer that follows within the month adds."""
    begins = _end_within(answer, month)
    after = by_day.get(begins) if begins else None
    if after is None or begins is None or after.state != "granted":
        return 0
    return month_amount(
        after.amount_kopecks or 0,
        month,
        first_day=max(begins, first_day_of(after)),
        last_day=last_day_of(after),
        prorate_first=True,
        prorate_last=True,
    )


def _first_day(chain: Chain, by_day: Mapping[date, Recounted]) -> date:
    """The first day by the first answer; a renewal begins where the earlier award left off."""
    first = by_day.get(chain.asked_on)
    if first is None or first.state != "granted":
        return chain.first.first_day
    day = first_day_of(first)
    return day if chain.is_alone else max(day, chain.first.first_day)


def _ahead(
    chain: Chain, now: Recounted, due: Mapping[date, int | None], answers: Sequence[Recounted], on: date
) -> Verdict:
    """What becomes of the last award from now on."""
    nothing = Verdict((), ())
    held, award = chain.last, chain.last.award
    if award.period != "month" or now.state == "unknown":
        if now.state == "refused" and due and not any(due.values()) and held.stops_on is None:
            return Verdict((), (), stops_on=month_start(award.first_day))
        return nothing
    if not held.is_live(on):
        return _resumed(chain, now, due, answers, on) if held.stops_on else nothing
    if now.state == "refused":
        return Verdict((), (), stops_on=max(_end_of(due, on), month_start(award.first_day)))
    last_day = last_day_of(now)
    if (now.amount_kopecks, last_day) == (award.amount_kopecks, award.last_day):
        return nothing
    begins = max(change_day(on), award.first_day)
    if last_day is not None and last_day < begins:
        runs_out = award.last_day is not None and award.last_day <= last_day
        return (
            nothing if runs_out else Verdict((), (), stops_on=max(next_month(last_day), month_start(award.first_day)))
        )
    stops_on = begins if award.last_day is None or begins <= award.last_day else None
    return Verdict((), (), stops_on, begins, last_day, now.amount_kopecks or 0)


def _end_of(due: Mapping[date, int | None], on: date) -> date:
    """The first of the months after which nothing is due any more."""
    end = change_day(on)
    for month in sorted(due, reverse=True):
        if due[month] != 0:
            return end
        end = month
    return end


def _resumed(
    chain: Chain, now: Recounted, due: Mapping[date, int | None], answers: Sequence[Recounted], on: date
) -> Verdict:
    """A stopped award goes on from the first month that is due again, if the rule itself had refused in between."""
    stops_on, nothing = chain.last.stops_on, Verdict((), ())
    assert stops_on is not None
    last_day = last_day_of(now)
    if now.state != "granted" or (last_day is not None and last_day < stops_on):
        return nothing
    if not any(answer.state == "refused" for answer in answers if answer.day >= stops_on):
        return nothing
    begins = next((month for month in sorted(due) if month >= stops_on and due[month]), change_day(on))
    if last_day is not None and last_day < begins:
        return nothing
    return Verdict((), (), None, begins, last_day, now.amount_kopecks or 0, is_resumed=True)


def _worth_of_new(ahead: Verdict, month: date, parts: Parts) -> int:
    if ahead.begins is None or month < month_start(ahead.begins):
        return 0
    if ahead.last_day is not None and ahead.last_day < month:
        return 0
    return month_amount(
        ahead.amount_kopecks,
        month,
        first_day=ahead.begins,
        last_day=ahead.last_day,
        prorate_first=parts[0],
        prorate_last=parts[1],
    )


def _used(chain: Chain, by_day: Mapping[date, Recounted], months: set[date], now: Recounted) -> tuple[Recounted, ...]:
    days = {_asked_for(chain, month) for month in months}
    days |= {day for month in months if (day := _end_within(by_day.get(_asked_for(chain, month)), month))}
    return (*(by_day[day] for day in sorted(days & by_day.keys() - {now.day})), now)
