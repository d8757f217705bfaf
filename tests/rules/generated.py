"""Random typed expressions, measures and situations of the small law, for proving that evaluators agree.

    @given(case=cases())                     # or cases("money"), cases("date"), cases("number")
    def test_my_back_end(case):
        law = small_law()
        for situation in case.situations:
            assert mine(case.node, situation) == law.value(case.node, situation)

    @given(text=measures())                  # a whole document: law.edition(text) compiles it
    @given(situation=situations())           # facts and people, any of them unknown
    situation.flatmap(completions)           # the same with everything known

An expression the language refuses (overflow, a divisor that may be zero) is never yielded. Without
`presumptions` there is no `otherwise` and no `is known`, whose answers may change as facts become known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from tests.rules.small_law import HEAD, MEMBER_VALUES, MONTHLY, SIZES, TIES, VALUES, small_law

from kazna.rules import Situation
from kazna.rules.evaluate.series import Series
from kazna.rules.language.nodes import Node

Draw = Callable[..., Any]
Kind = Literal["truth", "number", "money", "date"]
FIRST_MONTH, LAST_MONTH = 2023 * 12, 2026 * 12
HOLE = re.compile(r"\$(\w+)")

LEAVES: dict[str, list[str]] = {
    "truth": [
        *("applicant.citizen", "applicant.resident", "large_family", "true", "false", "applicant.region = '77'"),
        *("applicant.group = 'I'", "applicant.group != 'none'", "applicant.group in {'I', 'II'}"),
    ],
    "whole": [
        *("applicant.share", "applicant.debts", "0", "1", "7", "count(member)", "count(friend)", "least_age"),
        *("family_size", "sum(member.grants)", "sum(friend.grants)"),
    ],
    "number": [
        *("applicant.points", "0.25", "factor", "lookup(applicant.group, rate_by_group)", "sum(member.points)"),
        *("factor at application.date", "factor at applicant.birth_date", "factor at today", "factor at 2024-06-01"),
    ],
    "money": [
        *("applicant.income", "applicant.balance", "base", "pm", "pm['54']", "edv[applicant.group]", "1 rub", "0 rub"),
        *("floor_income", "33.33 rub", "sum(member.income)", "sum(friend.income)", "base at today"),
        *("band(applicant.share, pay_by_share)", "pm at applicant.birth_date"),
    ],
    "date": [
        *("application.date", "applicant.birth_date", "today", "governing_date", "2024-02-29", "never", "start_day"),
        *("2025-03-31", "2024-12-31"),
    ],
    "positive": ["applicant.share", "1", "3", "12", "1.5", "(applicant.share + 1)", "count(member)"],
    "small": ["-13", "-1", "0", "1", "2", "12", "applicant.share", "applicant.debts", "day(application.date)"],
    "member": [
        *("member.student", "not member.student", "member.group = 'I'", "member.group in {'I', 'none'}", "true"),
        *("member.grants > 1", "member.grants = 2 and member.student", "member.points < 1", "member.income <= pm"),
        *("age(member.birth_date, application.date) >= 18", "member.income between 1 rub and 100 rub"),
        *("applicant.citizen or member.student", "member.birth_date = applicant.birth_date"),
        "window_sum(member.earnings, 2, application.date) > 3 rub",
    ],
    "months": ["1", "3", "12"],
    "sign": ["<", "<=", ">", ">=", "=", "!="],
    "least": ["0 rub", "0.01 rub", "500 rub", "-5 rub", "base"],
}
PATTERNS: dict[str, list[str]] = {
    "truth": [
        *("($truth and $truth)", "($truth or $truth)", "($truth and $truth and $truth)", "(not $truth)"),
        *("($whole $sign $whole)", "($number $sign $number)", "($money $sign $money)", "($date $sign $date)"),
        *("($truth = $truth)", "($truth != $truth)", "($whole between $whole and $whole)", "($number in {0, 1, 2.5})"),
        *("($money between $money and $money)", "($date in {2024-02-29, 2025-01-01})"),
        *("any(member where $member)", "all(member where $member)", "none(friend where true)"),
        *("none(member where $member)", "(if $truth then $truth else $truth)"),
    ],
    "whole": [
        *(
            "count(member where $member)",
            "sum(member.grants where $member)",
            "max(member.grants where $member empty -1)",
        ),
        *("min(member.grants where $member empty 4)", "window_months(applicant.earnings, $months, $date)"),
        *("window_months(applicant.earnings, 6, $date, $least)", "age($date, $date)", "months_between($date, $date)"),
        *("sum(window_months(member.earnings, 3, application.date, base) where $member)", "full_months($date, $date)"),
        *("days_between($date, $date)", "working_days_between($date, $date)", "year($date)", "month($date)"),
        *("overlap_days($date, $date, $date, $date)", "day($date)", "count_true($truth, $truth, $truth)"),
        *("floor($number)", "($whole + $whole)", "($whole - $whole)", "($whole * $whole)", "min($whole, $whole)"),
        *("max($whole, $whole)", "(if $truth then $whole else $whole)"),
    ],
    "number": [
        *("$whole", "band($whole, rate_by_age)", "($number / $positive)", "($number + $number)", "($number - $number)"),
        *("($number * $number)", "min($number, $number)", "max($number, $number)", "floor($number)"),
        *("sum(member.points * member.grants where $member)", "(if $truth then $number else $number)"),
    ],
    "money": [
        *("sum(member.income where $member)", "sum(max(member.income, 5 rub) * member.grants where $member)"),
        *("min(member.income where $member empty 7 rub)", "max(member.income where $member empty 7 rub)"),
        *("window_sum(applicant.earnings, $months, $date)", "(if $truth then $money else $money)"),
        *("sum(window_sum(member.earnings, 3, application.date) where $member)", "min($money, $money)"),
        *(
            "($money + $money)",
            "($money - $money)",
            "($money * $number)",
            "($money / $positive)",
            "max($money, $money)",
        ),
        *("to_kopeck($money)", "to_rouble($money)", "to_rouble_up($money)", "drop_kopecks($money)"),
        *("round_half_up($money, 1)", "round_down($money, 7)", "round_up($money, 100)"),
    ],
    "date": [
        *("add_days($date, $small)", "add_months($date, $small)", "add_years($date, $small)", "month_start($date)"),
        *("add_working_days($date, $small)", "month_end($date)", "next_month($date)", "earliest($date, $date)"),
        *(
            "latest($date, $date)",
            "earliest(member.birth_date where $member empty never)",
            "date(2024, $small, $small)",
        ),
        *("latest(member.birth_date where $member empty 1950-01-01)", "date(year(application.date), $small, $small)"),
        "(if $truth then $date else $date)",
    ],
    "positive": ["max($whole, 1)"],
}
PRESUMPTIONS: dict[str, list[str]] = {
    "truth": ["($truth is known)", "($money is unknown)", "($date is known)", "($truth otherwise true)"],
    "whole": ["($whole otherwise 1)"],
    "money": ["($money otherwise 2 rub)"],
    "date": ["($date otherwise 2024-05-05)"],
}


class Case(NamedTuple):
    text: str
    node: Node
    situations: list[Situation]


@st.composite
def texts(draw: Draw, kind: str, depth: int = 3, *, presumptions: bool = True) -> str:
    """An expression no deeper than `depth`; `kind` is a key of LEAVES."""
    patterns = PATTERNS.get(kind, []) + (PRESUMPTIONS.get(kind, []) if presumptions else [])
    leaves = LEAVES[kind]
    place = draw(st.integers(0, len(leaves) + 2 * len(patterns) - 1)) if depth and patterns else 0
    if place < len(leaves):
        return draw(st.sampled_from(leaves))
    pattern = patterns[(place - len(leaves)) % len(patterns)]
    return HOLE.sub(lambda hole: draw(texts(hole[1], depth - 1, presumptions=presumptions)), pattern)


@st.composite
def expressions(draw: Draw, kind: Kind = "truth", *, presumptions: bool = True) -> tuple[str, Node]:
    """A text with its typed node; one that the language refuses is not drawn."""
    text = draw(texts(kind, presumptions=presumptions))
    node = small_law().typed(text)
    assume(node is not None)
    assert node is not None
    return text, node


def cases(kind: Kind = "truth", *, presumptions: bool = True, count: int = 3) -> st.SearchStrategy[Case]:
    """An expression with `count` situations."""
    given = st.lists(situations(), min_size=count, max_size=count)
    return st.tuples(expressions(kind, presumptions=presumptions), given).map(lambda pair: Case(*pair[0], pair[1]))


def maybe(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values, *values, *values])


def monthly(name: str) -> st.SearchStrategy[Series | None]:
    """Some months known, some not, the rest zero or unknown; or nothing known at all."""
    amounts = st.lists(maybe(MONTHLY[name]), max_size=20).map(tuple)
    first = st.integers(FIRST_MONTH, LAST_MONTH - 20)
    return st.one_of(st.none(), st.builds(Series, first, amounts, st.booleans()))


@cache
def situations() -> st.SearchStrategy[Situation]:
    """Any fact may be unknown, any relation too."""
    facts = {name: maybe(values) for name, values in VALUES.items()}
    facts["applicant.earnings"] = monthly("applicant.earnings")
    relations = {name: st.one_of(st.none(), families(name)) for name in SIZES}
    return st.builds(Situation, st.fixed_dictionaries(facts), st.fixed_dictionaries(relations))


def families(relation: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of candidates; the one whose family it is always belongs to it."""
    rows = {name: maybe(values) for name, values in MEMBER_VALUES.items()} | {"earnings": monthly("earnings")}
    ties = {"tie": st.sampled_from(TIES[relation])}
    least, most = SIZES[relation]
    people = st.lists(st.fixed_dictionaries(ties | rows), min_size=least, max_size=most)
    return people.map(
        lambda found: [{**row, "tie": "applicant"} if not place and least else row for place, row in enumerate(found)]
    )


