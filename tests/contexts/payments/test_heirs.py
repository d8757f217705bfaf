"""Sums a person did not live to receive, and files of banks that are partly spoilt."""

from datetime import date, timedelta

import pytest
from tests.contexts.payments.below import granted

from kazna.contexts.integration.public import CreditLine, CreditStatement
from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.pay_heirs import pay_heirs
from kazna.contexts.payments.models import Order

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, GRANT = date(2025, 3, 4), date(2025, 3, 5), 2_694_171


@pytest.fixture
def dead(below, bank):
    person = below.person()
    bank.take_on(granted(person))
    below.dies(person, date(2025, 3, 4))
    bank.people_changed(person, on=TUESDAY)
    bank.day(TUESDAY)
    return person


def pay(below, dead, shares, on=WEDNESDAY, by_inheritance=False):
    return pay_heirs(recipient_id=dead, shares=shares, by_inheritance=by_inheritance, on=on, sources=below)


def test_the_family_gets_it_by_shares_to_the_kopeck(below, bank, dead):
    widow, son = below.person(account="40817810000000000011"), below.person(account=None)

    assert pay(below, dead, {widow: 2, son: 1}) == 2

    sums = dict(Order.objects.exclude(state="cancelled").values_list("recipient_id", "amount_kopecks"))
    assert sums == {widow: 1_796_114, son: 898_057}
    [register] = bank.day(WEDNESDAY)
    assert register.total_kopecks == 1_796_114
    with pytest.raises(payments.HeirsRefused, match="недополученных"):
        pay(below, dead, {widow: 1})


def test_after_six_months_only_by_inheritance(below, dead):
    widow, late = below.person(account="40817810000000000011"), date(2025, 9, 5)

    with pytest.raises(payments.HeirsRefused, match="наследстве"):
        pay(below, dead, {widow: 1}, late)
    assert pay(below, dead, {widow: 1}, late, by_inheritance=True) == 1


def test_the_living_have_no_heirs_and_shares_are_above_zero(below, dead):
    widow = below.person(account="40817810000000000011")

    for recipient, shares in ((widow, {dead: 1}), (dead, {}), (dead, {widow: 0}), (dead, {dead: 1})):
        with pytest.raises(payments.HeirsRefused):
            pay(below, recipient, shares)


def test_one_line_in_a_hundred_spoilt_is_put_aside_and_the_rest_goes_on(below, bank):
    bank.take_on(*(granted(below.person(account=f"4081781{n:013d}")) for n in range(200)))
    [register] = bank.day(TUESDAY)
    lines = [CreditLine(x.number, x.account, x.amount_kopecks, True, None) for x in register.lines.order_by("number")]
    lines[50] = CreditLine(51, lines[50].account, lines[50].amount_kopecks + 1, True, None)
    lines[150] = CreditLine(9_999, lines[150].account, lines[150].amount_kopecks, True, None)
    on = WEDNESDAY + timedelta(days=1)
    event = below.states(CreditStatement(register.number, register.date, on, tuple(lines)), on)

    from kazna.contexts.payments.actions.take_statement import take_statement

    for _ in range(2):
        take_statement(event, below)

    assert Order.objects.filter(state="credited").count() == 198
    assert {line["problem"] for line in payments.quarantined_lines()} == {
        "Сумма не та, что в реестре.", "Строки с таким номером в реестре нет.",
    }  # fmt: skip
