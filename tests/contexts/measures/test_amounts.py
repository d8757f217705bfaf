"""What awards are worth in a month: counted again, not due after all, with and without the year's indexation."""

from datetime import date

import pytest
from tests.contexts.measures.test_determine import MOTHER, fact

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.derivations import Asked, derivations
from kazna.kernel.places import LAW
from kazna.rules import load_library

PENSION = "ru-old-age-pension"


def award(value, since, until=None):
    told = {"measure": PENSION, "period": "month", "level": "federal", "steps": {}, **value}
    return fact("measure.assigned", MOTHER, told, since=since, until=until)


def amount(facts, on, **options):
    options = {"name": "monthly_amount", "types": ["old_age"], "measures": [PENSION], **options}
    asked = Asked(Book(facts), MOTHER, {"person": MOTHER}, {"kind": "pension"}, options, on, on, "full")
    return derivations["monthly_amount"](asked)


@pytest.mark.parametrize(
    ("now", "on", "kopecks"),
    [
        ({"amount_kopecks": 110, "indexed": {"2026-01-01": 10}}, date(2026, 3, 1), 100),
        ({"amount_kopecks": 110, "indexed": {"2026-01-01": 10}}, date(2027, 3, 1), 110),
        (
            {"amount_kopecks": 150, "indexed": {"2026-01-01": 10}},
            date(2026, 3, 1),
            140,
        ),  # another group, after it was indexed
        ({"amount_kopecks": 110, "indexed": {"2026-04-01": 10}}, date(2026, 3, 1), 110),
        (
            {"amount_kopecks": 150},
            date(2026, 3, 1),
            100,
        ),  # rows that do not tell: as on the last day of the year before
    ],
)
def test_only_the_indexation_of_the_year_is_left_out(now, on, kopecks):
    old = award({"amount_kopecks": 100}, date(2025, 5, 1), date(2026, 1, 1))

    assert amount([old, award(now, date(2026, 1, 1))], on, before_indexation=True) == kopecks


def test_months_counted_again_are_worth_their_own_sums():
    one = award({"amount_kopecks": 100, "months": {"2026-03": 0, "2026-04": 70}}, date(2026, 1, 1))

    assert [amount([one], date(2026, month, 1)) for month in (2, 3, 4, 5)] == [100, 0, 70, 100]


def test_a_month_that_was_not_due_after_all_leaves_room_for_the_former_registers_pension():
    one = award({"amount_kopecks": 100, "months": {"2026-03": 0}}, date(2026, 1, 1))
    former = fact("pension", MOTHER, {"type": "old_age", "amount_kopecks": 80}, since=date(2025, 1, 1))

    assert [amount([one, former], date(2026, month, 1)) for month in (2, 3)] == [100, 80]


@pytest.fixture(scope="module")
def pensions():
    """How the vocabulary counts all pensions of a month."""
    return load_library(LAW).facts["person.pension_total"].plain["derive"]


@pytest.mark.parametrize("measure", ["ru-survivor-pension-insurance", "ru-survivor-pension-social"])
def test_a_survivors_pension_granted_here_is_one_of_all_pensions(pensions, measure):
    granted = award({"measure": measure, "amount_kopecks": 900}, date(2026, 2, 1))
    former = fact("pension", MOTHER, {"type": "survivor", "amount_kopecks": 80}, since=date(2025, 1, 1))

    assert amount([granted], date(2026, 3, 1), **pensions) == 900
    assert [amount([granted, former], date(2026, month, 1), **pensions) for month in (1, 3)] == [80, 900]


def test_a_survivors_pension_granted_here_stands_beside_a_pension_of_ones_own(pensions):
    granted = award({"measure": "ru-survivor-pension-insurance", "amount_kopecks": 900}, date(2026, 2, 1))
    former = fact("pension", MOTHER, {"type": "old_age", "amount_kopecks": 80}, since=date(2025, 1, 1))
    own = award({"amount_kopecks": 100}, date(2026, 2, 1))

    assert amount([granted, former], date(2026, 3, 1), **pensions) == 980
    assert amount([granted, own, former], date(2026, 3, 1), **pensions) == 1000
