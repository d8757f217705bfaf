"""A crash after each write of a month with enforcement documents: done again, the books end the same."""

from datetime import date

import httpx
import pytest
from django.db import connection, transaction
from tests.contexts.payments.below import Below, cause, corrected
from tests.contexts.payments.conftest import Bank
from tests.contexts.payments.test_crashes import BOOKS, crash_after, run
from tests.contexts.payments.test_crashes import books as plain_books
from tests.contexts.payments.test_writs import pension
from tests.contexts.payments.writs import confirmed, done

from kazna.contexts.integration.public import CreditLine, CreditStatement
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions import send_registers as sending
from kazna.contexts.payments.actions import take_statement as stating
from kazna.contexts.payments.actions.give_back import give_back
from kazna.contexts.payments.actions.keep_writs import follow_time
from kazna.contexts.payments.actions.make_registers import make_registers
from kazna.contexts.payments.actions.pay_creditors import pay_creditors
from kazna.contexts.payments.actions.schedule_payments import schedule_payments
from kazna.contexts.payments.models import Register

pytestmark = pytest.mark.django_db
MARCH, PAY_DAY, NEXT, THIRD, FOURTH = date(2025, 3, 1), *(date(2025, 4, d) for d in (3, 4, 7, 8))
OF_WRITS = {
    "parts": "SELECT writ_id, order_id, current_kopecks, debt_kopecks, transfer_id FROM payments_writ_part",
    "transfers": "SELECT id, state, amount_kopecks, number FROM payments_transfer",
    "documents": "SELECT id, state FROM payments_writ",
    "changes": "SELECT writ_id, act, after FROM payments_writ_change",
}


def books():

    found = plain_books()
    with connection.cursor() as cursor:
        for name, query in OF_WRITS.items():
            cursor.execute(query)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.fixture
def month(settings):
    """Two creditors of one turn, an overpayment, an end in the past, a refused payment, one back late."""
    settings.KAZNA_AGENCY_URLS = {"bank": "http://bank.test"}
    below = Below()
    bank = Bank(below)
    people = [below.person(account=f"4081781{n:013d}") for n in range(3)]
    awards = [pension(bank, person, amount=1_000_003) for person in people]
    bank.days(date(2025, 3, 3), date(2025, 3, 10))
    bank.correct(corrected(awards[0], date(2025, 3, 11), {MARCH: (1_000_003, 400_000)}))
    [debt] = payments.overpayments()
    payments.decide_overpayment(
        overpayment_id=debt.overpayment_id, fault="false_data", means="withholding", percent=20, monthly_kopecks=None,
        explanation="Доход скрыт.", by="officer", confirmed_by="second", on=date(2025, 3, 11), cause=cause(),
    )  # fmt: skip
    confirmed(below, people[0], "minor_alimony", share_top=1, share_bottom=4)
    confirmed(below, people[1], "other", debt_kopecks=600_000)
    confirmed(below, people[1], "other", debt_kopecks=9_000_000)
    ended = confirmed(below, people[2], "other")
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(202)))
    told = {}

    def answer(on, sent_on, late=False):
        for register in Register.objects.filter(sent_on=sent_on).order_by("number"):
            if (register.number, on) not in told:
                rows = (register.transfers if register.is_for_creditors else register.lines).order_by("number")
                lines = tuple(
                    CreditLine(x.number, x.account, x.amount_kopecks, not late, "не востребовано" if late else None)
                    for x in rows
                )
                statement = CreditStatement(register.number, register.date, on, lines)
                told[register.number, on] = below.states(statement, on)
            stating.take_statement(told[register.number, on], below)

    return [
        lambda: schedule_payments(PAY_DAY, cause(), below),
        lambda: make_registers(PAY_DAY, below),
        lambda: sending.send_registers(PAY_DAY, client=client),
        lambda: ended_once(below, ended),
        lambda: answer(NEXT, PAY_DAY),
        lambda: follow_time(NEXT, below),
        lambda: give_back(NEXT),
        lambda: make_registers(NEXT, below),
        lambda: pay_creditors(NEXT, below),
        lambda: sending.send_registers(NEXT, client=client),
        lambda: answer(THIRD, NEXT),
        lambda: answer(FOURTH, PAY_DAY, late=True),
        lambda: follow_time(FOURTH, below),
    ]


@transaction.atomic
def ended_once(below, writ):
    done(below, writ, "end", on=PAY_DAY, **{"from": "2025-04-01"})


def test_a_crash_after_any_write_changes_nothing_in_the_end(month, monkeypatch):
    def played(number):
        with transaction.atomic():
            with crash_after(number, monkeypatch) as made:
                done_steps = run(month)
            run(month, done_steps)
            end = books()
            assert payments.verify() == []
            transaction.set_rollback(True)
        return end, len(made)

    whole, writes = played(0)
    assert writes > 40 and len(whole["transfers"]) == 3

    for number in range(1, writes + 1):
        end, _ = played(number)
        for name in (*BOOKS, *OF_WRITS):
            assert end[name] == whole[name], f"{name} differ after a crash at write {number}"
