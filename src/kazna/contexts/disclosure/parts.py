"""Parts of a person's statement from our facts and payments; None where we hold nothing and so cannot say «no»."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from kazna.contexts.cases import public as cases
from kazna.contexts.disclosure.contracts import DisabilityTold, Inheritance, MonthSum
from kazna.contexts.disclosure.models import Agreement
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.kernel.periods import add_months, month_start
from kazna.plumbing.access import Viewer, acting_as

REPLACED = ("cancelled", "reissued")  # nothing is owed by these: the one is void, the other has a successor


def incomes(person_id: UUID, first: date, last: date) -> list[MonthSum] | None:
    """What payers of insurance contributions paid, by month of the period; None when the tax service never answered."""
    facts = registers.facts_of([person_id], kinds=["income.payments"])
    if not facts:
        return None
    of_year = {int(fact.value["year"]): fact for fact in sorted(facts, key=lambda fact: fact.seq)}
    found = [
        MonthSum(date(year, int(month), 1), int(kopecks))
        for year, fact in sorted(of_year.items())
        for month, kopecks in sorted(fact.value.get("months", {}).items())
    ]
    return [one for one in found if month_start(first) <= one.month <= last]


def disability(person_id: UUID, first: date, last: date) -> DisabilityTold | None:
    """The newest disability that touches the period; one without the day of its act cannot be told officially."""
    found = [
        told
        for fact in registers.facts_of([person_id], kinds=["disability"])
        if fact.valid_from <= last and (fact.valid_to is None or fact.valid_to > first) and (told := _told(fact))
    ]
    return max(found, key=lambda told: told.first_day, default=None)


def _told(fact: registers.Fact) -> DisabilityTold | None:
    """The day of the act is the end of its key, «disability/office/number/2026-02-01»."""
    try:
        act_on = date.fromisoformat(fact.thing.rpartition("/")[2])
    except ValueError:
        return None
    act, end = fact.value.get("act"), fact.valid_to
    last = end - timedelta(days=1) if end else None
    return act and DisabilityTold(
        str(fact.value.get("group")), str(fact.value.get("cause") or ""), str(act), act_on, fact.known_on,
        fact.valid_from, last,
    )  # fmt: skip


def jobs(person_id: UUID, first: date, last: date) -> list[tuple[date, bool]] | None:
    """Month by month: did the person work on any of its days; None when no agency told of any work."""
    facts = registers.facts_of([person_id], kinds=["employment"])
    if not facts:
        return None
    return [(month, any(_touches(fact, month) for fact in facts)) for month in months(first, last)]


def _touches(fact: registers.Fact, month: date) -> bool:
    return fact.valid_from < add_months(month, 1) and (fact.valid_to is None or fact.valid_to > month)


def obligations(person_id: UUID, first: date, last: date) -> dict[UUID, list[MonthSum]]:
    """What each award is to pay by month of the period: by its orders, by its amount where none is yet."""
    return {
        owed.award_id: [MonthSum(month, kopecks) for month, kopecks in sorted(_due(owed, first, last).items())]
        for owed in payments.obligations_of(person_id=person_id)
    }


def _due(owed: payments.Obligation, first: date, last: date) -> dict[date, int]:
    stop = owed.stops_on - timedelta(days=1) if owed.stops_on else None
    end = min(day for day in (last, owed.last_day, stop) if day)
    due = dict.fromkeys(months(max(first, owed.first_day), end), owed.amount_kopecks) if owed.period == "month" else {}
    if owed.period == "once" and first <= owed.first_day <= last:
        due = {month_start(owed.first_day): owed.amount_kopecks}
    ordered: dict[date, int] = {}
    for order in payments.orders_of(award_id=owed.award_id):
        if order.state not in REPLACED and month_start(first) <= order.month <= last:
            ordered[order.month] = ordered.get(order.month, 0) + order.amount_kopecks
    return due | ordered


def experience(person_id: UUID, on: date) -> tuple[int, int, int] | None:
    """Length of insurance record in whole years, months and days; None when the Fund told nothing.

    Twelve months make a year, thirty days a month (400-FZ art. 13; rules of 02.10.2014 N 1015, p. 47).
    """
    held = [fact for fact in registers.facts_of([person_id], kinds=["insurance.record"]) if fact.holds_on(on)]
    if not held or (told := max(held, key=lambda fact: fact.seq).value.get("years")) is None:
        return None
    whole_months, days = divmod(int(Decimal(str(told)) * 360), 30)
    return (*divmod(whole_months, 12), days)


def inheritances(
    agreement: Agreement, received: Sequence[payments.Inherited], first: date, last: date
) -> list[Inheritance]:
    """Payments credited in the period to the person for dead ones, whose СНИЛС and award the message demands."""
    dead = tuple({one.dead_id for one in received})
    with acting_as(Viewer("citizen", agreement.consumer_id, person_ids=dead)):
        cards = registers.cards(dead)
        numbers = {award.award_id: award.number for one in dead for award in cases.awards_of(person_id=one)}
    return [
        Inheritance(cards[one.dead_id].snils or "", numbers[one.award_id], one.decided_on, one.kopecks)
        for one in received
        if first <= one.credited_on <= last and cards[one.dead_id].snils and one.award_id in numbers
    ]


def months(first: date, last: date) -> Iterable[date]:
    """First days of the months that the period touches, at most ten years of them."""
    month = month_start(max(first, add_months(last, -120)))
    while month <= last:
        yield month
        month = add_months(month, 1)
