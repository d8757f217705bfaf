"""Obligations as of a day: what is in force then, what it costs, who gets it, and nothing that tells of a few."""

from datetime import date
from uuid import uuid4

import pytest
from tests.factories.people import enter_person

from kazna.contexts.cases.models import Award, AwardStop
from kazna.contexts.registers import public as registers
from kazna.contexts.studio import public as studio

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 16)


def award(measure, first, *, last=None, stops=None, period="month", form="cash", recipient=None, ordinal=1):
    one = Award.objects.create(
        id=uuid4(), number="1", measure=measure, code="x", title="x", subject_id=uuid4(),
        recipient_id=recipient or uuid4(), ordinal=ordinal, body="x", territory="77", amount_kopecks=100_00, form=form,
        period=period, first_day=first, last_day=last, granted_on=first,
    )  # fmt: skip
    if stops:
        AwardStop.objects.create(
            award=one, recipient_id=one.recipient_id, body="x", decision_id=uuid4(), stops_on=stops, reason="x",
            stopped_on=stops,
        )  # fmt: skip


def told(measure, on=DAY):
    return next(row for row in studio.obligations(on=on) if row.measure == measure)


def test_only_what_is_in_force_on_the_day_is_counted():
    child, mother = "ru-child-benefit", uuid4()
    for _ in range(5):
        award(child, date(2026, 1, 1), recipient=mother)
        award(child, date(2025, 1, 1), last=date(2025, 12, 31))
        award(child, date(2025, 1, 1), stops=date(2026, 2, 16))
        award(child, date(2026, 3, 1))
    row, earlier = told(child), told(child, date(2025, 6, 1))

    assert (row.awards, row.recipients, row.year_kopecks) == (5, None, 5 * 12 * 100_00)  # one mother is not told of
    assert (earlier.awards, earlier.recipients) == (10, 10)


def test_what_is_given_once_costs_what_the_last_year_cost():
    for _ in range(6):
        award("ru-birth-grant", date(2026, 1, 10), period="once")
        award("ru-birth-grant", date(2024, 1, 10), period="once")

    assert told("ru-birth-grant").year_kopecks == 6 * 100_00


def test_a_handful_is_not_told_of_nor_found_by_subtraction():
    for _ in range(3):
        award("ru-child-benefit", date(2026, 1, 1))
    row = told("ru-child-benefit")

    assert (row.awards, row.recipients, row.year_kopecks, row.untaken) == (None, None, None, None)
    assert not row.has_nobody


def test_nobody_with_a_right_is_nobody_left_out():
    registers.load_kinds()
    enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=DAY)

    assert studio.untaken(on=DAY) == []
