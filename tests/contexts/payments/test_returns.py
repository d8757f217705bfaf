"""The bank refuses a credit; another account comes; only that payment is repeated."""

from datetime import date

import pytest
from tests.contexts.payments.below import granted

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.models import LedgerEntry, Order, Register

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY, THURSDAY = date(2025, 3, 4), date(2025, 3, 5), date(2025, 3, 6)
OTHER = "40817810300000000009"


@pytest.fixture
def returned(below, bank):
    """A mother whose credit was refused, and another whose credit came."""
    mother, other = below.person(), below.person(account="40817810400000000002")
    bank.take_on(granted(mother), granted(other))
    [register] = bank.day(TUESDAY)
    bank.answer(register, WEDNESDAY, {1: "счёт закрыт"})
    return mother


def states(person):
    return [(view.attempt, view.state) for view in payments.payments_of(person_id=person)]


def test_the_debt_stays_and_the_person_is_asked_for_another_account(returned):
    told = notifications.inbox(person_id=returned)[0]

    assert states(returned) == [(1, "returned")]
    assert told.link == "/account/"
    assert payments.totals()["grant"].payable_kopecks == 2_694_171
    assert told.title == "Деньги не дошли: нужен другой счёт"
    assert "счёт закрыт" in told.why


def test_only_the_refused_payment_is_repeated(below, bank, returned):
    below.gives_account(returned, OTHER)
    bank.people_changed(returned, on=THURSDAY)
    [register] = bank.day(THURSDAY)
    bank.answer(register, date(2025, 3, 7))

    assert [line.account for line in register.lines.all()] == [OTHER]
    assert sorted(states(returned)) == [(1, "reissued"), (2, "credited")]
    second = Order.objects.get(attempt=2)
    assert second.reissues.attempt == 1
    assert payments.totals()["grant"] == payments.Totals(2 * 2_694_171, 0, 0, 2 * 2_694_171, 0)


def test_nothing_is_repeated_to_the_refused_account(below, bank, returned):
    below.gives_account(returned, "40817810000000000001")
    bank.people_changed(returned, on=THURSDAY)

    assert bank.day(THURSDAY) == []


def test_the_same_change_told_twice_repeats_once(below, bank, returned):
    below.gives_account(returned, OTHER)
    bank.people_changed(returned, on=THURSDAY)
    bank.people_changed(returned, on=THURSDAY)

    bank.day(THURSDAY)

    assert Order.objects.filter(recipient_id=returned).count() == 2
    assert sum("Новый счёт принят" in told.title for told in notifications.inbox(person_id=returned)) == 1


def test_later_months_wait_for_the_new_account(below, bank):
    pensioner = below.person()
    bank.take_on(granted(pensioner, "pension", on=date(2025, 2, 25)))
    bank.days(date(2025, 3, 3), date(2025, 3, 3))
    bank.answer(Register.objects.get(), TUESDAY, {1: "счёт закрыт"})
    bank.days(TUESDAY, date(2025, 4, 3))

    assert states(pensioner) == [(1, "held"), (1, "returned")]
    below.gives_account(pensioner, OTHER)
    bank.people_changed(pensioner, on=date(2025, 4, 7))
    bank.days(date(2025, 4, 7), date(2025, 4, 8))
    assert sorted(states(pensioner)) == [(1, "credited"), (1, "reissued"), (2, "credited")]


def test_money_without_an_account_waits_and_the_person_is_told(below, bank):
    mother = below.person(account=None)
    bank.take_on(granted(mother))
    bank.day(TUESDAY)

    assert states(mother) == [(1, "held")]
    assert notifications.inbox(person_id=mother)[0].title == "Некуда перевести деньги"

    below.gives_account(mother, OTHER)
    bank.people_changed(mother, on=WEDNESDAY)
    [register] = bank.day(WEDNESDAY)
    assert register.lines.get().account == OTHER


def test_nothing_is_sent_to_the_dead_or_told_to_them(below, bank):
    pensioner = below.person()
    bank.take_on(granted(pensioner, "pension", on=date(2025, 2, 25)))
    below.dies(pensioner, date(2025, 3, 1))
    bank.people_changed(pensioner, on=date(2025, 3, 3))

    assert bank.day(date(2025, 3, 3)) == []
    assert [view.hold_reason for view in payments.payments_of(person_id=pensioner)] == ["recipient_died"]
    assert notifications.inbox(person_id=pensioner) == []


def test_the_ledger_keeps_every_move(returned):
    accounts = LedgerEntry.objects.filter(order__recipient_id=returned).order_by("id")

    assert [entry.amount_kopecks for entry in accounts] == [2_694_171, -2_694_171, 2_694_171]
