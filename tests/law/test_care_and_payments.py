"""Numbers of care, accidents, savings and the family payment agree with one another and with the examples."""

from datetime import date
from fractions import Fraction

import pytest
from tests.law.conftest import WORKED_EXAMPLES, indexed, kopecks

EXAMPLES = {example["id"]: example for example in WORKED_EXAMPLES}
FIRST_WINDOW = date(2026, 6, 15)
CHAINS = [
    *[("work_injury_lump_max", year) for year in range(2021, 2027)],
    *[("work_injury_monthly_max", year) for year in range(2021, 2027)],
    ("conscript_wife_grant", 2026),
    ("conscript_child_monthly", 2026),
]


def value(library, name, day, key=None):
    return library.parameters[name].row(key, day).value


@pytest.mark.parametrize("identity", ["EX-114", "EX-116"])
def test_family_at_the_income_limit_gets_seven_percent_of_its_half(library, identity):
    given, expected = EXAMPLES[identity]["facts"], EXAMPLES[identity]["expect"]
    multiplier = value(library, "family_tax_payment_pm_multiplier", FIRST_WINDOW)
    full, reduced = (value(library, f"family_tax_payment_rate_{name}", FIRST_WINDOW) for name in ("full", "reduced"))
    limit = kopecks(given["pm_per_capita"]) * multiplier * 12 * given["family_size"]

    assert limit == kopecks(expected.get("annual_limit", "1944000"))
    assert limit / given["earners"] * (full - reduced) == kopecks(expected["payment_each"])


def test_limit_of_savings_follows_from_the_minimum_the_share_and_the_months(library):
    on = date(2026, 2, 10)
    minimum, share = value(library, "pm_pensioner_rf", on), value(library, "lump_sum_savings_share_of_pmp", on)

    limit = minimum * share * value(library, "lump_sum_savings_expected_months", on)

    assert limit == value(library, "lump_sum_savings_threshold", on)


@pytest.mark.parametrize(("name", "year"), CHAINS)
def test_accident_and_conscript_amounts_chain_by_the_february_coefficient(library, name, year):
    """Carried forward unrounded from 2018 by the source, so a step may differ by a kopeck."""
    before = value(library, name, date(year, 1, 31))
    coefficient = value(library, "index_feb_social", date(year, 2, 1))

    assert abs(value(library, name, date(year, 2, 1)) - indexed(before, coefficient)) <= 1


def test_smallest_unemployment_benefit_is_indexed_from_2024(library):
    coefficients = [value(library, "index_feb_social", date(year, 2, 1)) for year in (2025, 2026)]
    start = Fraction(value(library, "unemployment_min", date(2024, 2, 1)))

    assert indexed(start, coefficients[0] * coefficients[1]) == value(library, "unemployment_min", date(2026, 2, 1))
