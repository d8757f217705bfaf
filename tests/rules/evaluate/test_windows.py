"""Sums and counts over months, some of them unknown."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.expressions import look, mistakes_of

from kazna.rules.evaluate.series import Series, read_month, series_of
from kazna.rules.evaluate.spans import Span

JANUARY = 2025 * 12
YEAR = "window_sum(applicant.earnings, 12, add_months(application.date, -1))"
FEBRUARY = {"application.date": date(2026, 2, 10)}


def earnings(*months: int | None, first: int = JANUARY, rest_zero: bool = False) -> dict:
    return {"applicant.earnings": Series(first, months, rest_zero)}


def test_an_application_in_february_looks_at_january_to_december(library):
    outside = Series(JANUARY - 1, (900, *range(1, 13), 800))

    assert look(library, YEAR, FEBRUARY | {"applicant.earnings": outside})[0] == sum(range(1, 13))


def test_a_window_crosses_the_end_of_a_year(library):
    given = {"application.date": date(2025, 2, 1), **earnings(10, 20, 40, 80, first=JANUARY - 2)}

    assert look(library, "window_sum(applicant.earnings, 3, application.date)", given)[0] == 70


def test_unknown_months_have_the_bounds_of_the_fact(library):
    value, missing = look(library, "window_sum(applicant.earnings, 2, 2025-03-01)", earnings(500, None))

    assert value == Span(500 - 10_000, 500 + 10_000_000)
    assert missing == {"applicant.earnings"}


def test_bounds_decide_though_a_month_is_unknown(library):
    given = earnings(9_000_000, None, 9_000_000)

    assert look(library, "window_sum(applicant.earnings, 3, 2025-04-01) > 100000 rub", given)[0] is True
    assert look(library, "window_sum(applicant.earnings, 3, 2025-04-01) > 200000 rub", given)[0] is None
    assert look(library, "window_sum(applicant.earnings, 3, 2025-04-01) > 280000 rub", given)[0] is False


def test_a_complete_register_has_zero_in_other_months(library):
    given = earnings(500, rest_zero=True)

    assert look(library, "window_sum(applicant.earnings, 12, 2025-12-01)", given) == (500, set())


@pytest.mark.parametrize(
    ("least", "count"), [("", Span(2, 3)), (", 1 rub", Span(2, 3)), (", 2 rub", Span(1, 2)), (", -100 rub", 4)]
)
def test_months_with_an_amount(library, least, count):
    given = earnings(0, 100, 200, None)

    assert look(library, f"window_months(applicant.earnings, 4, 2025-05-01{least})", given)[0] == count


def test_an_unknown_day_leaves_the_window_unknown(library):
    value, missing = look(library, "window_sum(applicant.earnings, 2, child.birth_date)", earnings(1, 2))

    assert value == Span(-20_000, 20_000_000)
    assert missing == {"child.birth_date"}


def test_windows_are_summed_over_people(library):
    family = [
        {"tie": "applicant", "earnings": Series(JANUARY, (100, 200))},
        {"tie": "spouse", "earnings": Series(JANUARY, (1, None))},
    ]
    value, missing = look(library, "sum(window_sum(member.earnings, 2, 2025-03-01))", member=family)

    assert value == Span(301, 301 + 1_000_000_000)
    assert missing == {"member[1].earnings"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("applicant.earnings > 5 rub", "series_alone"),
        ("window_sum(applicant.income, 12, today)", "argument_kind"),
        ("window_sum(applicant.earnings, applicant.years, today)", "window_months"),
        ("window_sum(applicant.earnings, 0, today)", "window_months"),
        ("window_sum(applicant.earnings, 121, today)", "window_months"),
        ("window_sum(applicant.earnings, 12, 5)", "argument_kind"),
        ("window_sum(applicant.earnings, 12)", "arguments"),
        ("window_months(applicant.earnings, 12, today, 5)", "money_with_number"),
        ("window_sum(member.earnings, 12, today)", "member_outside"),
    ],
)
def test_a_wrong_window_is_explained(library, text, code):
    assert [mistake.code for mistake in mistakes_of(library, text)] == [code]


def test_a_month_out_of_its_range_is_unknown(library):
    value, _ = look(library, "window_sum(applicant.earnings, 1, 2025-02-01)", earnings(10_000_001))

    assert value == Span(-10_000, 10_000_000)


def test_a_series_is_read_as_it_is_written():
    series = Series(JANUARY + 3, (5, None), True)

    assert series_of(series.plain()) == series
    assert series.plain() == {"from": "2025-04", "months": [5, None], "rest": 0}
    assert read_month("2025-13") is None
    assert series_of({"from": "2025-04", "months": [True]}) is None
