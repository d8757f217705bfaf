"""A crash after each write of the monthly run in turn: the unfinished step is done again, the books end the same."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import httpx
import pytest
from django.db import connection, transaction
from tests.contexts.payments.below import Below, cause, corrected, granted, stopped
from tests.contexts.payments.conftest import Bank

from kazna.contexts.integration.public import UseTold
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions import make_registers as making
from kazna.contexts.payments.actions import send_registers as sending
from kazna.contexts.payments.actions import take_statement as stating
from kazna.contexts.payments.actions.close_certificates import (
    lapse_certificates,
    remind_of_certificates,
    stop_certificates,
)
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.actions.keep_to_limits import keep_to_limits
from kazna.contexts.payments.actions.make_registers import make_registers
from kazna.contexts.payments.actions.reissue_payments import follow_people
from kazna.contexts.payments.actions.schedule_payments import schedule_payments
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.actions.take_on_awards import take_on_awards
from kazna.contexts.payments.certificates import Certificate
from kazna.contexts.payments.models import Order, Register

pytestmark = pytest.mark.django_db
MARCH, APRIL, PAY_DAY, NEXT, THIRD = date(2025, 3, 1), date(2025, 4, 1), *(date(2025, 5, d) for d in (2, 5, 6))
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


class Crash(BaseException):
    """The process dies: nothing that stands on the way may swallow it."""


@contextmanager
def crash_after(number, monkeypatch):
    """Die after the write of this number (0: never); yields a list whose length is the writes made."""
    made = []

    def note():
        made.append(1)
        if len(made) == number:
            raise Crash

    def watch(execute, statement, params, many, context):
        result = execute(statement, params, many, context)
        if statement.lstrip().upper().startswith(WRITES):
            note()
        return result

    copy = stating.copy_rows

    def copying(*given):
        copy(*given)
        note()

    with monkeypatch.context() as patch, connection.execute_wrapper(watch):
        patch.setattr(stating, "copy_rows", copying)
        yield made


@pytest.fixture
def month(settings):
    """A debtor, a closed account, a limit too small, a stop and a correction in one monthly run; its steps."""
    settings.KAZNA_AGENCY_URLS = {"bank": "http://bank.test"}
    below = Below()
    people = [below.person(account=f"4081781{n:013d}") for n in range(6)]
    early = {"first_day": MARCH, "amount_kopecks": 1_000_000, "on": date(2025, 3, 3)}
    awards = [granted(person, "benefit", **early) for person in people]
    bank = Bank(below)
    bank.take_on(*awards)
    bank.days(date(2025, 4, 1), date(2025, 4, 10))
    bank.correct(corrected(awards[0], date(2025, 4, 11), {MARCH: (1_000_000, 400_000)}))
    [debt] = payments.overpayments()
    payments.decide_overpayment(
        overpayment_id=debt.overpayment_id, fault="false_data", means="withholding", percent=20, monthly_kopecks=None,
        explanation="Доход скрыт.", by="officer", confirmed_by="second", on=date(2025, 4, 11), cause=cause(),
    )  # fmt: skip
    payments.change_limit(
        measure="benefit", body="sfr-77", year=2025, change_kopecks=11_000_000, document="1", by="officer", on=MARCH
    )
    late = granted(people[1], "grant", on=date(2025, 4, 30))
    stop, worth = stopped(awards[2], APRIL, PAY_DAY), corrected(awards[3], NEXT, {MARCH: (1_000_000, 1_500_000)})
    answered = {}
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(202)))

    def answer():
        for register in Register.objects.filter(sent_on=PAY_DAY).order_by("number"):
            if register.number not in answered:
                answered[register.number] = below.answers(register, NEXT, {2: "счёт закрыт"})
            stating.take_statement(answered[register.number], below)

    def give_account():
        refused = Order.objects.filter(attempt=1, return_reason="счёт закрыт").order_by("id").first()
        below.gives_account(refused.recipient_id, "40817810000000000077")
        follow_people({refused.recipient_id: cause()}, NEXT, below)

    return [
        lambda: take_on_awards([late], below),
        lambda: schedule_payments(PAY_DAY, cause(), below),
        lambda: keep_to_limits(PAY_DAY),
        lambda: payments.count_forecast(on=PAY_DAY),
        lambda: make_registers(PAY_DAY, below),
        lambda: sending.send_registers(PAY_DAY, client=client),
        lambda: stop_obligations([stop]),
        lambda: bank.correct(worth),
        answer,
        give_account,
        lambda: keep_to_limits(NEXT),
        lambda: make_registers(NEXT, below),
        lambda: sending.send_registers(NEXT, client=client),
    ]


@pytest.fixture
def certificates():
    """Certificates against a limit too small: bought by, brought back, stopped, lapsed, let go; its steps."""
    first = date(2026, 2, 16)
    given = {"form": "certificate", "amount_kopecks": 1_000_000, "on": first, "first_day": first}
    people = [UUID(int=n) for n in range(1, 5)]
    awards = [
        replace(granted(person, "grant", **given, award_id=person, last_day=last), measure="ru-technical-aid")
        for person, last in zip(people, [None, None, date(2026, 2, 20), None], strict=True)
    ]
    limit = {"measure": "ru-technical-aid", "body": "sfr-77", "year": 2026, "by": "officer"}
    payments.change_limit(change_kopecks=3_000_000, document="1", on=first, **limit)

    def buy(person, transaction_number, kopecks, on):
        [number] = Certificate.objects.filter(recipient_id=person).values_list("number", flat=True)
        use = UseTold(
            transaction_number, "30.92.20.000-00000010", kopecks, abs(kopecks), "7700000016", "Лавка",
            datetime(2026, 2, 16, 9, tzinfo=UTC),
        )  # fmt: skip
        payments.use_certificate(number=number, use=use, on=on)

    later = date(2026, 2, 21)
    return [
        lambda: issue_certificates(awards),
        lambda: buy(people[0], "1", 700_000, first),
        lambda: buy(people[0], "2", -200_000, first),
        lambda: buy(people[2], "3", 400_000, first),
        lambda: stop_certificates([stopped(awards[1], date(2026, 2, 17), date(2026, 2, 17))]),
        lambda: lapse_certificates(later),
        lambda: remind_of_certificates(later),
        lambda: keep_to_limits(later),
        lambda: buy(people[2], "4", -100_000, later),
        lambda: payments.change_limit(change_kopecks=100_000, document="2", on=later, **limit),
    ]


def run(steps, done=0):
    """As the worker does: a step that was finished is remembered, the one that was not is done again."""
    for number, step in enumerate(steps[done:], done):
        try:
            step()
        except Crash:
            return number
    return len(steps)


BOOKS = {
    "ledger": 'SELECT p.kind, p."on", e.account, e.kbk, e.order_id, sum(e.amount_kopecks), count(*)'
    " FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id GROUP BY 1, 2, 3, 4, 5",
    "orders": "SELECT id, state, hold_reason, amount_kopecks, withheld_kopecks, settled_on FROM payments_order",
    "registers": "SELECT number, state, lines_count, total_kopecks, sha256 FROM payments_register",
    "lines": "SELECT register_id, number, order_id, account, amount_kopecks FROM payments_register_line",
    "statements": "SELECT statement_id, place, order_id, problem FROM payments_statement_line",
    "overpaid": "SELECT order_id, kopecks FROM payments_overpaid_month",
    "recoveries": "SELECT order_id, kind, kopecks FROM payments_recovery",
    "certificates": "SELECT number, award_id, state, ending, used_kopecks, returned_kopecks, issued_on, closed_on,"
    " first_day, last_day FROM payments_certificate",
    "uses": "SELECT transaction_number, certificate_id, kopecks FROM payments_certificate_use",
    "letters": "SELECT recipient_id, title FROM notifications_notice",
}


def books():
    found = {}
    with connection.cursor() as cursor:
        for name, query in BOOKS.items():
            cursor.execute(query)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def test_a_crash_after_any_write_changes_nothing_in_the_end(month, monkeypatch):
    for name, value in (("MOST_LINES", 4), ("FEWEST_IN_PART", 1), ("SESSIONS", 100)):  # every register a part
        monkeypatch.setattr(making, name, value)
    assert_no_crash_is_seen(month, monkeypatch, least_writes=25)


def test_a_crash_after_any_write_about_certificates_changes_nothing_in_the_end(certificates, monkeypatch):
    end = assert_no_crash_is_seen(certificates, monkeypatch, least_writes=20)

    assert len(end["certificates"]) == 4
    assert len(end["uses"]) == 4


def assert_no_crash_is_seen(steps, monkeypatch, *, least_writes):
    def played(number):
        with transaction.atomic():
            with crash_after(number, monkeypatch) as made:
                done = run(steps)
            run(steps, done)
            connection.check_constraints()
            end = books()
            assert payments.verify() == []
            transaction.set_rollback(True)
        return end, len(made)

    whole, writes = played(0)
    assert writes > least_writes

    for number in range(1, writes + 1):
        end, _ = played(number)
        for name in BOOKS:
            assert end[name] == whole[name], f"{name} differ after a crash at write {number}"
    return whole
