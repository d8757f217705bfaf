"""Worked examples of published pages: none is silently skipped, and the arithmetic ones come out."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.law.conftest import WORKED_EXAMPLES, indexed, kopecks

from kazna.contexts.reference.public import add_working_days
from kazna.kernel.places import LAW
from kazna.rules import load_library, run_examples
from kazna.rules.documents.parameters import Parameters
from kazna.rules.examples import read_examples

EXAMPLES = {example["id"]: example for example in WORKED_EXAMPLES}


def facts_and_expectation(identity):
    return EXAMPLES[identity]["facts"], EXAMPLES[identity]["expect"]


def shown(way):
    return {identity for identity, example in EXAMPLES.items() if example["shown_by"] == way}


def test_examples_shown_by_documents_are_in_the_documents():
    results = run_examples(load_library(LAW))
    named = {identity for result in results for identity in re.findall(r"EX-\d{3}", result.name)}

    assert shown("document") <= named


def test_every_arithmetic_example_has_a_test_here():
    source = (LAW.parent / "tests" / "law" / "test_worked_examples.py").read_text()

    assert {identity for identity in shown("arithmetic") if f'"{identity}"' not in source} == set()


def test_every_example_is_shown():
    assert shown("document") | shown("arithmetic") == set(EXAMPLES)


@pytest.mark.parametrize(
    ("identity", "before", "after"),
    [
        ("EX-045", "balance", "balance"),
        ("EX-046", "before", "after"),
        ("EX-073", "pension_before", "pension_after"),
        ("EX-074", "pension_before", "pension_after"),
        ("EX-094", "before", "after"),
        ("EX-100", "before", "after"),
    ],
)
def test_indexation_comes_out_to_the_kopeck(identity, before, after):
    given, expected = facts_and_expectation(identity)

    assert indexed(kopecks(given[before]), given["coefficient"]) == kopecks(expected[after])


@pytest.mark.parametrize(("identity", "name"), [("EX-045", "index_feb_social"), ("EX-073", "index_insurance_pension")])
def test_coefficient_of_the_example_is_the_one_in_force(library, identity, name):
    day = date.fromisoformat(EXAMPLES[identity]["as_of"])

    assert library.parameters[name].row(None, day).value == Fraction(EXAMPLES[identity]["facts"]["coefficient"])


def test_pension_by_points_of_2018():
    given, expected = facts_and_expectation("EX-072")

    assert indexed(kopecks(given["spk"]), Fraction(given["ipk"])) + kopecks(given["fv"]) == kopecks(expected["amount"])


def test_august_recalculation_is_capped(library):
    given, expected = facts_and_expectation("EX-076")
    cap = library.parameters["ipk_working_pensioner_annual_max"].row(None, date(2025, 8, 1)).value
    point = library.parameters["spk_point_value"].row(None, date(2025, 8, 1)).value

    assert indexed(point, min(Fraction(given["new_ipk"]), cap)) == kopecks(expected["increase"])


def test_points_for_the_care_of_three_children(library):
    given, expected = facts_and_expectation("EX-085")
    names = [f"ipk_childcare_per_year_child_{order}" for order in ("1", "2", "3plus")]
    a_year = sum(library.parameters[name].row(None, date(2026, 1, 1)).value for name in names)

    assert a_year * Fraction(given["months_each"], 12) == Fraction(expected["ipk"])


def test_supplement_is_decided_in_five_working_days(library):
    given, expected = facts_and_expectation("EX-153")
    passport = library.edition("ru-social-supplement", date(2026, 1, 26)).document["passport"]

    last_day = add_working_days(date.fromisoformat(given["all_data_received"]), passport["decision_days"])

    assert last_day == date.fromisoformat(expected["decision_not_later"])
    assert passport["mode"] == "proactive_decision"


def with_printed(library, **printed):
    """The parameters of the law with the figures an example prints, in roubles, in every region and on every day."""
    figures = {
        name: replace(
            parameter, rows={key: (printed_row(rows[0], printed[name]),) for key, rows in parameter.rows.items()}
        )
        for name, parameter in library.parameters.items()
        if name in printed
    }
    return Parameters({**library.parameters, **figures})


def printed_row(row, figure):
    return replace(row, start=date.min, end=None, value=kopecks(figure))


def determined(library, name, parameters, **incomes):
    """`ru-child-benefit` for the family of the example `name`, on printed figures and yearly incomes in roubles."""
    edition = library.edition("ru-child-benefit", date(2024, 12, 10))
    example = next(one for one in read_examples(library, edition)[0] if one.name.startswith(name))
    people = [
        {
            **one,
            **{
                key: kopecks(incomes[one["tie"]])
                for key in ("income_12m", "labour_income_12m")
                if one["tie"] in incomes
            },
        }
        for one in example.situation.relations["member"]
    ]
    situation = replace(example.situation, relations={"member": people})
    outcome = edition.determine(situation, on=example.on, parameters=parameters)
    return outcome, {step.name: step.value for step in outcome.steps}


def test_the_rule_of_2024_for_the_self_employed_with_the_wage_of_2025(library):
    given, expected = facts_and_expectation("EX-020")

    _, steps = determined(library, "EX-019", with_printed(library, mrot=given["mrot"]))

    assert steps["self_employed_month"] * given["months_registered"] == kopecks(expected["min_income"])


@pytest.mark.parametrize("identity", ["EX-040", "EX-041"])
def test_the_predecessor_of_the_benefit_by_the_same_steps(library, identity):
    given, expected = facts_and_expectation(identity)
    first, second = (12 * month for month in given["monthly_income"])
    figures = with_printed(library, pm_per_capita=given["pm_per_capita"], pm_child=given["pm_child"])

    outcome, steps = determined(library, "EX-001", figures, applicant=first, spouse=second)

    assert (steps["family_size"], steps["income"]) == (given["family_size"], kopecks(expected["annual_income"]))
    assert outcome.state == "granted"
    assert steps["percent"] == expected.get("percent_at_least", 50)


@pytest.mark.parametrize(
    ("identity", "expected_key"), [("EX-049", "first_payment_by"), ("EX-131", "transfer_not_later")]
)
def test_capital_payment_comes_within_five_working_days_of_the_decision(library, identity, expected_key):
    given, expected = facts_and_expectation(identity)
    payment = library.edition("ru-maternity-capital-monthly", date(2026, 3, 2)).document["passport"]["payment"]

    last_day = add_working_days(date.fromisoformat(given["decision_date"]), payment["first_within_working_days"])

    assert last_day == date.fromisoformat(expected[expected_key])
    assert payment["day"] == EXAMPLES["EX-049"]["expect"]["next_payments_day"]
