"""What awards are worth in a month: counted again, not due after all, with and without the year's indexation."""

from datetime import date

import pytest
from tests.contexts.measures.test_determine import MOTHER, fact

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.derivations import Asked, derivations

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
