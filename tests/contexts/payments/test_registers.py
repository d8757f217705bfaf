"""Registers of many orders are made in parts side by side: the same whatever the parts, whatever was cut off."""

import threading
import time
from datetime import date

import pytest
from django.db import connection, transaction
from tests.contexts.payments.below import BIK, OTHER_BIK, cause, granted

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions import make_registers as making
from kazna.contexts.payments.actions.make_registers import make_registers
from kazna.contexts.payments.actions.schedule_payments import schedule_payments
from kazna.contexts.payments.models import Order, Payee, Register, RegisterLine
from kazna.plumbing import side_by_side as plumbing
from kazna.plumbing.numbering import take_left

TUESDAY, NEXT = date(2025, 3, 4), date(2025, 3, 5)
PLACES = "register__number", "number", "order__recipient_id", "amount_kopecks"


@pytest.fixture
def ready(below, bank):
    """Eleven orders: eight to one bank, three to another; two people without СНИЛС."""
    people = [below.person(account=f"4081781{n:013d}", bik=OTHER_BIK if n % 3 == 2 else BIK) for n in range(9)]
    people += [below.person(account=f"4081781{n:013d}", snils="", forename="АБ"[n - 9]) for n in (9, 10)]
    bank.take_on(*(granted(person) for person in people))
    schedule_payments(TUESDAY, cause(), below)
    return people


def cut(monkeypatch, lines, sessions=1):
    """Registers of at most so many lines; every register is a part of its own."""
    monkeypatch.setattr(making, "MOST_LINES", lines)
    monkeypatch.setattr(making, "FEWEST_IN_PART", 1)
    monkeypatch.setattr(making, "SESSIONS", 100)
    monkeypatch.setattr(plumbing, "SESSIONS", sessions)


def lines():
    return list(RegisterLine.objects.order_by(*PLACES[:2]).values_list(*PLACES))


@pytest.mark.django_db
def test_parts_give_the_registers_that_one_part_gives(ready, below, monkeypatch):
    cut(monkeypatch, 2)
    with transaction.atomic():
        assert make_registers(TUESDAY, below) == 6
        in_parts, totals = lines(), list(Register.objects.order_by("number").values_list("number", "total_kopecks"))
        transaction.set_rollback(True)
    monkeypatch.setattr(making, "FEWEST_IN_PART", 50_000)
    assert make_registers(TUESDAY, below) == 6
    assert lines() == in_parts
    assert list(Register.objects.order_by("number").values_list("number", "total_kopecks")) == totals
    assert [register.lines_count for register in Register.objects.order_by("number")] == [2, 2, 2, 2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_part_that_failed_is_made_again_under_its_own_numbers(ready, below, monkeypatch):
    cut(monkeypatch, 2, sessions=3)
    whole = making._make

    def failing(on, part):
        if part.registers[0].number == "2025-000002":
            raise RuntimeError("the session is gone")
        return whole(on, part)

    monkeypatch.setattr(making, "_make", failing)
    with pytest.raises(RuntimeError):
        make_registers(TUESDAY, below)
    assert Register.objects.filter(number="2025-000001").exists()
    assert not Register.objects.filter(number="2025-000002").exists()
    made = Register.objects.count()

    monkeypatch.setattr(making, "_make", whole)
    assert make_registers(TUESDAY, below) == 6 - made
    numbers = [f"2025-{n:06d}" for n in range(1, 7)]
    assert list(Register.objects.order_by("number").values_list("number", flat=True)) == numbers
    assert [line[1] for line in lines()] == [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    assert make_registers(TUESDAY, below) == 0
    assert payments.verify() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT last FROM plumbing_number_series WHERE series = 'register-2025'")
        assert cursor.fetchone() == (6,)


@pytest.mark.django_db
def test_what_is_no_longer_ready_when_its_part_comes_leaves_no_empty_register(ready, below, monkeypatch):
    cut(monkeypatch, 2)
    whole = making._make

    def held_meanwhile(on, part):
        if part.registers[0].number == "2025-000003":
            Order.objects.filter(state="scheduled", recipient_id__in=third).update(state="held", hold_reason="no_limit")
        return whole(on, part)

    own = Payee.objects.filter(bik=BIK).order_by("snils", "surname", "forename")
    third = list(own.values_list("person_id", flat=True))[4:6]
    monkeypatch.setattr(making, "_make", held_meanwhile)
    assert make_registers(TUESDAY, below) == 5
    assert not Register.objects.filter(number="2025-000003").exists()
    assert payments.verify() == []

    monkeypatch.setattr(making, "_make", whole)
    Order.objects.filter(recipient_id__in=third).update(state="scheduled", hold_reason="")
    assert make_registers(NEXT, below) == 1
    assert Register.objects.get(number="2025-000003").date == NEXT


@pytest.mark.django_db
def test_what_becomes_ready_when_the_line_is_cut_waits_for_the_next_run(ready, below, monkeypatch):
    cut(monkeypatch, 2)
    first = Order.objects.get(recipient_id=ready[0])
    Order.objects.filter(pk=first.pk).update(state="held", hold_reason="no_limit")
    whole = making._make

    def let_go_meanwhile(on, part):
        Order.objects.filter(pk=first.pk, state="held").update(state="scheduled", hold_reason="")
        return whole(on, part)

    monkeypatch.setattr(making, "_make", let_go_meanwhile)
    assert make_registers(TUESDAY, below) == 6
    assert [register.lines_count for register in Register.objects.order_by("number")] == [2, 2, 2, 1, 2, 1]
    for line in RegisterLine.objects.select_related("register"):
        assert Payee.objects.get(person_id=line.recipient_id).bik == line.register.bik
    assert Order.objects.filter(state="scheduled").count() == 1

    assert make_registers(NEXT, below) == 1
    assert payments.verify() == []


@pytest.mark.django_db(transaction=True)
def test_an_order_cancelled_while_its_register_is_written_is_in_none(ready, below, monkeypatch):
    order = Order.objects.filter(state="scheduled").order_by("id").first()
    made, tries = [], []
    whole = making._make
    monkeypatch.setattr(making, "_make", lambda on, part: tries.append(1) or whole(on, part))

    def make():
        try:
            made.append(make_registers(TUESDAY, below))
        finally:
            connection.close()

    with transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="held", hold_reason="recipient_died")
        other = threading.Thread(target=make)
        other.start()
        with connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
                time.sleep(0.05)
    other.join()

    assert (made, len(tries)) == ([2], 2)  # the second try leaves it out
    order.refresh_from_db()
    assert (order.state, order.register_id) == ("held", None)
    assert not RegisterLine.objects.filter(order=order).exists()
    assert payments.verify() == []


@pytest.mark.django_db
def test_left_numbers_come_first(db):
    assert take_left("x", 2, used=list) == [1, 2]
    assert take_left("x", 2, used=lambda: [2]) == [1, 3]
    assert take_left("x", 1, used=lambda: [1, 2, 3]) == [4]
    assert take_left("x", 0, used=list) == []
