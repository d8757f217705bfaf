"""Payments tried on plain data, day by day."""

from datetime import date, timedelta

import pytest
from tests.contexts.payments.below import Below, cause

from kazna.contexts.payments import public as payments
from kazna.contexts.payments.actions.correct_months import correct_months
from kazna.contexts.payments.actions.keep_to_limits import keep_to_limits
from kazna.contexts.payments.actions.make_registers import make_registers
from kazna.contexts.payments.actions.reissue_payments import follow_people
from kazna.contexts.payments.actions.schedule_payments import schedule_payments
from kazna.contexts.payments.actions.send_registers import mark_sent
from kazna.contexts.payments.actions.take_on_awards import take_on_awards
from kazna.contexts.payments.actions.take_statement import take_statement
from kazna.contexts.payments.models import Register


class Bank:
    """The days of payments: what is due goes out, the bank answers the next day."""

    def __init__(self, below: Below) -> None:
        self.below = below

    def take_on(self, *awards) -> None:
        take_on_awards(awards, self.below)

    def day(self, on: date) -> list[Register]:
        """Schedule, make registers and send them; returns the registers of the day."""
        schedule_payments(on, cause(), self.below)
        keep_to_limits(on)
        make_registers(on, self.below)
        made = list(Register.objects.filter(state=Register.State.MADE).order_by("number"))
        for register in made:
            mark_sent(register, on)
        return made

    def days(self, first: date, last: date, *, answering: bool = True) -> None:
        """Every day from first to last inclusive; everything sent is credited the next day."""
        on = first
        while on <= last:
            for register in Register.objects.filter(state=Register.State.SENT).order_by("number") if answering else ():
                self.answer(register, on)
            self.day(on)
            on += timedelta(days=1)

    def answer(self, register: Register, on: date, refused=None) -> None:
        take_statement(self.below.answers(register, on, refused), self.below)

    def correct(self, *events) -> None:
        correct_months(events)

    def people_changed(self, *person_ids, on: date) -> None:
        follow_people({person_id: cause() for person_id in person_ids}, on, self.below)


@pytest.fixture(autouse=True)
def books_agree(request):
    """After each test of payments all records of money agree, unless the test itself spoilt them."""
    yield
    if request.node.get_closest_marker("django_db") and "spoils_the_books" not in request.keywords:
        assert payments.verify() == []


@pytest.fixture
def below() -> Below:
    return Below()


@pytest.fixture
def bank(below):
    return Bank(below)
