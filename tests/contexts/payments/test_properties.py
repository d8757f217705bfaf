"""Whatever happens, in whatever order and however often it is told, the books agree."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.contexts.payments.below import Below, cause, corrected, granted, repeatable_ids, stopped
from tests.contexts.payments.conftest import Bank

from kazna.contexts.integration.public import CreditLine, CreditStatement
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.actions.take_on_awards import take_on_awards
from kazna.contexts.payments.actions.take_statement import take_statement
from kazna.contexts.payments.models import Obligation, Order, Register

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 3, 3), date(2025, 5, 6)


def random_life(chance: random.Random) -> None:
    """Two months with awards, stops, refusals, deaths and new accounts; every message may come twice."""
    below = Below()
    bank = Bank(below)
    people = [below.person(account=None if chance.random() < 0.2 else f"4081781{n:013d}") for n in range(4)]
    awards = []
    on = FIRST
    while on <= LAST:
        twice = range(chance.choice([1, 1, 2]))
        for register in Register.objects.filter(state="sent").order_by("number"):
            refused = {line.number: "счёт закрыт" for line in register.lines.all() if chance.random() < 0.2}
            event = below.answers(register, on, refused)
            for _ in twice:
                take_statement(event, below)
        if chance.random() < 0.3:
            measure = chance.choice(["grant", "benefit", "pension"])
            first_day = on - timedelta(days=chance.randrange(60))
            last_day = chance.choice([None, on + timedelta(days=chance.randrange(90))])
            amount = chance.randrange(1, 5_000_000)
            award = granted(
                chance.choice(people), measure, amount_kopecks=amount, first_day=first_day, last_day=last_day, on=on
            )
            awards.append(award)
            for _ in twice:
                bank.take_on(award)
        if awards and chance.random() < 0.1:
            award = chance.choice(awards)
            day = max(award.first_day, on - timedelta(days=chance.randrange(60))).replace(day=1)
            stop = stopped(award, day + timedelta(days=31 - day.day + 1), on)
            for _ in twice:
                stop_obligations([stop])
        if awards and chance.random() < 0.15:
            correct(bank, chance, chance.choice(awards), on, twice)
        if chance.random() < 0.15:
            decide(chance, on)
        if chance.random() < 0.1:
            return_late(bank, chance, on)
        if chance.random() < 0.1:
            payments.change_limit(
                measure="benefit", body="sfr-77", year=on.year, change_kopecks=chance.randrange(9_000_000),
                document=f"Уведомление {on}", by="officer", on=on,
            )  # fmt: skip
        if chance.random() < 0.1:
            person = chance.choice(people)
            below.gives_account(person, f"4081782{chance.randrange(10**6):013d}")
            for _ in twice:
                bank.people_changed(person, on=on)
        if chance.random() < 0.02:
            person = chance.choice(people)
            below.dies(person, on)
            bank.people_changed(person, on=on)
        bank.day(on)
        on += timedelta(days=1)


def correct(bank: Bank, chance: random.Random, award, on: date, twice) -> None:
    """Up to three months that have orders are worth any other sum."""
    months = sorted(set(Order.objects.filter(award_id=award.award_id).values_list("month", flat=True)))[-3:]
    worth = {month: (0, chance.choice([0, chance.randrange(6_000_000)])) for month in months}
    event = corrected(award, on, worth)
    for _ in twice if worth else ():
        bank.correct(event)


def decide(chance: random.Random, on: date) -> None:
    """Something is decided about the oldest overpayment, or a part of it comes back."""
    one = next((o for o in payments.overpayments() if o.state != "closed"), None)
    if one is None:
        return
    given = {"overpayment_id": one.overpayment_id, "by": "officer", "on": on}
    if one.state == "found":
        fault, means, percent = chance.choice([("false_data", "withholding", 20), ("none", "write_off", 0)])
        payments.decide_overpayment(
            fault=fault, means=means, percent=percent, monthly_kopecks=chance.choice([None, 100_000]),
            explanation="Проверка.", cause=cause(), confirmed_by="second", **given,
        )  # fmt: skip
    elif chance.random() < 0.5:
        kopecks = chance.randrange(1, one.left_kopecks + 1)
        payments.record_repayment(kopecks=kopecks, document=f"ПП {on}", **given)
    else:
        payments.write_off(document="Определение суда", confirmed_by="second", **given)


def return_late(bank: Bank, chance: random.Random, on: date) -> None:
    """The bank sends back one credited payment, and says so twice."""
    orders = list(Order.objects.filter(state="credited", settled_on__lt=on).order_by("id"))
    if orders:
        line = chance.choice(orders).line
        for _ in range(2):
            event = bank.below.states(
                CreditStatement(
                    line.register.number, line.register.date, on,
                    (CreditLine(line.number, line.account, line.amount_kopecks, False, "не востребовано"),),
                ),
                on,
            )  # fmt: skip
            take_statement(event, bank.below)


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 10**9))
def test_all_records_of_money_agree_after_any_two_months(seed):
    with transaction.atomic(), repeatable_ids(seed):
        random_life(random.Random(seed))

        found = payments.verify()
        spread = payments.totals().values()

        transaction.set_rollback(True)
    assert found == []
    assert all(2 * t.accrued_kopecks == sum(asdict(t).values()) for t in spread)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=6))
def test_borders_of_batches_do_not_matter(cuts):
    below = Below()
    people = [below.person() for _ in range(3)]
    awards = [granted(people[n % 3], measure) for n, measure in enumerate(["grant", "benefit", "pension"] * 2)]
    borders = sorted({0, *cuts, len(awards)})

    with transaction.atomic():
        for start, end in pairwise(borders):
            take_on_awards(awards[start:end], below)
        Bank(below).day(date(2025, 3, 4))
        obligations = set(Obligation.objects.values_list("award_id", "next_month", "next_pay_on"))
        orders = set(Order.objects.values_list("id", "month", "amount_kopecks", "state", "line__number"))
        transaction.set_rollback(True)

    with transaction.atomic():
        take_on_awards(awards, below)
        Bank(below).day(date(2025, 3, 4))
        assert obligations == set(Obligation.objects.values_list("award_id", "next_month", "next_pay_on"))
        assert orders == set(Order.objects.values_list("id", "month", "amount_kopecks", "state", "line__number"))
        transaction.set_rollback(True)
