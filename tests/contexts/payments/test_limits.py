"""Limits of the budget: what fits leaves, the rest waits visibly, nothing is split."""

from datetime import date

import pytest
from tests.contexts.payments.below import granted

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.models import Order

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, GRANT = date(2025, 3, 4), date(2025, 3, 5), 2_694_171


def limit(kopecks, document="Уведомление № 1", **fields):
    given = {"measure": "grant", "body": "sfr-77", "year": 2025, "by": "officer", "on": TUESDAY}
    payments.change_limit(change_kopecks=kopecks, document=document, **{**given, **fields})


def states():
    return sorted(Order.objects.values_list("state", "hold_reason"))


@pytest.fixture
def three(below, bank):
    bank.take_on(*(granted(below.person(account=f"4081781{n:013d}")) for n in range(3)))


def test_limits_that_end_mid_run_leave_the_rest_waiting(bank, three):
    limit(2 * GRANT + 1)
    [register] = bank.day(TUESDAY)

    assert register.lines_count == 2
    assert states() == [("held", "no_limit"), ("sent", ""), ("sent", "")]
    assert payments.budget_lines(year=2025)[0].waiting_kopecks == GRANT


def test_more_limit_lets_the_waiting_go_and_the_same_document_counts_once(bank, three):
    limit(2 * GRANT)
    bank.day(TUESDAY)
    for _ in range(2):
        limit(GRANT, "Уведомление № 2")

    [register] = bank.day(WEDNESDAY)
    assert (register.lines_count, payments.budget_lines(year=2025)[0].limit_kopecks) == (1, 3 * GRANT)


def test_a_limit_cannot_fall_below_what_has_left(bank, three):
    limit(3 * GRANT)
    bank.day(TUESDAY)

    with pytest.raises(payments.LimitRefused, match="уже отправлено больше"):
        limit(-GRANT, "Уведомление № 2")
    with pytest.raises(payments.LimitRefused, match="другой суммой"):
        limit(GRANT)
    with pytest.raises(payments.LimitRefused, match="назовите документ"):
        limit(GRANT, " ")


def test_who_dies_or_loses_the_account_while_waiting_for_a_limit_does_not_pass(below, bank, three):
    limit(0)
    bank.day(TUESDAY)
    person = Order.objects.order_by("id")[0].recipient_id
    below.dies(person, TUESDAY)
    bank.people_changed(person, on=WEDNESDAY)
    limit(10 * GRANT, "Уведомление № 2", on=WEDNESDAY)

    [register] = bank.day(WEDNESDAY)
    assert register.lines_count == 2
    assert Order.objects.get(recipient_id=person).hold_reason == "recipient_died"


def test_a_new_account_does_not_pass_by_the_limit(below, bank, three):
    limit(0)
    bank.day(TUESDAY)
    person = Order.objects.order_by("id")[0].recipient_id
    below.gives_account(person, "40817810000000000077")
    bank.people_changed(person, on=WEDNESDAY)

    assert bank.day(WEDNESDAY) == []
