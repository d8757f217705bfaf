"""What is done about an overpayment takes two people; the database holds it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.contexts.payments.below import cause, corrected, granted

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.debts import DebtProposal, Overpayment

pytestmark = pytest.mark.django_db
FULL, JANUARY, DAY = 1_000_000, date(2025, 1, 1), date(2025, 4, 16)


@pytest.fixture
def one(below, bank):
    award = granted(below.person(), "benefit", amount_kopecks=FULL, first_day=JANUARY, on=date(2025, 1, 15))
    bank.take_on(award)
    bank.days(date(2025, 1, 15), date(2025, 4, 15))
    bank.correct(corrected(award, DAY, {date(2025, 2, 1): (FULL, 700_000)}))
    [found] = payments.overpayments_of(person_id=award.recipient_id)
    return found


def proposed(one, **named):
    given = {
        "fault": payments.Fault.BREACH,
        "means": payments.Means.WITHHOLDING,
        "percent": 20,
        "monthly_kopecks": None,
    }
    payments.propose_decision(
        overpayment_id=one.overpayment_id,
        explanation="Программа не выполнена.",
        by="first",
        on=DAY,
        **given | named,
    )


def settled(one, by="second", agrees=True, remark=""):
    payments.settle_debt_proposal(
        overpayment_id=one.overpayment_id, agrees=agrees, remark=remark, by=by, on=DAY, cause=cause()
    )


def state(one):
    return payments.overpayment(overpayment_id=one.overpayment_id).state


def test_one_wants_another_confirms(one):
    proposed(one)
    assert state(one) == "found"

    with pytest.raises(payments.OverpaymentRefused, match="другой сотрудник"):
        settled(one, by="first")
    settled(one)

    row = Overpayment.objects.get()
    assert (row.state, row.decided_by, row.confirmed_by, row.fault) == ("owed", "first", "second", "breach")


def test_given_back_nothing_happens_and_another_may_be_proposed(one):
    proposed(one)
    with pytest.raises(payments.OverpaymentRefused, match="уже ждёт"):
        proposed(one)
    with pytest.raises(payments.OverpaymentRefused, match="почему не согласны"):
        settled(one, agrees=False)

    settled(one, agrees=False, remark="Проверьте отчёты.")
    proposed(one)

    assert (state(one), DebtProposal.objects.count()) == ("found", 2)


def test_writing_off_takes_two_as_well(one):
    proposed(one)
    settled(one)
    payments.propose_write_off(overpayment_id=one.overpayment_id, document="Определение суда", by="first", on=DAY)
    settled(one, by="third")

    assert state(one) == "closed"


@pytest.mark.parametrize("confirmed_by", ["", "first"])
def test_the_database_refuses_one_person(one, confirmed_by):
    with pytest.raises(IntegrityError, match="overpayment_decided_by_two"), transaction.atomic():
        Overpayment.objects.update(decided_by="first", confirmed_by=confirmed_by)
