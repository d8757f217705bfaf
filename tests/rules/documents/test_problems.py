"""Every mistake in a document is named with its place, and all of them at once."""

import pytest
from tests.rules.conftest import FACTS, MEASURE, PARAMETERS

from kazna.rules import RuleProblems, load_library


def line_of(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("code: X01\n", "", "key_missing"),
        ("code: X01", "code: X01\ncolour: red", "unknown_key"),
        ("kind: BENEFIT", "kind: BENEFT", "not_allowed"),
        ("level: federal", "level: region", "key_missing"),
        ("when: applicant.citizen, law: fz1", "when: applicant.citizen", "no_citation"),
        ("when: applicant.citizen, law: fz1", "when: applicant.citizen, law: fz2", "unknown_law"),
        ("when: applicant.citizen,", "when: applicant.years,", "result_kind"),
        ("id: poor", "id: age", "name_taken"),
        ("value: base}", 'value: "base * 0.333"}', "not_rounded"),
        ("value: base}", "value: applicant.years}", "result_kind"),
        ("parameters: [base]", "parameters: [bas]", "unknown_name"),
        ("income: {title: Доход семьи", "base: {title: Доход семьи", "name_taken"),
        ("value: sum(member.income)", "value: income + sum(member.income)", "cycle"),
        ("governing_date: application.date", "governing_date: governing_date", "cycle"),
        ("from: 2024-01-01, to: null", "from: 2024-01-01, to: 2023-01-01", "dates_order"),
        ("from: 2024-01-01, to: null", "from: 2024-02-01, to: null", "file_name"),
        ("mode: application", "mode: aplication", "not_allowed"),
        ("decision_days: 10", "decision_days: 0", "not_allowed"),
        ("decision_days: 10", "decision_days: 10, texts: {granted: 'Вам {amont}'}", "unknown_name"),
        ("mode: application", "mode: [{when: applicant.citizen, mode: application}]", "no_default"),
    ],
)
def test_a_measure_with_a_mistake(problems_of, old, new, code):
    problems = problems_of(change=(old, new))

    assert code in [problem.code for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("type: bool, title: Заявитель", "type: bol, title: Заявитель", "not_allowed"),
        ("range: [0, 60], ", "", "range_needed"),
        ("range: [0, 60]", "range: [60, 0]", "range_order"),
        ("values: ['77', '54'], ", "", "values_needed"),
        ("holder: МВД, cost: request, days: 2", "cost: request", "no_source"),
        ("cost: own", "cost: free", "not_allowed"),
        ("applicant.years", "years", "fact_name"),
        ("applicant.years", "today.years", "reserved"),
        ("member.student", "member.studnt", "unknown_name"),
        ("tie: spouse", "tie2: spouse", "key_missing"),
        ("min: 1", "min: 11", "range_order"),
        ("application.date) < 18", "application.date)", "truth_needed"),
    ],
)
def test_a_vocabulary_with_a_mistake(problems_of, old, new, code):
    assert old in FACTS

    problems = problems_of(facts=FACTS.replace(old, new, 1))

    assert code in [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("to: 2024-12-31, value: 1000", "to: 2024-11-30, value: 1000", "gap"),
        ("to: 2024-12-31, value: 1000", "to: 2025-01-31, value: 1000", "overlap"),
        ("to: 2024-12-31, value: 1000", "to: 2023-12-31, value: 1000", "dates_order"),
        ("to: 2024-12-31, value: 1000, law: Закон", "to: 2024-12-31, value: 1000", "key_missing"),
        ("value: 1000", "value: тысяча", "value_type"),
        ("value: 1000", "value: 10.005", "value_type"),
        ("value: 1000", "value: {77: 1000}", "value_shape"),
        ("value: {77: 23908}", "value: 23908", "value_shape"),
        ("verified: true", "verified: yes", "flag_needed"),
        ("from: 1960, to: 1961", "from: 1960, to: 1960", "table_hole"),
        ("from: 1960, to: 1961", "from: 1960, to: 1963", "table_conflict"),
        ("{from: 1959, value: 60.5}", "{from: 1999, value: 60.5}", "table_order"),
        ("{key: II, value: 0.5}", "{key: I, value: 0.5}", "table_conflict"),
    ],
)  # fmt: skip
def test_parameters_with_a_mistake(problems_of, old, new, code):
    assert old in PARAMETERS

    problems = problems_of(parameters=PARAMETERS.replace(old, new, 1))

    assert code in [problem.code for problem in problems]


def test_a_mistake_in_an_expression_points_at_its_word(problems_of):
    problems = problems_of(change=("age(child.birth_date, application.date) < 17", "age(child.birthdate, today) < 17"))

    (problem,) = problems
    line = line_of(MEASURE, "    when: age(")
    assert (problem.file, problem.line, problem.column) == ("law/measures/ru-example/2024-01-01.yaml", line, 15)
    assert problem.what == "Имени «child.birthdate» нет."
    assert problem.what_to_do == "Возможно, имелось в виду «child.birth_date»."


def test_all_errors_of_all_files_come_together(write_law):
    law = write_law(
        facts=FACTS.replace("holder: Фонд, cost: own}", "holder: Фонд, cost: ours}", 1),
        parameters=PARAMETERS.replace("type: money", "type: roubles", 1),
        change=("when: applicant.citizen,", "when: applicant.citzen and applicant.income > 5,"),
    )

    with pytest.raises(RuleProblems) as caught:
        load_library(law)

    assert [(problem.file, problem.code) for problem in caught.value.problems] == [
        ("law/facts/facts.yaml", "not_allowed"),
        ("law/measures/ru-example/2024-01-01.yaml", "unknown_name"),
        ("law/measures/ru-example/2024-01-01.yaml", "money_with_number"),
        ("law/parameters/parameters.yaml", "not_allowed"),
    ]


def test_a_sound_law_has_no_problems(problems_of):
    assert problems_of() == []