@st.composite
def completions(draw: Draw, situation: Situation) -> Situation:
    """The situation with every unknown fact, month and relation told."""
    facts = {
        name: draw(st.sampled_from(VALUES[name])) if value is None and name in VALUES else value
        for name, value in situation.facts.items()
    }
    facts["applicant.earnings"] = _told(draw, "applicant.earnings", facts["applicant.earnings"])
    relations = {}
    for name, rows in situation.relations.items():
        people = draw(families(name)) if rows is None else rows
        relations[name] = [_told_person(draw, row) for row in people]
    return Situation(facts, relations)


def _told_person(draw: Draw, row: Any) -> dict[str, Any]:
    told = {
        name: draw(st.sampled_from(MEMBER_VALUES[name])) if value is None and name in MEMBER_VALUES else value
        for name, value in row.items()
    }
    return {**told, "earnings": _told(draw, "earnings", told["earnings"])}


def _told(draw: Draw, name: str, series: Series | None) -> Series:
    known = series or Series(FIRST_MONTH, ())
    last = max(LAST_MONTH, known.first + len(known.months))
    months = [known.amount(month) for month in range(FIRST_MONTH - 24, last)]
    values = MONTHLY[name]
    filled = tuple(draw(st.sampled_from(values)) if amount is None else amount for amount in months)
    return Series(FIRST_MONTH - 24, filled, rest_zero=True)


