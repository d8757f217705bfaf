"""Which months are paid, when and how much of them."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contexts.payments.below import DOCUMENTS, granted, stopped

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.stop_obligations import AwardNotKnown, stop_obligations
from kazna.contexts.payments.policies import Terms, month_amount, terms_of
from kazna.kernel.periods import add_months

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def paid(person):
    views = payments.payments_of(person_id=person)
    return {view.month.isoformat()[:7]: view.amount_kopecks for view in views if view.state == "credited"}


@pytest.mark.django_db
def test_a_pension_counts_from_the_day_and_is_paid_on_the_third(below, bank):
    pensioner = below.person()
    bank.take_on(granted(pensioner, "pension", amount_kopecks=3_100_000, first_day=date(2025, 1, 11)))

    bank.days(date(2025, 3, 4), date(2025, 4, 4))

    assert paid(pensioner) == {"2025-01": 2_100_000, "2025-02": 3_100_000, "2025-03": 3_100_000, "2025-04": 3_100_000}


@pytest.mark.django_db
def test_a_benefit_pays_the_first_month_whole_and_the_last_by_days(below, bank):
    mother = below.person()
    award = granted(
        mother, "benefit", amount_kopecks=1_000_000, first_day=date(2025, 3, 20), last_day=date(2025, 5, 10)
    )
    bank.take_on(award)

    bank.days(date(2025, 3, 4), date(2025, 7, 10))

    assert paid(mother) == {"2025-03": 1_000_000, "2025-04": 1_000_000, "2025-05": 322_581}


@pytest.mark.django_db
def test_a_benefit_of_a_month_is_paid_on_the_third_of_the_next(below, bank):
    mother = below.person()
    bank.take_on(granted(mother, "benefit"))

    bank.days(date(2025, 3, 4), date(2025, 4, 10))

    [payment] = payments.payments_of(person_id=mother)
    assert (payment.month, payment.pay_on) == (date(2025, 3, 1), date(2025, 4, 3))


@pytest.mark.django_db
def test_money_due_on_a_day_off_is_paid_the_day_before(below, bank):
    pensioner = below.person()
    bank.take_on(granted(pensioner, "pension"))
    bank.days(date(2025, 3, 4), date(2025, 5, 1))

    bank.days(date(2025, 5, 2), date(2025, 5, 2))

    may = payments.payments_of(person_id=pensioner)[0]
    assert (may.month, may.state) == (date(2025, 5, 1), "sent")


@pytest.mark.django_db
def test_an_award_of_the_former_register_is_paid_from_the_next_delivery_day(below, bank):
    pensioner, mother = below.person(), below.person()
    former = {"decision_id": None, "on": date(2025, 3, 3), "first_day": date(2020, 1, 1), "amount_kopecks": 1_000_000}
    bank.take_on(granted(pensioner, "pension", **former), granted(mother, "benefit", **former))

    bank.days(date(2025, 3, 3), date(2025, 4, 4))

    assert paid(pensioner) == {"2025-03": 1_000_000, "2025-04": 1_000_000}
    assert paid(mother) == {"2025-02": 1_000_000, "2025-03": 1_000_000}


@pytest.mark.django_db
def test_after_a_death_the_month_is_paid_and_the_next_is_not(below, bank):
    pensioner = below.person()
    award = granted(pensioner, "pension", amount_kopecks=3_100_000)
    bank.take_on(award)
    bank.days(date(2025, 3, 4), date(2025, 3, 20))

    stop_obligations([stopped(award, date(2025, 4, 1), date(2025, 3, 21))])
    bank.days(date(2025, 3, 21), date(2025, 5, 10))

    assert paid(pensioner) == {"2025-03": 3_100_000}


@pytest.mark.django_db
def test_a_death_told_late_names_what_was_overpaid(below, bank):
    pensioner = below.person()
    award = granted(pensioner, "pension", amount_kopecks=3_100_000)
    bank.take_on(award)
    bank.days(date(2025, 3, 4), date(2025, 5, 10))

    for _ in range(2):
        stop_obligations([stopped(award, date(2025, 4, 1), date(2025, 5, 11))])

    assert payments.totals()["pension"] == payments.Totals(9_300_000, 0, 0, 3_100_000, 6_200_000)


@pytest.mark.django_db
def test_a_stop_cancels_what_has_not_left(below, bank):
    pensioner = below.person(account=None)
    award = granted(pensioner, "pension")
    bank.take_on(award)
    bank.days(date(2025, 3, 4), date(2025, 4, 10))

    stop_obligations([stopped(award, date(2025, 4, 1), date(2025, 4, 11))])

    states = {view.month.month: view.state for view in payments.payments_of(person_id=pensioner)}
    assert states == {3: "held", 4: "cancelled"}


@pytest.mark.django_db
def test_a_stop_that_overtook_its_award_is_tried_again():
    with pytest.raises(AwardNotKnown):
        stop_obligations([stopped(granted(uuid4(), "pension"), date(2025, 4, 1), date(2025, 3, 21))])


@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**9), DAYS, DAYS, st.none() | DAYS, st.booleans(), st.booleans())
def test_the_database_counts_months_as_python_does(amount, day, first_day, last_day, prorate_first, prorate_last):
    month = day.replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payments_month_amount(%s, %s, %s, %s, %s, %s)",
            [amount, month, first_day, last_day, prorate_first, prorate_last],
        )
        [counted] = cursor.fetchone()

    assert counted == month_amount(
        amount,
        month,
        first_day=first_day,
        last_day=last_day,
        prorate_first=prorate_first,
        prorate_last=prorate_last,
    )


@given(DAYS, st.integers(1, 28), st.integers(0, 1), DAYS)
def test_the_first_month_taken_over_is_the_first_not_yet_delivered(first_day, pay_day, shift, on):
    terms = Terms(pay_day, shift, None, prorate_first=False, prorate_last=False)

    month = terms.first_month_from(first_day, on)

    assert terms.regular_day(month) >= on
    assert month == first_day.replace(day=1) or terms.regular_day(add_months(month, -1)) < on


def test_terms_come_from_the_document():
    assert terms_of(DOCUMENTS["pension"]) == Terms(3, 0, 5, prorate_first=True, prorate_last=True)
    assert terms_of(DOCUMENTS["benefit"]) == Terms(3, 1, 5, prorate_first=False, prorate_last=True)
    assert terms_of(DOCUMENTS["grant"]) == Terms(None, 0, 5, prorate_first=False, prorate_last=False)
