"""Withholding by enforcement documents: limits, turns, the living minimum, what is not levied, ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.contexts.payments.below import OTHER_BIK, cause, corrected, granted, stopped
from tests.contexts.payments.writs import (
    OTHER_ACCOUNT,
    answer_transfers,
    confirmed,
    day_of_writs,
    done,
    new,
    settle,
    taken,
)

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.keep_writs import (
    WritRefused,
    ask_minimum,
    enter_writ,
    left_of_debt,
    propose_act,
    settle_proposal,
)
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.models import Order, Register, StatementLine
from kazna.contexts.payments.writs import Transfer, Writ, WritChange

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
PAY_DAY, NEXT = date(2025, 3, 4), date(2025, 3, 5)
FULL = 2_000_000


@pytest.fixture
def debtor(below):
    return below.person()


def pension(bank, person, measure="ru-old-age-pension", amount=FULL, **fields):
    """A pension that is paid for a month in that month, from the 3rd."""
    given = {"first_day": MARCH, "on": date(2025, 2, 24), **fields}
    award = replace(granted(person, "pension", amount_kopecks=amount, **given), measure=measure)
    bank.below.paid_like[measure] = "pension"
    bank.take_on(award)
    return award


def paid(bank, on=PAY_DAY):
    """Registers of the day; what each order keeps back."""
    bank.day(on)
    return list(
        Order.objects.filter(pay_on__gte=MARCH).order_by("month", "id").values_list("withheld_kopecks", flat=True)
    )


def transferred(below, bank, on=NEXT, refused=None):
    """The payment is credited, its part goes to the creditor, whose bank answers the next day."""
    for register in Register.objects.filter(state="sent").order_by("number"):
        bank.answer(register, on)
    made = day_of_writs(below, on)
    bank.day(on)
    for register in made:
        answer_transfers(below, register, on + timedelta(days=1), refused)
    return made


def test_a_quarter_for_a_child_and_an_overpayment_of_a_fifth_together(below, bank, debtor):
    award = pension(bank, debtor)
    bank.days(PAY_DAY, date(2025, 3, 10))
    bank.correct(corrected(award, date(2025, 3, 11), {MARCH: (FULL, 1_000_000)}))
    [debt] = payments.overpayments()
    payments.decide_overpayment(
        overpayment_id=debt.overpayment_id, fault="false_data", means="withholding", percent=20, monthly_kopecks=None,
        explanation="Работа скрыта.", by="officer", confirmed_by="second", on=date(2025, 3, 11), cause=cause(),
    )  # fmt: skip
    writ = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=4, on=date(2025, 3, 11))

    bank.days(date(2025, 4, 1), date(2025, 4, 4))

    order = Order.objects.get(month=APRIL)
    assert (taken(writ), order.withheld_kopecks) == (500_000, 900_000)


def test_all_together_take_half_and_documents_come_first(below, bank, debtor):
    award = pension(bank, debtor)
    bank.days(PAY_DAY, date(2025, 3, 10))
    bank.correct(corrected(award, date(2025, 3, 11), {MARCH: (FULL, 0)}))
    [debt] = payments.overpayments()
    payments.decide_overpayment(
        overpayment_id=debt.overpayment_id, fault="false_data", means="withholding", percent=20, monthly_kopecks=None,
        explanation="Работа скрыта.", by="officer", confirmed_by="second", on=date(2025, 3, 11), cause=cause(),
    )  # fmt: skip
    writ = confirmed(below, debtor, "other", percent=40, on=date(2025, 3, 11))

    bank.days(date(2025, 4, 1), date(2025, 4, 4))

    assert (taken(writ), Order.objects.get(month=APRIL).withheld_kopecks) == (800_000, 1_000_000)


def test_for_children_at_most_seventy_percent(below, bank, debtor):
    pension(bank, debtor)
    first = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=2)
    second = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=2)
    other = confirmed(below, debtor, "other")

    assert paid(bank) == [1_400_000]
    assert (taken(first), taken(second), taken(other)) == (700_000, 700_000, 0)


def test_others_get_what_is_left_of_half(below, bank, debtor):
    pension(bank, debtor)
    child = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=3)
    tax = confirmed(below, debtor, "to_the_budget", debt_kopecks=100_000)
    bank_debt = confirmed(below, debtor, "other")

    assert paid(bank) == [1_000_000]
    assert (taken(child), taken(tax), taken(bank_debt)) == (666_666, 100_000, 233_334)


def test_creditors_of_one_turn_share_to_the_kopeck(below, bank, debtor):
    pension(bank, debtor, amount=1_000_001)
    writs = [confirmed(below, debtor, "other", debt_kopecks=10_000_000) for _ in range(3)]

    assert paid(bank) == [500_000]
    assert sorted(taken(writ) for writ in writs) == [166_666, 166_667, 166_667]


def test_a_debt_is_taken_to_its_end_and_no_more(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other", debt_kopecks=1_300_000)
    bank.day(PAY_DAY)
    transferred(below, bank)
    bank.days(date(2025, 4, 1), date(2025, 4, 4))
    transferred(below, bank, date(2025, 4, 7))
    day_of_writs(below, date(2025, 4, 9))

    assert (taken(writ), left_of_debt([writ])[writ]) == (1_300_000, 0)
    assert Writ.objects.get(pk=writ).state == "paid"
    assert sum(Transfer.objects.filter(state="credited").values_list("amount_kopecks", flat=True)) == 1_300_000


@pytest.mark.parametrize(
    "measure", ["ru-child-benefit", "ru-disability-monthly", "ru-burial-benefit", "ru-new-measure"]
)
def test_what_the_law_protects_or_does_not_name_is_not_levied(below, bank, debtor, measure):
    pension(bank, debtor, measure)
    writ = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=4)

    assert (paid(bank), taken(writ)) == ([0], 0)


def test_compensation_of_harm_is_levied_for_children_only(below, bank, debtor):
    pension(bank, debtor, "ru-work-injury-monthly")
    child = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=4)
    other = confirmed(below, debtor, "other")

    assert paid(bank) == [500_000]
    assert (taken(child), taken(other)) == (500_000, 0)


def test_a_childs_pension_paid_to_the_parent_is_not_levied(below, bank, debtor):
    child = below.person(birth_date=date(2015, 1, 1))
    pension(bank, debtor, "ru-disability-pension-social", subject_id=child)
    confirmed(below, debtor, "other")

    assert paid(bank) == [0]


def test_the_living_minimum_is_kept_from_others_but_not_from_children(below, bank, debtor):
    pension(bank, debtor)
    other = confirmed(below, debtor, "other", minimum_group="pensioner")

    assert (paid(bank), taken(other)) == ([500_000], 500_000)  # 20 000 − 15 000

    poor = below.person(account="40817810000000000011")
    pension(bank, poor, amount=1_000_000)
    confirmed(below, poor, "other", minimum_group="pensioner")
    child = confirmed(below, poor, "minor_alimony", share_top=1, share_bottom=4)
    bank.day(NEXT)
    assert (taken(child), Order.objects.get(recipient_id=poor).withheld_kopecks) == (250_000, 250_000)


def test_a_minimum_nobody_knows_keeps_everything(below, bank, debtor, monkeypatch):
    monkeypatch.setattr(below, "living_minimum", lambda groups, on: {})
    pension(bank, debtor)
    confirmed(below, debtor, "other", minimum_group="pensioner")

    assert paid(bank) == [0]


def test_two_pensions_are_one_income_and_a_sum_a_month_is_taken_once(below, bank, debtor):
    pension(bank, debtor, amount=600_001)
    pension(bank, debtor, "ru-disability-pension-social", amount=400_001)
    writ = confirmed(below, debtor, "minor_alimony", monthly_kopecks=450_000)

    assert (sum(paid(bank)), taken(writ)) == (450_000, 450_000)
    assert all(o.withheld_kopecks * 2 <= o.amount_kopecks for o in Order.objects.all())


def test_alimony_ends_on_the_day_the_child_is_grown(below, bank, debtor):
    pension(bank, debtor, amount=3_100_000)
    writ = confirmed(below, debtor, "minor_alimony", share_top=1, share_bottom=4, last_day=date(2025, 3, 11))

    assert paid(bank) == [250_000]  # ten days of thirty-one

    bank.days(NEXT, date(2025, 4, 4))
    day_of_writs(below, date(2025, 5, 5))
    assert (taken(writ), Writ.objects.get(pk=writ).state) == (250_000, "ended")


def test_money_reaches_the_creditor_when_the_payment_was_credited(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other")
    [register] = bank.day(PAY_DAY)
    assert day_of_writs(below, NEXT) == []

    bank.answer(register, NEXT)
    [transfers] = day_of_writs(below, NEXT)
    assert (transfers.lines_count, transfers.total_kopecks, transfers.bik) == (1, 1_000_000, "044525225")
    bank.day(NEXT)
    answer_transfers(below, transfers, date(2025, 3, 6))

    assert Transfer.objects.get(writ=writ).state == "credited"
    totals = payments.totals()["ru-old-age-pension"]
    assert (totals.paid_kopecks, totals.payable_kopecks, totals.transit_kopecks) == (FULL, 0, 0)


def test_a_transfer_sent_back_goes_to_another_account(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other")
    bank.day(PAY_DAY)
    transferred(below, bank, refused="счёт закрыт")
    assert day_of_writs(below, date(2025, 3, 7)) == []

    done(below, writ, "change", on=date(2025, 3, 7), creditor_account=OTHER_ACCOUNT, creditor_bik=OTHER_BIK)
    [again] = day_of_writs(below, date(2025, 3, 10))
    bank.day(date(2025, 3, 10))
    answer_transfers(below, again, date(2025, 3, 11))

    assert sorted(Transfer.objects.values_list("state", "amount_kopecks")) == [
        ("credited", 1_000_000),
        ("moved", 1_000_000),
    ]


def test_a_statement_about_transfers_told_wrong_changes_nothing(below, bank, debtor):
    pension(bank, debtor)
    confirmed(below, debtor, "other")
    bank.day(PAY_DAY)
    [register] = transferred(below, bank)
    answer_transfers(below, register, date(2025, 3, 6))

    problems = list(StatementLine.objects.exclude(problem="").values_list("problem", flat=True))
    assert problems == ["По этой строке банк уже ответил раньше."]


def test_a_refused_payment_withholds_nothing_and_is_levied_anew(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other", debt_kopecks=1_200_000)
    [register] = bank.day(PAY_DAY)
    bank.answer(register, NEXT, {1: "счёт закрыт"})
    assert day_of_writs(below, NEXT) == []
    below.gives_account(debtor, "40817810000000000077")
    bank.people_changed(debtor, on=date(2025, 3, 6))

    [again] = bank.day(date(2025, 3, 6))
    assert (again.total_kopecks, taken(writ)) == (1_000_000, 1_000_000)


def test_a_payment_back_late_is_owed_without_what_the_creditor_has(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other")
    [register] = bank.day(PAY_DAY)
    transferred(below, bank)
    bank.answer(register, date(2025, 3, 20), {1: "не востребовано"})
    assert payments.totals()["ru-old-age-pension"].payable_kopecks == 1_000_000

    below.gives_account(debtor, "40817810000000000077")
    bank.people_changed(debtor, on=date(2025, 3, 21))
    [again] = bank.day(date(2025, 3, 21))
    assert (again.total_kopecks, taken(writ)) == (500_000, 1_500_000)


def test_a_death_told_late_leaves_what_the_creditor_has_as_an_overpayment(below, bank, debtor):
    award = pension(bank, debtor)
    writ = confirmed(below, debtor, "other")
    bank.day(PAY_DAY)
    transferred(below, bank)
    bank.days(date(2025, 4, 1), date(2025, 4, 3))
    transferred(below, bank, date(2025, 4, 4))
    below.dies(debtor, date(2025, 3, 20))
    bank.people_changed(debtor, on=date(2025, 4, 10))
    stop_obligations([stopped(award, APRIL, date(2025, 4, 10))])
    day_of_writs(below, date(2025, 4, 11))
    order = Order.objects.get(month=APRIL, register__isnull=False)
    bank.answer(order.register, date(2025, 4, 20), {1: "возврат: получатель умер"})

    [one] = payments.overpayments()
    assert (one.left_kopecks, Writ.objects.get(pk=writ).state) == (1_000_000, "ended")


def ended_in_the_past(below, bank, debtor):
    """A document that has withheld ends as of before that, and nothing leaves for its creditor."""
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other")
    [register] = bank.day(PAY_DAY)
    done(below, writ, "end", on=PAY_DAY, **{"from": "2025-03-01"})
    bank.answer(register, NEXT)
    assert day_of_writs(below, NEXT) == []
    return writ


def test_an_end_in_the_past_gives_back_what_did_not_leave(below, bank, debtor):
    writ = ended_in_the_past(below, bank, debtor)

    [back] = bank.day(NEXT)
    assert (back.total_kopecks, taken(writ)) == (1_000_000, 0)
    bank.answer(back, date(2025, 3, 6))
    assert payments.totals()["ru-old-age-pension"].paid_kopecks == FULL


def test_what_was_given_back_is_levied_anew_and_comes_back_late(below, bank, debtor):
    ended_in_the_past(below, bank, debtor)
    confirmed(below, debtor, "other", on=NEXT)
    [back] = bank.day(NEXT)
    transferred(below, bank, date(2025, 3, 6))
    assert (back.total_kopecks, payments.totals()["ru-old-age-pension"].paid_kopecks) == (500_000, FULL)

    bank.answer(back, date(2025, 3, 20), {1: "не востребовано"})

    totals = payments.totals()["ru-old-age-pension"]
    assert (totals.paid_kopecks, totals.payable_kopecks) == (FULL - 500_000, 500_000)


def test_suspended_documents_wait(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor, "other")
    done(below, writ, "suspend", on=PAY_DAY)
    assert paid(bank) == [0]

    done(below, writ, "resume", on=NEXT)
    bank.days(date(2025, 4, 1), date(2025, 4, 4))
    assert taken(writ) == 1_000_000


def test_nothing_is_withheld_before_another_officer_confirms(below, bank, debtor):
    pension(bank, debtor)
    writ = enter_writ(new(debtor), by="officer", on=MARCH)
    assert paid(bank) == [0]

    with pytest.raises(WritRefused, match="другой сотрудник"):
        settle_proposal(
            writ_id=writ, act="enter", agrees=True, remark="", by="officer", on=NEXT, cause=cause(), sources=below
        )
    settle(below, writ, "enter", on=NEXT, agrees=False)
    assert Writ.objects.get(pk=writ).state == "refused"


def test_the_same_document_is_entered_once(below, debtor):
    enter_writ(new(debtor, number="ФС № 012-34"), by="officer", on=NEXT)
    with pytest.raises(WritRefused, match="уже введён"):
        enter_writ(new(debtor, number="фс 01234"), by="colleague", on=NEXT)


def test_two_officers_at_once_cannot_both_change_it(below, debtor):
    writ = confirmed(below, debtor)
    given = {"writ_id": writ, "terms": {}, "paper": "Постановление 5", "on": NEXT}
    propose_act(act="suspend", by="officer", **given)
    with pytest.raises(WritRefused, match="уже ждёт подтверждения"):
        propose_act(act="suspend", by="colleague", **given)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"claim": "other", "percent": 51}, "от 1 до 50"),
        ({"claim": "minor_alimony", "share_top": 3, "share_bottom": 4}, "больше 70"),
        ({"claim": "minor_alimony", "share_top": 1, "share_bottom": 4, "last_day": None}, "18 лет"),
        ({"claim": "other", "debt_kopecks": None}, "назовите долю"),
        ({"claim": "other", "creditor_account": "40817810938160925983"}, "не подходит к БИК"),
        ({"claim": "minor_alimony", "debt_kopecks": 5, "minimum_group": "pensioner"}, "не сохраняет"),
        ({"claim": "rent"}, "что взыскивают"),
        ({"claim": "other", "issued_on": date(2026, 1, 1)}, "позже"),
    ],
)
def test_what_the_law_does_not_allow_is_refused(below, debtor, fields, reason):
    with pytest.raises(WritRefused, match=reason):
        enter_writ(new(debtor, **fields), by="officer", on=NEXT)


def test_the_debtor_asks_for_the_minimum_and_an_officer_agrees(below, bank, debtor):
    pension(bank, debtor)
    writ = confirmed(below, debtor)
    ask_minimum(writ_id=writ, group="pensioner", by="citizen", on=PAY_DAY)
    with pytest.raises(WritRefused, match="уже ждёт"):
        ask_minimum(writ_id=writ, group="pensioner", by="citizen", on=PAY_DAY)
    settle(below, writ, "minimum", on=PAY_DAY)

    assert paid(bank) == [500_000]


def test_the_history_tells_who_wanted_and_who_confirmed(below, debtor):
    writ = confirmed(below, debtor)
    done(below, writ, "suspend", on=NEXT)

    told = list(WritChange.objects.filter(writ=writ).order_by("id").values_list("act", "after", "by", "confirmed_by"))
    assert told == [
        ("enter", "entered", "officer", ""),
        ("enter", "active", "officer", "second"),
        ("suspend", "suspended", "officer", "second"),
    ]
