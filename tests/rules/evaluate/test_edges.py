"""Edges of evaluation: leap days, twins, empty and enormous families, values nobody expects."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.rules.conftest import FACTS
from tests.rules.expressions import look

from kazna.rules import Situation, SituationError, TooManyPeople, load_library
from kazna.rules.evaluate.spans import Span
from kazna.rules.situation import OUT_OF_RANGE, prepare

LEAP = {"child.birth_date": date(2008, 2, 29)}


@pytest.mark.parametrize(
    ("day", "years"),
    [("2025-02-28", 16), ("2025-03-01", 17), ("2024-02-28", 15), ("2024-02-29", 16), ("2008-02-29", 0)],
)
def test_a_leap_day_birthday_comes_on_the_first_of_march(library, day, years):
    assert look(library, f"age(child.birth_date, {day})", LEAP)[0] == years


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("add_years(2024-02-29, 1)", date(2025, 2, 28)),
        ("add_years(2024-02-29, 4)", date(2028, 2, 29)),
        ("add_months(2024-01-31, 1)", date(2024, 2, 29)),
        ("add_months(2025-01-31, 1)", date(2025, 2, 28)),
        ("month_end(2024-02-01)", date(2024, 2, 29)),
        ("date(2025, 2, 30)", date(2025, 2, 28)),
        ("add_days(2024-02-28, 1)", date(2024, 2, 29)),
        ("add_days(never, 1)", date.max),
        ("add_years(2024-02-29, 9000)", date.max),
        ("add_days(2024-02-29, -1000000)", date.min),
    ],
)
def test_dates_stay_in_the_calendar(library, text, day):
    assert look(library, text)[0] == day


def test_twins_are_two_people(library):
    twin = {"tie": "child", "birth_date": date(2020, 2, 29), "income": 0, "grants": 1}
    family = [{"tie": "applicant"}, twin, dict(twin)]

    assert look(library, "count(member where age(member.birth_date, today) < 18)", member=[twin, dict(twin)])[0] == 2
    assert look(library, "count(member)", member=family)[0] == 3
    assert look(library, "sum(member.grants where member.birth_date = 2020-02-29)", member=[twin, dict(twin)])[0] == 2


def test_an_empty_family_is_known_to_be_empty(write_law):
    facts = FACTS.replace("    min: 1\n", "    min: 0\n")
    law = load_library(write_law(facts=facts))

    for text, value in {
        "count(member)": 0,
        "sum(member.income)": 0,
        "any(member where member.student)": False,
        "all(member where member.student)": True,
        "none(member where member.student)": True,
        "max(member.income empty 7 rub)": 700,
        "earliest(member.birth_date empty never)": date.max,
    }.items():
        assert look(law, text, member=[])[0] == value, text


@pytest.mark.parametrize(("text", "kopecks"), [("applicant.debt", -100_000), ("max(applicant.debt, 0 rub)", 0)])
def test_negative_amounts_are_allowed_where_the_range_says_so(library, text, kopecks):
    assert look(library, text, {"applicant.debt": -100_000})[0] == kopecks


def test_a_negative_amount_rounds_as_the_law_says(library):
    known = {"applicant.debt": -150}

    assert look(library, "to_rouble(applicant.debt)", known)[0] == -200
    assert look(library, "drop_kopecks(applicant.debt)", known)[0] == -200
    assert look(library, "to_rouble_up(applicant.debt)", known)[0] == -100


def test_a_value_outside_its_range_is_unknown_with_the_reason(library):
    given = Situation({"applicant.income": -1, "applicant.group": "IV", "applicant.years": 10**20})
    prepared = prepare(given, library.facts, {})

    assert prepared.facts == {}
    assert prepared.reasons == dict.fromkeys(given.facts, OUT_OF_RANGE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("applicant.citizen", 1),
        ("applicant.citizen", "true"),
        ("applicant.years", True),
        ("applicant.years", 1.5),
        ("applicant.income", 10.5),
        ("application.date", datetime(2025, 1, 1)),
        ("application.date", "2025-01-01"),
        ("applicant.group", 1),
        ("applicant.earnings", [1, 2]),
        ("applicant.earnings", {"from": "2025-01", "months": [1.5]}),
        ("applicant.earnings", {"from": "2025-00", "months": []}),
    ],
)
def test_a_value_of_a_wrong_type_is_refused(library, name, value):
    with pytest.raises(SituationError, match=name):
        prepare(Situation({name: value}), library.facts, {})


def test_a_million_people_are_refused_by_the_bound_of_the_list(library):
    crowd = [{"tie": "applicant", "income": 1}] * 1_000_000

    with pytest.raises(TooManyPeople, match="1000000 вместо 10"):
        look(library, "sum(member.income)", member=crowd)


def test_a_large_list_that_the_law_allows_is_counted(write_law):
    law = load_library(write_law(facts=FACTS.replace("    max: 10\n", "    max: 1000000\n")))
    crowd = [{"tie": "applicant", "grants": number % 3} for number in range(30_000)] + [{"tie": "spouse"}]

    assert look(law, "sum(member.grants where member.grants > 0)", member=crowd)[0] == Span(30_000, 30_005)
    assert look(law, "count(member) > 30000", member=crowd)[0] is True
