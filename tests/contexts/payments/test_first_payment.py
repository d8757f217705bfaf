"""From an award to money on an account."""

from datetime import date

import pytest
from tests.contexts.payments.below import granted

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.models import LedgerEntry, Order, Register
from kazna.events.payments import PaymentCredited
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)


def test_a_grant_is_on_the_account_two_days_after_the_decision(below, bank):
    mother = below.person()
    award = granted(mother)
    bank.take_on(award)

    [register] = bank.day(TUESDAY)
    bank.answer(register, WEDNESDAY)

    [payment] = payments.payments_of(person_id=mother)
    assert (payment.state, payment.amount_kopecks, payment.settled_on) == ("credited", 2_694_171, WEDNESDAY)
    assert payments.totals()["grant"] == payments.Totals(2_694_171, 0, 0, 2_694_171, 0)
    told = Delivery.objects.filter(event=PaymentCredited.__name__)
    assert told.values("event_id").distinct().count() == 1


def test_sent_is_not_paid(below, bank):
    bank.take_on(granted(below.person()))

    bank.day(TUESDAY)

    assert payments.totals()["grant"] == payments.Totals(2_694_171, 0, 2_694_171, 0, 0)


def test_the_recipient_learns_that_the_money_came(below, bank):
    mother = below.person()
    bank.take_on(granted(mother))
    [register] = bank.day(TUESDAY)

    bank.answer(register, WEDNESDAY)

    told = notifications.inbox(person_id=mother)[0]
    assert told.title == "Деньги пришли: Пособие при рождении"


def test_an_award_told_twice_is_paid_once(below, bank):
    award = granted(below.person())

    bank.take_on(award, award)
    bank.take_on(award)
    bank.days(TUESDAY, date(2025, 3, 14))

    assert Order.objects.count() == 1


def test_a_certificate_is_not_paid(below, bank):
    bank.take_on(granted(below.person(), form="certificate"))

    bank.day(TUESDAY)

    assert Order.objects.count() == 0


def test_nothing_leaves_on_a_day_off(below, bank):
    bank.take_on(granted(below.person(), on=date(2025, 3, 7)))

    assert bank.day(date(2025, 3, 8)) == []
    assert len(bank.day(date(2025, 3, 10))) == 1


def test_each_bank_gets_its_own_register_with_lines_by_snils(below, bank):
    first, second = below.person(), below.person()
    elsewhere = below.person(bik="044525974", account="40817810400000000002")
    bank.take_on(granted(second), granted(elsewhere), granted(first))

    bank.day(TUESDAY)

    registers = {row.bik: row for row in Register.objects.all()}
    lines = registers["044525225"].lines.order_by("number")
    assert [(line.number, line.recipient_id) for line in lines] == [(1, first), (2, second)]
    assert registers["044525974"].total_kopecks == 2_694_171


def test_a_child_without_an_account_is_paid_through_the_mother(below, bank):
    mother = below.person(account="40817810700000000003")
    child = below.person(account=None, forename="Миша", birth_date=date(2020, 1, 1))
    below.tells("family.parent", child, {"role": "mother"}, mother)
    bank.take_on(granted(child, "pension"))

    [register] = bank.day(TUESDAY)

    line = register.lines.get()
    assert (line.recipient_id, line.account, line.forename) == (child, "40817810700000000003", "Анна")


def test_ledger_refuses_entries_that_do_not_sum_to_zero(below, bank):
    from django.db import DatabaseError, connection, transaction

    bank.take_on(granted(below.person()))
    bank.day(TUESDAY)
    entry = LedgerEntry.objects.first()

    with pytest.raises(DatabaseError, match="sum to zero"), transaction.atomic():
        LedgerEntry.objects.create(
            posting=entry.posting, account="paid:grant", measure="grant", body="sfr-77", amount_kopecks=1
        )
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_ledger_entry SET amount_kopecks = amount_kopecks + 1")
