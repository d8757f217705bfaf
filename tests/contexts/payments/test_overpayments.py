"""Months counted again: paid in addition, cancelled, or an overpayment that comes back within the law."""

from datetime import date

import pytest
from tests.contexts.payments.below import cause, corrected, granted, stopped
from tests.contexts.web_role import web_role

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.debts import Overpayment, Recovery
from kazna.contexts.payments.models import Order
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
FULL = 1_000_000


@pytest.fixture
def award(below, bank):
    """A child benefit of 10 000 roubles since January, paid for January to March by the 15th of April."""
    award = granted(below.person(), "benefit", amount_kopecks=FULL, first_day=JANUARY, on=date(2025, 1, 15))
    bank.take_on(award)
    bank.days(date(2025, 1, 15), date(2025, 4, 15))
    return award


def found(award):
    [one] = payments.overpayments_of(person_id=award.recipient_id)
    return one


def decide(one, **fields):
    given = {"fault": "false_data", "means": "withholding", "percent": 20, "monthly_kopecks": None}
    payments.decide_overpayment(
        overpayment_id=one.overpayment_id, explanation="Доход был скрыт.", by="officer", confirmed_by="second",
        on=date(2025, 4, 16), cause=cause(), **{**given, **fields},
    )  # fmt: skip


def test_a_month_worth_more_is_paid_in_addition(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {FEBRUARY: (FULL, 1_234_567)}))

    [register] = bank.day(date(2025, 4, 16))
    assert [line.amount_kopecks for line in register.lines.all()] == [234_567]


def test_a_correction_told_twice_pays_once(bank, award):
    event = corrected(award, date(2025, 4, 16), {FEBRUARY: (FULL, 1_234_567)})
    bank.correct(event)
    bank.correct(event)

    [register] = bank.day(date(2025, 4, 16))
    assert register.total_kopecks == 234_567


def test_a_month_worth_less_is_an_overpayment(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {JANUARY: (FULL, 400_000), MARCH: (FULL, 0)}))

    one = found(award)
    assert (one.state, one.amount_kopecks, one.left_kopecks) == ("found", 1_600_000, 1_600_000)
    assert [(m.month, m.kopecks) for m in one.months] == [(JANUARY, 600_000), (MARCH, FULL)]
    assert one.reason == "Доход был указан меньше настоящего"


def test_what_has_not_left_is_lowered_and_not_overpaid(below, bank):
    award = granted(below.person(account=None), "benefit", amount_kopecks=FULL, first_day=MARCH, on=date(2025, 3, 3))
    bank.take_on(award)
    bank.day(date(2025, 4, 3))
    bank.correct(corrected(award, date(2025, 4, 4), {MARCH: (FULL, 700_000)}))

    assert payments.overpayments_of(person_id=award.recipient_id) == []
    assert list(Order.objects.exclude(state="cancelled").values_list("state", "amount_kopecks")) == [("held", 700_000)]


def test_what_is_at_the_bank_becomes_an_overpayment_when_credited(below, bank):
    award = granted(below.person(), "benefit", amount_kopecks=FULL, first_day=MARCH, on=date(2025, 3, 3))
    bank.take_on(award)
    [register] = bank.day(date(2025, 4, 3))
    bank.correct(corrected(award, date(2025, 4, 3), {MARCH: (FULL, 700_000)}))
    assert payments.overpayments_of(person_id=award.recipient_id) == []

    bank.answer(register, date(2025, 4, 4))
    assert found(award).left_kopecks == 300_000


def test_a_right_given_back_on_appeal_is_no_overpayment_any_more(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 0)}))
    bank.correct(corrected(award, date(2025, 4, 20), {MARCH: (0, FULL)}, ground="appeal"))

    assert found(award).state == "closed"
    assert bank.day(date(2025, 4, 21)) == []


def test_an_error_of_the_body_is_never_taken_back(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 0)}, ground="error"))
    with pytest.raises(payments.OverpaymentRefused, match="1109"):
        decide(found(award), fault="agency_error", means="withholding")

    decide(found(award), fault="agency_error", means="write_off", percent=0)
    assert (found(award).state, payments.totals()["benefit"].written_off_kopecks) == ("closed", FULL)


