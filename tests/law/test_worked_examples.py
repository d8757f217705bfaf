"""Worked examples of published pages: none is silently skipped, and the arithmetic ones come out."""

import re
from datetime import date
from fractions import Fraction

import pytest
from tests.law.conftest import WORKED_EXAMPLES, indexed, kopecks

from kazna.contexts.reference.public import add_working_days
from kazna.kernel.places import LAW
from kazna.rules import load_library, run_examples

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


def test_undecided_examples_say_why():
    assert all(EXAMPLES[identity]["why"] for identity in shown("undecided"))
    assert shown("document") | shown("arithmetic") | shown("undecided") == set(EXAMPLES)


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


@pytest.mark.parametrize(
    ("identity", "expected_key"), [("EX-049", "first_payment_by"), ("EX-131", "transfer_not_later")]
)
def test_capital_payment_comes_within_five_working_days_of_the_decision(library, identity, expected_key):
    given, expected = facts_and_expectation(identity)
    payment = library.edition("ru-maternity-capital-monthly", date(2026, 3, 2)).document["passport"]["payment"]

    last_day = add_working_days(date.fromisoformat(given["decision_date"]), payment["first_within_working_days"])

    assert last_day == date.fromisoformat(expected[expected_key])
    assert payment["day"] == EXAMPLES["EX-049"]["expect"]["next_payments_day"]
