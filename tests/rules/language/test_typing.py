"""Types: money is not a number, names are known or nearly known, nothing divides by zero or overflows."""

import pytest
from tests.rules.expressions import mistakes_of, node_of

from kazna.rules.language.types import Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("applicant.income + 5 rub", Kind.MONEY),
        ("applicant.income * 0.5", Kind.MONEY),
        ("applicant.income / applicant.share", Kind.MONEY),
        ("applicant.points * base", Kind.MONEY),
        ("applicant.years / 12", Kind.RATE),
        ("applicant.income / max(1 rub, base)", Kind.RATE),
        ("count(member) + 1", Kind.INT),
        ("sum(member.income)", Kind.MONEY),
        ("pm at add_months(today, -12)", Kind.MONEY),
        ("pm['77']", Kind.MONEY),
        ("edv[applicant.group]", Kind.MONEY),
        ("band(year(child.birth_date), pension_age)", Kind.RATE),
        ("lookup(applicant.group, share_by_group)", Kind.RATE),
        ("latest(member.birth_date empty 1900-01-01)", Kind.DATE),
        ("if applicant.citizen then base else 0", Kind.MONEY),
        ("max(0, applicant.income - base)", Kind.MONEY),
        ("all(member where member.income < 5 rub)", Kind.BOOL),
        ("floor(applicant.points)", Kind.INT),
        ("applicant.income / count(member) < base", Kind.BOOL),
    ],
)
def test_gives_a_type(library, text, kind):
    assert node_of(library, text).type.kind is kind


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("applicant.citzen", "unknown_name", "applicant.citizen"),
        ("sum(member.incme)", "unknown_name", "income"),
        ("coun(member)", "unknown_function", "count"),
        ("count(mebmer)", "unknown_name", "member"),
        ("band(applicant.years, pensionage)", "unknown_name", "pension_age"),
        ("applicant.group = 'III'", "undeclared_value", ""),
        ("edv['V']", "key_missing", ""),
        ("applicant.income > 100", "money_with_number", "rub"),
        ("applicant.income + 100", "money_with_number", "rub"),
        ("applicant.income * applicant.income", "money_by_money", ""),
        ("2 / base", "by_money", ""),
        ("applicant.income / applicant.years", "maybe_zero", "range"),
        ("child.birth_date + 5", "number_needed", "add_days"),
        ("applicant.citizen = 5", "different_kinds", ""),
        ("applicant.group < 'I'", "order", ""),
        ("applicant.citizen and applicant.years", "truth_needed", ""),
        ("if applicant.years then 1 else 2", "truth_needed", ""),
        ("if applicant.citizen then 1 else base", "branches_differ", ""),
        ("member.income > 5 rub", "member_outside", "sum"),
        ("member", "relation_alone", "count"),
        ("edv", "key_needed", "edv["),
        ("base['77']", "key_unwanted", ""),
        ("applicant.years at today", "at_what", ""),
        ("count(member where any(member))", "nested", "steps"),
        ("sum(applicant.income)", "whose", ""),
        ("max(member.income)", "empty_needed", "empty"),
        ("all(member)", "where_needed", "where"),
        ("age(child.birth_date)", "arguments", "age("),
        ("round_half_up(applicant.years, 1)", "argument_kind", "round_half_up("),
        ("round_half_up(applicant.income, 0)", "step", "копейк"),
        ("applicant.income otherwise base", "constant_needed", ""),
        ("lookup(applicant.years, pension_age)", "wrong_table", "band"),
        ("lookup(applicant.region, share_by_group)", "table_hole", ""),
        ("sum(member.income) * 900000000 > 0 rub", "overflow", "range"),
    ],
)
def test_names_the_mistake_and_advises(library, text, code, advice):
    mistakes = mistakes_of(library, text)

    assert [mistake.code for mistake in mistakes] == [code]
    assert advice in mistakes[0].what_to_do


def test_reports_every_mistake_not_the_first(library):
    mistakes = mistakes_of(library, "applicant.citzen and applicant.income > 5 and base = child.birth_date")

    assert [(mistake.position, mistake.code) for mistake in mistakes] == [
        (0, "unknown_name"),
        (38, "money_with_number"),
        (51, "different_kinds"),
    ]
