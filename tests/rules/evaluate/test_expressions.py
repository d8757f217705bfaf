"""What expressions mean on known and unknown facts."""

from datetime import date
from fractions import Fraction

import pytest
from tests.rules.expressions import look

from kazna.rules.evaluate.spans import Span

BIRTH = date(2020, 2, 29)
FAR = date.max


def value(library, text, facts=None, **relations):
    return look(library, text, facts, **relations)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 / 2", Fraction(7, 2)),
        ("6 / 2", 3),
        ("-3 + 1", -2),
        ("100 rub * 0.333", 3330),
        ("round_half_up(0.125 rub, 1)", 13),
        ("round_half_up(-0.125 rub, 1)", -13),
        ("round_down(199.99 rub, 100)", 19900),
        ("round_up(199.01 rub, 100)", 20000),
        ("floor(-0.5)", -1),
        ("min(3, 1, 2)", 1),
        ("max(0, 5 rub)", 500),
        ("age(2004-02-29, 2025-02-28)", 20),
        ("age(2004-02-29, 2025-03-01)", 21),
        ("add_months(2025-01-31, 1)", date(2025, 2, 28)),
        ("add_years(2024-02-29, 1)", date(2025, 2, 28)),
        ("add_days(2024-12-31, 1)", date(2025, 1, 1)),
        ("add_months(never, 1)", FAR),
        ("month_end(2024-02-03)", date(2024, 2, 29)),
        ("next_month(2024-12-31)", date(2025, 1, 1)),
        ("months_between(2025-01-31, 2025-02-01)", 1),
        ("full_months(2025-01-31, 2025-02-28)", 0),
        ("full_months(2025-01-15, 2025-03-15)", 2),
        ("days_between(2025-01-01, 2025-01-31)", 30),
        ("date(2025, 2, 30)", date(2025, 2, 28)),
        ("earliest(2025-01-02, 2025-01-01)", date(2025, 1, 1)),
        ("count_true(true, false, true)", 2),
        ("5 between 5 and 7 and 7 between 5 and 7", True),
        ("2 in {1, 2}", True),
        ("governing_date = today", True),
    ],
)
def test_exact_values(library, text, expected):
    assert value(library, text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "missing"),
    [
        ("applicant.citizen and false", False, None),
        ("applicant.citizen or true", True, None),
        ("applicant.citizen and true", None, {"applicant.citizen"}),
        ("not applicant.citizen", None, {"applicant.citizen"}),
        ("if applicant.citizen then 5 else 5", 5, None),
        ("applicant.citizen otherwise false", False, None),
        ("applicant.citizen is known", False, None),
        ("applicant.income is unknown", True, None),
        ("applicant.income >= 0 rub", True, None),
        ("applicant.income > 200000000 rub", False, None),
        ("applicant.income > 5 rub", None, {"applicant.income"}),
        ("applicant.group = 'I'", None, {"applicant.group"}),
        ("applicant.group in {'I', 'II'}", None, {"applicant.group"}),
        ("age(child.birth_date, today) < 17", None, {"child.birth_date"}),
        ("latest(child.birth_date, 2025-01-01) >= 2025-01-01", True, None),
        ("count_true(applicant.citizen, true) >= 1", True, None),
        ("max(0, applicant.debt) >= 0 rub", True, None),
    ],
)
def test_unknown_facts(library, text, expected, missing):
    found, lacking = look(library, text)

    assert found == expected
    if missing is not None:
        assert lacking == missing


def test_unknown_numbers_keep_their_bounds(library):
    assert value(library, "applicant.share * 2 + 1") == Span(3, 25)
    assert value(library, "10 - applicant.share") == Span(-2, 9)
    assert value(library, "12 rub / applicant.share") == Span(100, 1200)
    assert value(library, "band(applicant.years, pension_age)") == Span(-(2**62), 2**62)
    assert value(library, "lookup(applicant.group, share_by_group)") == Span(0, 1)
    assert value(library, "if applicant.citizen then 1 else 3") == Span(1, 3)


@pytest.mark.parametrize(
    ("year", "expected"), [(1958, None), (1959, Fraction(121, 2)), (1961, Fraction(123, 2)), (1990, 65), (1991, None)]
)
def test_bands_end_where_they_say(library, year, expected):
    found, missing = look(library, "band(year(child.birth_date), pension_age)", {"child.birth_date": date(year, 6, 1)})

    if expected is None:
        assert (type(found), missing) == (Span, {"table:pension_age"})
    else:
        assert found == expected


def test_parameters_are_read_on_the_governing_date_or_another(library):
    assert value(library, "base") == 110050
    assert value(library, "base at 2024-12-31") == 100000
    assert value(library, "pm", {"applicant.region": "77"}) == 2390800
    assert value(library, "edv[applicant.group]", {"applicant.group": "II"}) == 400000


@pytest.mark.parametrize(
    ("text", "facts", "missing"),
    [
        ("base at 2023-12-31 > 0", {}, {"parameter:base"}),
        ("pm > 0", {"applicant.region": "54"}, {"parameter:pm"}),
        ("pm > 0", {}, {"applicant.region"}),
        ("edv[applicant.group] > 0", {}, {"applicant.group"}),
        ("base at child.birth_date > 0", {}, {"child.birth_date"}),
        ("base > 0", {"application.date": None}, {"application.date"}),
    ],
)
def test_a_parameter_without_a_value_is_missing_never_guessed(library, text, facts, missing):
    found, lacking = look(library, text, facts)

    assert (found, lacking) == (None, missing)
