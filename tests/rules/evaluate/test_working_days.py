"""Working days by the yearly calendar, days in common, roundings by the names laws give them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.expressions import look, mistakes_of

from kazna.rules import Library, load_library
from kazna.rules.evaluate.spans import ANY_DATE, Span, is_unknown

CALENDAR = """\
calendar:
  law: Трудовой кодекс РФ, статья 112
  source: вымышленный
  years:
    2024: {days_off: [2024-12-31]}
    2025: {days_off: [2025-01-01, 2025-01-02, 2025-01-03], working_weekends: [2025-01-04]}
"""


@pytest.fixture
def law(write_law) -> Library:
    return load_library(write_law(calendar=CALENDAR))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("add_working_days(2024-12-30, 1)", date(2025, 1, 4)),
        ("add_working_days(2025-01-04, -1)", date(2024, 12, 30)),
        ("add_working_days(2025-01-05, 0)", date(2025, 1, 5)),
        ("add_working_days(2025-01-05, 5)", date(2025, 1, 10)),
        ("add_working_days(2025-01-12, -1)", date(2025, 1, 10)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(law, text, day):
    assert look(law, text)[0] == day


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2024-12-30", "2025-01-04", 1),
        ("2025-01-06", "2025-01-13", 5),
        ("2025-01-13", "2025-01-06", -5),
        ("2025-01-05", "2025-01-05", 0),
    ],
)
def test_days_between_are_those_that_adding_passes(law, first, last, days):
    assert look(law, f"working_days_between({first}, {last})")[0] == days


def test_a_year_the_calendar_does_not_describe_is_unknown(law):
    assert look(law, "add_working_days(2025-12-31, 1)") == (ANY_DATE, {"calendar:2026"})
    assert look(law, "add_working_days(2023-06-01, 1)") == (ANY_DATE, {"calendar:2023"})
    value, missing = look(law, "working_days_between(2025-01-01, 2027-01-01)")
    assert is_unknown(value)
    assert missing == {"calendar:2026"}


def test_without_a_calendar_no_working_day_is_known(library):
    assert look(library, "add_working_days(2025-01-01, 3)")[1] == {"calendar:2025"}


def test_bounds_go_through_working_days(law):
    value, missing = look(law, "add_working_days(2025-01-06, applicant.share)")

    assert value == Span(date(2025, 1, 7), date(2025, 1, 22))
    assert missing == {"applicant.share"}


@pytest.mark.parametrize(
    ("other", "days"),
    [
        ("2025-01-05, 2025-01-20", 6),
        ("2025-01-10, 2025-01-20", 1),
        ("2025-01-11, 2025-01-20", 0),
        ("2025-01-09, 2025-01-03", 0),
        ("2020-01-01, never", 10),
    ],
)
def test_days_in_common_include_both_ends(law, other, days):
    assert look(law, f"overlap_days(2025-01-01, 2025-01-10, {other})")[0] == days


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("to_kopeck(1.01 rub / 2)", 51),
        ("to_rouble(10.50 rub)", 1100),
        ("to_rouble(10.49 rub)", 1000),
        ("to_rouble_up(10.01 rub)", 1100),
        ("drop_kopecks(10.99 rub)", 1000),
    ],
)
def test_roundings_have_the_names_laws_give_them(law, text, kopecks):
    assert look(law, text)[0] == kopecks


def test_a_named_rounding_takes_money_alone(library):
    assert [mistake.code for mistake in mistakes_of(library, "to_rouble(5)")] == ["argument_kind"]
    assert [mistake.code for mistake in mistakes_of(library, "to_rouble(5 rub, 1)")] == ["arguments"]


def test_a_calendar_day_must_be_what_it_is_listed_as(write_law):
    from kazna.rules import read_library

    wrong = CALENDAR.replace("[2025-01-04]", "[2025-01-06]")
    codes = [problem.code for problem in read_library(write_law(calendar=wrong))[1]]
    assert codes == ["calendar_day"]
