"""Checks before publication: dates, coverage, names, parts that decide nothing."""

import shutil

import pytest
from tests.rules.conftest import MEASURE, PARAMETERS

from kazna.rules import check_library, load_library, run_examples


def found(write_law, **changes):
    return [(problem.code, problem.severity) for problem in check_library(load_library(write_law(**changes)))]


def test_the_example_law_is_clean(library):
    assert [str(problem) for problem in check_library(library)] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity"),
    [
        ("parameters: [base]", "parameters: [base, pm]", "unused", "warning"),
        ("parameters: [base]", "parameters: []", "unlisted", "error"),
        ("steps:\n", "steps:\n  idle: {title: Лишний, value: count(member)}\n", "unused", "warning"),
        ("law:\n", "law:\n  fz9: {act: Закон № 9}\n", "unused", "warning"),
        ("when: applicant.citizen,", 'when: "applicant.income >= 0 rub",', "constant", "warning"),
        ("when: applicant.citizen,", 'when: "applicant.income > 900000000 rub",', "constant", "error"),
        ("value: base}", 'value: "base - 2000 rub"}', "no_amount", "error"),
        ("value: base}", 'value: "base - applicant.debt"}', "negative", "warning"),
        ("{state: refused, because: [age]}", "{state: refused, becouse: [age]}", "unknown_key", "error"),
        ("applicant.citizen: false", "applicant.citzen: false", "unknown_name", "error"),
        ("passport: {", "exclusions: [ru-other]\npassport: {", "unknown_name", "error"),
    ],
)
def test_a_weak_measure(write_law, old, new, code, severity):
    assert (code, severity) in found(write_law, change=(old, new))


def test_an_outcome_or_a_reason_without_an_example_is_noted(write_law):
    bare = MEASURE.partition("tests:")[0]

    codes = found(write_law, measure=bare)

    assert codes == [("untested", "warning")] * 6


def test_a_parameter_that_starts_late_is_noted(write_law):
    late = PARAMETERS.replace("{from: 2024-01-01, to: 2024-12-31, value: 1000, law: Закон, verified: true}", "")

    assert ("uncovered", "warning") in found(write_law, parameters=late.replace("      - \n", ""))


@pytest.mark.parametrize(("to", "code"), [("null", "overlap"), ("2024-12-30", "gap"), ("2024-12-31", None)])
def test_editions_follow_one_another(write_law, to, code):
    law = write_law(change=("to: null", f"to: {to}"))
    second = law / "measures/ru-example/2025-01-01.yaml"
    shutil.copy(law / "measures/ru-example/2024-01-01.yaml", second)
    second.write_text(MEASURE.replace("from: 2024-01-01", "from: 2025-01-01"), encoding="utf-8")

    codes = [problem.code for problem in check_library(load_library(law))]

    assert (code in codes) if code else codes == []


def test_examples_say_how_they_differ(write_law):
    library = load_library(
        write_law(change=("amount: 1100.50, term_from: 2025-03-01", "amount: 1100, term_from: null"))
    )

    (failed,) = [result for result in run_examples(library) if not result.ok]

    assert failed.name == "назначение"
    assert failed.differences == (
        "amount: получилось 110050, ожидалось 110000",
        "term_from: получилось 2025-03-01, ожидалось None",
    )
    assert run_examples(library, "ru-other") == []
