"""Awards of the former register live on as if granted here, but without a decision of ours."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from tests.contexts.cases.below import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.stop_awards import stop_awards
from kazna.contexts.cases.models import Award
from kazna.events.cases import AwardGranted
from kazna.events.life_events import LifeEventFound
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db
ON = date(2024, 11, 1)
NOW = datetime(2024, 11, 1, 9, tzinfo=UTC)


def row(measure: str, recipient: UUID, subject: UUID | None = None, number: str = "Б-1", **days) -> cases.BaselineAward:
    given = {"first_day": date(2023, 5, 2), "last_day": None} | days
    return cases.BaselineAward(number, recipient, subject or recipient, measure, 58_694_672, **given)


def load(*rows: cases.BaselineAward) -> int:
    return cases.load_awards(rows=rows, on=ON, received_at=NOW)


def test_a_certificate_keeps_its_form_child_and_day():
    mother, child = uuid4(), uuid4()

    assert load(row("ru-maternity-capital", mother, child)) == 1

    award = Award.objects.get()
    assert (award.form, award.period, award.child_id) == ("certificate", "once", child)
    assert (award.first_day, award.last_day, award.decision_id) == (date(2023, 5, 2), None, None)


def test_payments_are_told_the_form_and_no_cash_is_counted():
    load(row("ru-maternity-capital", uuid4(), uuid4()))

    told = Delivery.objects.filter(event=AwardGranted.__name__).values_list("payload", flat=True)
    assert {payload["form"] for payload in told} == {"certificate"}
    assert cases.cash_totals() == {}


def test_a_certificate_for_each_of_two_children_is_kept():
    mother = uuid4()

    load(row("ru-maternity-capital", mother, uuid4()), row("ru-maternity-capital", mother, uuid4(), "Б-2"))

    assert Award.objects.count() == 2


def test_known_numbers_are_skipped():
    known = row("ru-old-age-pension", uuid4())
    load(known)

    assert load(known, row("ru-old-age-pension", uuid4(), number="Б-2")) == 1


def test_death_ends_a_pension_but_not_a_certificate(below):
    mother = below.person()
    load(row("ru-maternity-capital", mother, below.person()), row("ru-old-age-pension", mother, number="Б-2"))
    died = LifeEventFound(uuid4(), "DEATH_CITIZEN", mother, {}, date(2025, 3, 3), date(2025, 3, 5), cause())

    stop_awards([died], below)

    assert list(Award.objects.filter(stop__isnull=False).values_list("number", flat=True)) == ["Б-2"]
