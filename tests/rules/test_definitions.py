"""Shared definitions: steps of every measure that names them, chosen by date and region."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.conftest import FACTS, MEASURE

from kazna.rules import Situation, check_library, load_library, read_library
from kazna.rules.examples import run_examples
from kazna.rules.explain import sentences

DEFINITIONS = """\
law:
  fz2: {act: Федеральный закон от 02.02.2020 № 2-ФЗ, place: статья 5}
definitions:
  family_income: {title: Доход семьи за год, law: fz2, value: sum(member.income)}
  income_limit:
    title: Предельный доход
    editions:
      - {from: 2024-01-01, to: 2024-12-31, law: fz2, value: 400000 rub}
      - {from: 2025-01-01, law: fz2, value: share_of_base * 500}
  share_of_base: {title: Базовая сумма, law: fz2, value: base}
  large:
    title: Многодетная семья
    law: fz2
    by: region
    value: {default: count(member) >= 3, '77': count(member) >= 4, '54': count(member) >= 4}
"""
USES = MEASURE.replace("parameters: [base]", "parameters: [base]\nuses: [family_income, income_limit]").replace(
    "  income: {title: Доход семьи, value: sum(member.income)}", "  income: {title: Доход семьи, value: family_income}"
).replace("income <= 500000 rub", "income <= income_limit")  # fmt: skip
DAY = date(2025, 3, 10)


def case(day: date = DAY, income: int | None = 30_000_000) -> Situation:
    return Situation(
        {"applicant.citizen": True, "child.birth_date": date(2020, 5, 5), "application.date": day},
        {"member": [{"tie": "applicant", "income": income}]},
    )


@pytest.fixture
def edition(write_law):
    return load_library(write_law(measure=USES, definitions=DEFINITIONS)).edition("ru-example", DAY)


def determine(edition, **changes):
    return edition.determine(case(**changes), on=DAY, parameters=edition.parameters)


def test_a_definition_is_a_step_with_its_law(edition):
    steps = {step.name: step for step in determine(edition).steps}

    assert steps["family_income"].value == 30_000_000
    assert steps["income_limit"].value == 110_050 * 500
    assert steps["income_limit"].law == ("fz2",)
    assert edition.cite(edition.measure.steps[0].citation) == "2-ФЗ, статья 5"


def test_definitions_it_rests_on_come_along_before_it(edition):
    names = [step.name for step in edition.measure.steps]

    assert names == ["family_income", "share_of_base", "income_limit", "income"]
    assert "base" in edition.parameter_names


def test_the_edition_is_chosen_by_the_governing_date(edition):
    assert determine(edition, day=date(2024, 12, 31), income=40_000_001).state == "refused"
    assert determine(edition, day=date(2025, 1, 1), income=40_000_001).state == "granted"


def test_outside_all_editions_it_is_unknown(edition):
    outcome = determine(edition, day=date(2023, 12, 31))

    assert outcome.state == "unknown"
    assert "definition:income_limit" in outcome.missing


def test_the_digest_changes_with_a_definition_it_uses(write_law, edition):
    def digest(text: str) -> str:
        return load_library(write_law(measure=USES, definitions=text)).edition("ru-example", DAY).digest

    assert digest(DEFINITIONS) == edition.digest
    assert digest(DEFINITIONS.replace("base}", "base + 1 rub}")) != edition.digest
    assert digest(DEFINITIONS.replace("статья 5", "статья 6")) != edition.digest
    assert digest(DEFINITIONS.replace(">= 3", ">= 5")) == edition.digest


def test_a_definition_by_region_is_read_from_the_measures_region(write_law):
    measure = MEASURE.replace("parameters: [base]", "parameters: [base]\nuses: [large]").replace(
        "when: applicant.citizen", "when: not large"
    )  # fmt: skip
    edition = load_library(write_law(measure=measure, definitions=DEFINITIONS)).edition("ru-example", DAY)
    family = [{"tie": "applicant", "income": 0}, {"tie": "spouse", "income": 0}]
    three = [*family, {"tie": "child", "income": 0, "birth_date": date(2020, 1, 1)}]

    def state(region: str | None, people: list) -> str:
        known = {**case().facts, "applicant.region": region}
        found = edition.determine(Situation(known, {"member": people}), on=DAY, parameters=edition.parameters)
        return next(result.answer for result in found.conditions if result.id == "citizen")

    assert state("77", three) == "yes"
    assert state(None, family) == "yes"
    assert state(None, three) == "unknown"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("value: base}", "value: income_limit}"), "cycle"),
        (("value: sum(member.income)", "value: sum(member.incomes)"), "unknown_name"),
        (("to: 2024-12-31", "to: 2025-01-01"), "overlap"),
        (("to: 2024-12-31", "to: 2024-12-30"), "gap"),
        (("law: fz2, value: 400000 rub", "law: fz3, value: 400000 rub"), "unknown_law"),
        (("value: 400000 rub", "value: 400000"), "branches_differ"),
        (("default: count", "defaults: count"), "no_default"),
        (("by: region", "by: month"), "not_allowed"),
        (("title: Базовая сумма, law: fz2,", "title: Базовая сумма,"), "no_citation"),
        (("  share_of_base:", "  base:"), "name_taken"),
        (("  share_of_base: {title", "  share_of_base: {titel: x, title"), "unknown_key"),
    ],
)
def test_a_wrong_definition_is_explained(write_law, change, code):
    assert change[0] in DEFINITIONS
    _, problems = read_library(write_law(measure=USES, definitions=DEFINITIONS.replace(*change)))

    assert code in [problem.code for problem in problems]
    assert all(problem.what and problem.place.line for problem in problems)


def test_a_definition_must_be_named_in_uses(write_law):
    measure = USES.replace("uses: [family_income, income_limit]", "uses: [income_limit]")
    _, problems = read_library(write_law(measure=measure, definitions=DEFINITIONS))

    assert [problem.code for problem in problems] == ["not_in_uses"]


def test_a_step_may_not_hide_a_definition_in_use(write_law):
    measure = USES.replace("  income: {", "  share_of_base: {")
    _, problems = read_library(write_law(measure=measure, definitions=DEFINITIONS))

    assert "name_taken" in [problem.code for problem in problems]


def test_parameters_of_definitions_need_not_be_listed(write_law):
    measure = USES.replace("law: fz1, value: base}", "law: fz1, value: 100 rub}").replace(
        "parameters: [base]\n", ""
    ).replace("amount: 1100.50", "amount: 100")  # fmt: skip
    library = load_library(write_law(measure=measure, definitions=DEFINITIONS))

    assert [problem.code for problem in check_library(library) if problem.code == "unlisted"] == []
    assert all(result.ok for result in run_examples(library) if "доход" not in result.name)


def test_digests_without_definitions_do_not_change(write_law):
    plain = load_library(write_law()).edition("ru-example", DAY).digest
    beside = load_library(write_law(definitions=DEFINITIONS, facts=FACTS)).edition("ru-example", DAY).digest

    assert plain == beside


def test_the_explanation_names_definitions_with_their_articles(edition):
    lines = [line.replace("\xa0", " ") for line in sentences(determine(edition), edition)]

    assert "Доход семьи за год: 300 000,00 ₽ (2-ФЗ, статья 5)." in lines
    assert "Предельный доход: 550 250,00 ₽ (2-ФЗ, статья 5)." in lines
    assert any("правило «Предельный доход» на этот день" in line for line in sentences(silent(edition), edition))


def silent(edition):
    return determine(edition, day=date(2023, 12, 31))


def test_days_about_which_a_definition_is_silent_are_noted(write_law):
    later = DEFINITIONS.replace("      - {from: 2024-01-01, to: 2024-12-31, law: fz2, value: 400000 rub}\n", "")
    problems = check_library(load_library(write_law(measure=USES, definitions=later)))

    assert [problem.what for problem in problems if problem.code == "uncovered"] == [
        "Определение «income_limit» молчит о днях до 2025-01-01, а редакция меры действует."
    ]
