"""Counting people: membership by law, bounds when somebody or something is unknown."""

from datetime import date

import pytest
from tests.rules.expressions import look

from kazna.rules import TooFewPeople
from kazna.rules.evaluate.spans import Span, is_unknown

SELF = {"tie": "applicant", "income": 100_00, "birth_date": date(1990, 1, 1)}
CHILD = {"tie": "child", "income": 0, "birth_date": date(2015, 1, 1)}
ADULT = {"tie": "child", "income": 50_00, "birth_date": date(2000, 1, 1)}
STUDENT = {"tie": "child", "income": 20_00, "birth_date": date(2005, 1, 1), "student": True}
PERHAPS = {**STUDENT, "student": None}


@pytest.mark.parametrize(
    ("text", "family", "expected"),
    [
        ("count(member)", [SELF, CHILD, ADULT, STUDENT], 3),
        ("count(member)", [SELF, PERHAPS], Span(1, 2)),
        ("count(member) >= 1", [SELF, PERHAPS], True),
        ("count(member)", [SELF, {"tie": "neighbour"}], 1),
        ("count(member)", [{}], 1),
        ("count(member)", None, Span(1, 10)),
        ("sum(member.income)", [SELF, ADULT, STUDENT], 120_00),
        ("sum(member.income)", [SELF, PERHAPS], Span(100_00, 120_00)),
        ("sum(member.income) <= 100 rub", [{**SELF, "income": 101_00}, {"tie": "spouse"}], False),
        ("sum(member.income * 2 where member.income > 50 rub)", [SELF, STUDENT], 200_00),
        ("any(member where member.student)", [SELF, STUDENT], True),
        ("any(member where member.student)", [SELF, PERHAPS], None),
        ("none(member where member.income > 500 rub)", [SELF, PERHAPS], True),
        ("all(member where member.income > 10 rub)", [SELF, STUDENT], True),
        ("all(member where member.income > 10 rub)", [SELF, CHILD, PERHAPS], False),
        ("all(member where member.income > 50 rub)", [SELF, PERHAPS], None),
        ("max(member.income empty 0)", [SELF, STUDENT], 100_00),
        ("min(member.income empty 0)", [SELF, PERHAPS], Span(20_00, 100_00)),
        ("max(member.income where member.student empty 7 rub)", [{**SELF, "student": False}], 7_00),
        ("earliest(member.birth_date empty 1900-01-01)", [SELF, CHILD], date(1990, 1, 1)),
    ],
)
def test_counts_who_belongs(library, text, family, expected):
    assert look(library, text, member=family)[0] == expected


@pytest.mark.parametrize(
    ("text", "family", "missing"),
    [
        ("count(member) = 2", [SELF, PERHAPS], {"member[1].student"}),
        ("sum(member.income) > 110 rub", [SELF, {"tie": "spouse"}], {"member[1].income"}),
        ("sum(member.income) > 110 rub", [SELF, PERHAPS], {"member[1].student"}),
        ("any(member where member.student)", None, {"member"}),
        ("all(member where member.income > 50 rub)", [SELF, {"tie": "spouse"}], {"member[1].income"}),
        ("count(member where member.income > 5 rub) > 1", [SELF, {"tie": "child"}],
         {"member[1].birth_date", "member[1].student", "member[1].income"}),
    ],
)  # fmt: skip
def test_asks_only_about_those_who_matter(library, text, family, missing):
    assert look(library, text, member=family) == (None, missing)


def test_a_family_without_the_applicant_is_refused(library):
    with pytest.raises(TooFewPeople):
        look(library, "count(member)", member=[])


def test_a_family_where_nobody_surely_belongs_is_not_known(library):
    """The law knows no family of nobody: a child who has grown up and no applicant is a list not told in full."""
    grown = [{"tie": "child", "birth_date": date(1990, 1, 1), "income": 5}]

    assert look(library, "count(member)", member=grown) == (Span(1, 10), {"member"})
    assert is_unknown(look(library, "applicant.income / count(member)", {"applicant.income": 100}, member=grown)[0])
