"""Whatever documents there are and whatever banks answer: within the limits, to the kopeck, and the books agree."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from tests.contexts.payments.below import OTHER_BIK, Below, corrected, granted, repeatable_ids, stopped
from tests.contexts.payments.conftest import Bank
from tests.contexts.payments.test_properties import decide, return_late
from tests.contexts.payments.writs import ACCOUNT, OTHER_ACCOUNT, answer_transfers, confirmed, day_of_writs, done

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.levy_rules import rules
from kazna.contexts.payments.models import Order, Register
from kazna.contexts.payments.writs import Writ

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 3, 3), date(2025, 5, 9)
MEASURES = ["ru-old-age-pension", "ru-disability-pension-social", "ru-sick-leave", "ru-work-injury-monthly",
            "ru-child-benefit", "ru-new-measure"]  # fmt: skip


def random_writ(chance: random.Random, below: Below, debtor, on: date) -> None:
    claim = chance.choice(list(rules().claims))
    law = rules().claims[claim]
    fields = chance.choice(
        [
            {"debt_kopecks": chance.randrange(1, 5_000_000)},
            {"share_top": 1, "share_bottom": chance.choice([2, 3, 4])},
            {"share_top": 1, "share_bottom": 4, "debt_kopecks": chance.randrange(1, 900_000)},
            {"monthly_kopecks": chance.randrange(1, 900_000)},
        ]
    )
    if law.keeps_minimum and chance.random() < 0.3:
        fields["minimum_group"] = "pensioner"
    if chance.random() < 0.3:
        fields["percent"] = chance.randrange(1, law.percent + 1)
    confirmed(below, debtor, claim, on=on, **fields)


def random_act(chance: random.Random, below: Below, on: date) -> None:
    writ = chance.choice(list(Writ.objects.order_by("number")))
    act = chance.choice(["suspend", "resume", "end", "withdraw", "change"])
    terms = {"from": (on - timedelta(days=chance.randrange(30))).isoformat()} if act in ("end", "withdraw") else {}
    if act == "change":
        other = writ.creditor_account == ACCOUNT
        terms = {"creditor_account": OTHER_ACCOUNT if other else ACCOUNT,
                 "creditor_bik": OTHER_BIK if other else "044525225"}  # fmt: skip
    try:
        with transaction.atomic():
            done(below, writ.pk, act, on=on, **terms)
    except payments.WritRefused:
        pass


def random_life(chance: random.Random) -> None:
    """Two months of debtors: refusals, late returns, deaths, stops, corrections, overpayments, transfers sent back."""
    below = Below(paid_like=dict.fromkeys(MEASURES, "pension"))
    bank = Bank(below)
    people = [below.person(account=f"4081781{n:013d}") for n in range(3)]
    awards = []
    for person in people:
        for _ in range(chance.choice([1, 2, 2])):
            award = granted(
                person, "pension", amount_kopecks=chance.randrange(1, 3_000_000), first_day=date(2025, 3, 1),
                on=date(2025, 2, 24),
            )  # fmt: skip
            awards.append(replace(award, measure=chance.choice(MEASURES)))
    bank.take_on(*awards)
    on = FIRST
    while on <= LAST:
        for register in Register.objects.filter(state="sent").order_by("number"):
            if register.is_for_creditors:
                answer_transfers(below, register, on, "счёт закрыт" if chance.random() < 0.3 else None)
            else:
                bank.answer(
                    register, on, {x.number: "счёт закрыт" for x in register.lines.all() if chance.random() < 0.1}
                )
        if chance.random() < 0.25:
            random_writ(chance, below, chance.choice(people), on)
        if Writ.objects.exists() and chance.random() < 0.15:
            random_act(chance, below, on)
        if chance.random() < 0.1:
            award = chance.choice(awards)
            months = sorted(set(Order.objects.filter(award_id=award.award_id).values_list("month", flat=True)))[-2:]
            if months:
                bank.correct(
                    corrected(award, on, {m: (0, chance.choice([0, chance.randrange(4_000_000)])) for m in months})
                )
        if chance.random() < 0.15:
            decide(chance, on)
        if chance.random() < 0.1:
            return_late_of_people(bank, chance, on)
        if chance.random() < 0.1:
            person = chance.choice(people)
            below.gives_account(person, f"4081782{chance.randrange(10**6):013d}")
            bank.people_changed(person, on=on)
        if chance.random() < 0.03:
            person = chance.choice(people)
            below.dies(person, on)
            bank.people_changed(person, on=on)
        if chance.random() < 0.04:
            stop_obligations([stopped(chance.choice(awards), on.replace(day=1), on)])
        day_of_writs(below, on)
        bank.day(on)
        on += timedelta(days=1)


def return_late_of_people(bank: Bank, chance: random.Random, on: date) -> None:
    if not Order.objects.filter(state="credited", settled_on__lt=on, register__isnull=True).exists():
        return_late(bank, chance, on)


def above_the_limits() -> list[object]:
    """Payments of which more was withheld than the law allows."""
    by_recipient: defaultdict[object, bool] = defaultdict(bool)
    for writ in Writ.objects.all():
        by_recipient[writ.debtor_id] |= rules().claims[writ.claim].percent > 50
    found = Order.objects.filter(withheld_kopecks__gt=0, register__isnull=False)
    return [
        order.pk
        for order in found
        if order.withheld_kopecks * 100 > order.amount_kopecks * (70 if by_recipient[order.recipient_id] else 50)
    ]


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 10**9))
@example(4)  # sent back whole after a part had been given back by hand
def test_documents_take_within_the_law_and_all_records_agree(seed):
    with transaction.atomic(), repeatable_ids(seed):
        random_life(random.Random(seed))
        found, over = payments.verify(), above_the_limits()
        transaction.set_rollback(True)

    assert (found, over) == ([], [])


@given(st.integers(0, 10**7), st.lists(st.integers(1, 10**7), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_sum_is_shared_in_proportion_to_the_kopeck(room, claims):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payments_share(%s, own, upto::bigint, whole::bigint)"
            " FROM (SELECT own, sum(own) OVER (ORDER BY n) upto, sum(own) OVER () whole"
            " FROM unnest(%s::bigint[]) WITH ORDINALITY AS c(own, n)) c",
            [room, claims],
        )
        shares = [row[0] for row in cursor.fetchall()]

    assert sum(shares) == min(room, sum(claims))
    assert all(0 <= share <= claim for share, claim in zip(shares, claims, strict=True))
    assert sum(claims) <= room or all(
        abs(share * sum(claims) - room * claim) < sum(claims) for share, claim in zip(shares, claims, strict=True)
    )
