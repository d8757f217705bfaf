"""Whatever happens to certificates, in whatever order and however often it is told, the books agree."""

from __future__ import annotations

import random
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contexts.payments.below import Below, granted, stopped

from kazna.contexts.integration.public import UseTold
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.close_certificates import (
    close_of_the_dead,
    lapse_certificates,
    remind_of_certificates,
    stop_certificates,
)
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.actions.keep_to_limits import keep_to_limits
from kazna.contexts.payments.certificates import Certificate

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 25)  # over the new year, when another limit begins
MEASURE, BODY = "ru-technical-aid", "sfr-77"
GOODS = ["30.92.20.000-00000010", "32.50.22.190-00000020", "99.99.99.999-00000000"]
REFUSED = (payments.CertificateRefused, payments.LimitRefused)


class Life:
    """Awards, purchases, returns, stops, deaths, limits and days; whatever is told may be told twice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.below, self.on = chance, Below(), FIRST
        self.people = [self.below.person() for _ in range(3)]
        self.awards = []
        self.told = 0

    def step(self) -> None:
        act = self.chance.choice([self.award, self.buy, self.buy, self.buy, self.stop, self.die, self.limit, self.day])
        for _ in range(self.chance.choice([1, 1, 2])):
            state = self.chance.getstate()
            try:
                with transaction.atomic():
                    act()
            except REFUSED:
                pass
            again = self.chance.getstate()
            self.chance.setstate(state)
        self.chance.setstate(again)
        self.told += 1

    def award(self) -> None:
        last_day = self.chance.choice([None, self.on + timedelta(days=self.chance.randrange(20))])
        amount = self.chance.randrange(1, 1000)
        one = granted(
            self.chance.choice(self.people), "grant", award_id=UUID(int=self.told), form="certificate", on=self.on,
            first_day=self.on, last_day=last_day, amount_kopecks=amount,
        )  # fmt: skip
        self.awards.append(replace(one, measure=MEASURE))
        issue_certificates(self.awards[-1:])

    def buy(self) -> None:
        numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True)) or ["9" * 25]
        kopecks = self.chance.randrange(-200, 400)
        use = UseTold(
            str(self.chance.choice([*[self.told] * 5, self.told - 1])),
            self.chance.choice(GOODS + GOODS[:1] * 4), kopecks,
            abs(kopecks) + self.chance.randrange(-1, 9), "7700000016", "Лавка", datetime(2026, 11, 25, tzinfo=UTC),
        )  # fmt: skip
        number = self.chance.choice(numbers)
        before = payments.certificate(number=number)
        left = payments.use_certificate(number=number, use=use, on=self.on)
        after = payments.certificate(number=number)
        assert before is not None and after is not None
        assert 0 <= left <= after.amount_kopecks
        assert left == after.left_kopecks
        assert before.state == "issued" or after.used_kopecks <= before.used_kopecks

    def stop(self) -> None:
        if self.awards:
            day = self.on + timedelta(days=self.chance.randrange(-5, 10))
            stop_certificates([stopped(self.chance.choice(self.awards), day, self.on)])

    def die(self) -> None:
        if self.chance.random() < 0.07:
            person = self.chance.choice(self.people)
            self.below.dies(person, self.on)
            close_of_the_dead([person], self.on, self.below)

    def limit(self) -> None:
        payments.change_limit(
            measure=MEASURE, body=BODY, year=self.on.year, change_kopecks=self.chance.randrange(-500, 1500),
            document=f"Уведомление {self.told}", by="officer", on=self.on,
        )  # fmt: skip

    def day(self) -> None:
        lapse_certificates(self.on)
        remind_of_certificates(self.on)
        keep_to_limits(self.on)
        self.on += timedelta(days=self.chance.randrange(1, 10))


def bound_by_limits() -> bool:
    """What certificates took in a year is never above the limit of the year, once there is one from the beginning."""
    return all(
        line.limit_kopecks is None or line.taken_kopecks <= line.limit_kopecks
        for year in (2026, 2027)
        for line in payments.budget_lines(year=year)
    )


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**9), steps=st.integers(1, 60), limited=st.booleans())
def test_all_records_agree_after_any_life_of_certificates(seed, steps, limited):
    with transaction.atomic():
        life = Life(random.Random(seed))
        for year in (2026, 2027) if limited else ():
            payments.change_limit(
                measure=MEASURE, body=BODY, year=year, change_kopecks=1000, document="Бюджет", by="officer", on=FIRST
            )
        for _ in range(steps):
            life.step()
            connection.check_constraints()

        found, spread = payments.verify(), payments.totals().values()
        fits = bound_by_limits()
        sums = [
            (one.amount_kopecks, one.used_kopecks + payments.certificate(number=one.number).left_kopecks
             + one.returned_kopecks)
            for one in Certificate.objects.exclude(issued_on=None)
        ]  # fmt: skip
        transaction.set_rollback(True)
    assert found == []
    assert all(amount == whole for amount, whole in sums)
    assert all(2 * t.accrued_kopecks == sum(asdict(t).values()) for t in spread)
    assert fits or not limited