@st.composite
def measures(draw: Draw) -> str:
    """A whole document of the small law: steps, a decision table, dated conditions, an amount and a term."""

    def some(kind: str, depth: int = 2) -> str:
        return f'"{draw(texts(kind, depth))}"'

    lines = [HEAD + "parameters: []\nuses: [family_size, floor_income, large_family]", "steps:"]
    lines.append(f"  first: {{title: Первый, value: {some('money')}}}")
    lines.append("  second:\n    title: Второй\n    law: fz1\n    table:")
    lines.append(f"      hit: {draw(st.sampled_from(['first', 'sum', 'max', 'min']))}\n      rows:")
    for _ in range(draw(st.integers(1, 3))):
        lines.append(f"        - {{when: {some('truth', 1)}, then: {some('money', 1)}}}")
    lines.append("      otherwise: first\nconditions:")
    for number in range(draw(st.integers(1, 4))):
        term = draw(st.sampled_from(["", ", since: 2025-01-01", ", until: 2024-12-31", ", since: 2024-02-29"]))
        lines.append(f"  - {{id: c{number}, title: Условие, law: fz1, when: {some('truth')}{term}}}")
    used = draw(st.sampled_from(["first", "second", "first + second"]))
    lines.append(f'amount: {{law: fz1, value: "to_kopeck({used} + {draw(texts("money", 1))})"}}')
    lines.append(f"term: {{law: fz1, from: {some('date')}, to: {some('date')}}}")
    return "\n".join(lines) + "\n"
