"""Statements are applied once, and what cannot be applied is put aside with a reason."""

from dataclasses import replace
from datetime import date

import pytest
from tests.contexts.payments.below import granted

from kazna.contexts.integration.public import CreditLine, CreditStatement
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.take_statement import take_statement
from kazna.contexts.payments.models import LedgerPosting, Order, Statement

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)


@pytest.fixture
def register(below, bank):
    bank.take_on(granted(below.person()), granted(below.person(account="40817810400000000002")))
    return bank.day(TUESDAY)[0]


def lines_of(register, **changes):
    lines = [CreditLine(r.number, r.account, r.amount_kopecks, True, None) for r in register.lines.order_by("number")]
    return (replace(lines[0], **changes), *lines[1:])


def say(below, register_number, lines):
    take_statement(below.states(CreditStatement(register_number, TUESDAY, WEDNESDAY, tuple(lines)), WEDNESDAY), below)


def problems():
    return [line["problem"] for line in payments.quarantined_lines()]


def test_the_same_document_twice_changes_nothing(below, register):
    event = below.answers(register, WEDNESDAY)
    take_statement(event, below)
    before = LedgerPosting.objects.count()

    take_statement(event, below)

    assert (Statement.objects.count(), LedgerPosting.objects.count()) == (1, before)


def test_another_statement_about_the_same_lines_is_put_aside(below, bank, register):
    bank.answer(register, WEDNESDAY)

    bank.answer(register, WEDNESDAY, {1: "счёт закрыт"})

    assert set(problems()) == {"По этой строке банк уже ответил раньше."}
    assert set(Order.objects.values_list("state", flat=True)) == {"credited"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"number": 99}, "Строки с таким номером в реестре нет."),
        ({"account": "40817810900000000099"}, "Счёт не тот, что в реестре."),
        ({"amount_kopecks": 2_694_170}, "Сумма не та, что в реестре."),
        ({"number": 2, "account": "40817810400000000002"}, "Строка повторена в этой же выписке."),
    ],
)
def test_a_line_that_does_not_match_is_put_aside_and_the_rest_is_applied(below, bank, register, change, problem):
    say(below, register.number, lines_of(register, **change))

    assert problems() == [problem]
    assert sorted(Order.objects.values_list("state", flat=True)) == ["credited", "sent"]


def test_an_unknown_register_is_put_aside_whole(below, bank, register):
    say(below, "2025-999999", lines_of(register))

    assert problems() == ["Реестра с таким номером мы не отправляли."] * 2
    assert set(Order.objects.values_list("state", flat=True)) == {"sent"}


def test_a_statement_may_come_before_we_know_that_the_register_was_sent(below, bank, register):
    """The bank took the register, and we were killed before writing that down."""
    from tests.contexts.payments.below import cause

    from kazna.contexts.payments.actions.make_registers import make_registers
    from kazna.contexts.payments.actions.schedule_payments import schedule_payments
    from kazna.contexts.payments.models import Register

    bank.take_on(granted(below.person(account="40817810200000000005")))
    schedule_payments(WEDNESDAY, cause(), below)
    make_registers(WEDNESDAY, below)

    bank.answer(Register.objects.get(state="made"), date(2025, 3, 6))

    assert Order.objects.filter(state="credited").count() == 1