@pytest.mark.parametrize(("means", "percent"), [("withholding", 21), ("withholding", 0), ("court", 51)])
def test_more_than_the_law_allows_cannot_be_withheld(bank, award, means, percent):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 0)}))

    with pytest.raises(payments.OverpaymentRefused, match="процентов"):
        decide(found(award), means=means, percent=percent)


def test_a_fifth_of_each_payment_is_withheld_until_nothing_is_left(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 700_000)}))
    decide(found(award))
    bank.days(date(2025, 4, 17), date(2025, 6, 10))

    withheld = Recovery.objects.order_by("id").values_list("kopecks", flat=True)
    credited = Order.objects.filter(state="credited").order_by("month").values_list("withheld_kopecks", flat=True)
    assert (list(withheld), list(credited)[-2:]) == ([200_000, 100_000], [200_000, 100_000])
    assert (found(award).state, payments.totals()["benefit"].recovered_kopecks) == ("closed", 300_000)


def test_instalments_bound_what_a_month_takes(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 700_000)}))
    decide(found(award), monthly_kopecks=50_000)
    bank.days(date(2025, 4, 17), date(2025, 6, 10))

    assert found(award).left_kopecks == 200_000


def test_a_repayment_counts_once_and_not_beyond_what_is_left(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 700_000)}))
    decide(found(award), means="voluntary", percent=0)
    given = {"overpayment_id": found(award).overpayment_id, "by": "officer", "on": date(2025, 4, 20)}
    for _ in range(2):
        payments.record_repayment(kopecks=100_000, document="ПП 12 от 20.04.2025", **given)
    with pytest.raises(payments.OverpaymentRefused, match="осталось вернуть"):
        payments.record_repayment(kopecks=200_001, document="ПП 13 от 20.04.2025", **given)
    with pytest.raises(payments.OverpaymentRefused, match="другой суммой"):
        payments.record_repayment(kopecks=1, document="ПП 12 от 20.04.2025", **given)

    payments.write_off(document="Определение суда", confirmed_by="second", **given)
    assert (found(award).left_kopecks, found(award).state) == (0, "closed")


def test_a_refused_payment_gives_back_what_was_withheld_of_it(below, bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 700_000)}))
    decide(found(award))
    [register] = bank.day(date(2025, 5, 2))
    bank.answer(register, date(2025, 5, 5), {1: "счёт закрыт"})
    below.gives_account(award.recipient_id, "40817810000000000077")
    bank.people_changed(award.recipient_id, on=date(2025, 5, 6))

    [again] = bank.day(date(2025, 5, 6))
    assert (again.total_kopecks, found(award).left_kopecks) == (800_000, 100_000)


def test_a_death_told_late_stops_names_and_takes_back_what_the_bank_returns(below, bank, award):
    below.dies(award.recipient_id, date(2025, 2, 10))
    bank.people_changed(award.recipient_id, on=date(2025, 4, 16))
    stop_obligations([stopped(award, MARCH, date(2025, 4, 16))])
    assert (found(award).left_kopecks, found(award).reason) == (FULL, "смерть получателя")

    order = Order.objects.get(month=MARCH)
    bank.answer(order.register, date(2025, 4, 20), {1: "возврат по запросу: получатель умер"})
    order.refresh_from_db()
    assert (order.state, found(award).state, payments.totals()["benefit"].payable_kopecks) == ("cancelled", "closed", 0)


def test_money_returned_twice_is_returned_once(bank, award):
    order = Order.objects.get(month=MARCH)
    for day in (20, 21):
        bank.answer(order.register, date(2025, 4, day), {1: "не востребовано 6 месяцев"})

    assert payments.totals()["benefit"].payable_kopecks == FULL
    assert payments.quarantined_lines()[0]["problem"] == "По этой строке банк уже ответил раньше."


def test_a_citizen_sees_own_debts_and_an_officer_those_of_the_body(bank, award):
    bank.correct(corrected(award, date(2025, 4, 16), {MARCH: (FULL, 0)}))

    def seen(**viewer):
        with acting_as(Viewer(login="test", **viewer)), web_role():
            return [one.left_kopecks for one in payments.overpayments_of(person_id=award.recipient_id)]

    assert seen(role="citizen", person_ids=(award.recipient_id,)) == [FULL]
    assert seen(role="citizen") == seen(role="officer", body="dszn-77") == []
    assert seen(role="officer", body="sfr-77") == [FULL]
    assert Overpayment.objects.count() == 1
