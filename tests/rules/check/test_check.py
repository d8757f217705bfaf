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

    assert sorted(codes) == [("untested", "warning")] * 9 + [("untested_border", "warning")] * 2


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


@pytest.mark.parametrize(
    ("old", "new", "code", "severity"),
    [
        ("when: applicant.citizen,", 'when: "applicant.citizen and applicant.years >= 0",', "constant_part", "warning"),
        ("when: applicant.citizen,", 'when: "applicant.citizen or applicant.years > 60",', "constant_part", "warning"),
        ("when: applicant.citizen,", 'when: "applicant.years > 5 and applicant.years < 6",', "constant", "error"),
        ("when: applicant.citizen,", 'when: "applicant.years > 5 or applicant.years < 7",', "constant", "warning"),
        ("when: applicant.citizen,", 'when: "income > 500000 rub",', "contradiction", "error"),
        ("when: applicant.citizen,", 'when: "income > 500000 rub", until: 2024-12-31,', "contradiction", "error"),
        ("steps:\n", "steps:\n  size: {title: Размер, value: count(member)}\n", "shadowed", "warning"),
    ],
)
def test_parts_that_decide_nothing_or_are_at_odds(write_law, old, new, code, severity):
    definitions = "law: {a: {act: Закон}}\ndefinitions: {size: {title: Размер, law: a, value: count(member)}}"

    assert (code, severity) in found(write_law, change=(old, new), definitions=definitions)


def test_conditions_never_in_force_together_are_not_at_odds(write_law):
    first = MEASURE.replace("when: applicant.citizen,", 'when: "income > 500000 rub", until: 2024-12-31,')
    both = first.replace("income <= 500000 rub, law", "income <= 500000 rub, since: 2025-01-01, law")

    assert "contradiction" not in [code for code, _ in found(write_law, measure=both)]


def test_a_mistake_in_a_definition_nobody_uses_is_found(write_law):
    definitions = "law: {a: {act: Закон}}\ndefinitions: {size: {title: Размер, law: a, value: count(membr)}}"

    assert ("unknown_name", "error") in found(write_law, definitions=definitions)


def test_regions_without_a_row_are_told_once(write_law):
    measure = MEASURE.replace("parameters: [base]", "parameters: [base, pm]").replace(
        "law: fz1, value: base}", "law: fz1, value: base + pm}"
    )  # fmt: skip
    problems = check_library(load_library(write_law(measure=measure)))

    assert [problem.what for problem in problems if problem.code == "region_rows"] == [
        "У параметра «pm» нет строк для регионов (1 из 2): 54."
    ]


def test_a_code_belongs_to_one_measure(write_law):
    law = write_law()
    (law / "measures" / "ru-other").mkdir()
    other = MEASURE.replace("measure: ru-example", "measure: ru-other")
    (law / "measures" / "ru-other" / "2024-01-01.yaml").write_text(other, encoding="utf-8")

    assert [problem.code for problem in check_library(load_library(law))] == ["code_taken"]


def test_borders_are_tried_on_both_sides(write_law):
    """Without the example on the border the sign of a comparison could be wrong unseen."""
    assert ("untested_border", "warning") in found(write_law, change=("income: 500000}]}", "income: 400000}]}"))
