"""Decision tables as steps: what they mean, and what is refused before anything runs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.conftest import MEASURE

from kazna.rules import Situation, load_library, read_library

DAY = date(2025, 3, 10)
TABLE = """\
  percent:
    title: Процент
    law: fz1
    table:
      inputs: {record: applicant.years, group: applicant.group}
      hit: first
      rows:
        - {when: "group = 'I'", then: 100}
        - {when: record >= 8, then: 80}
        - {when: record >= 5, then: 60}
      otherwise: 40
"""


def with_table(table: str) -> str:
    return MEASURE.replace("conditions:\n", table + "conditions:\n", 1)


@pytest.fixture
def value_of(write_law):
    def value(table: str, **facts):
        edition = load_library(write_law(measure=with_table(table))).edition("ru-example", DAY)
        known = {f"applicant.{name}": given for name, given in facts.items()}
        outcome = edition.determine(
            Situation({"application.date": DAY, **known}), on=DAY, parameters=edition.parameters
        )
        return {step.name: step.value for step in outcome.steps}["percent"]

    return value


def codes(write_law, table: str) -> list[str]:
    return [problem.code for problem in read_library(write_law(measure=with_table(table)))[1]]


@pytest.mark.parametrize(
    ("years", "group", "percent"),
    [
        (9, "none", 80),
        (8, "II", 80),
        (7, "none", 60),
        (4, "none", 40),
        (1, "I", 100),
        (9, None, None),
        (None, "I", 100),
    ],
)
def test_the_first_row_that_holds_gives_the_value(value_of, years, group, percent):
    assert value_of(TABLE, years=years, group=group) == percent


@pytest.mark.parametrize(("hit", "values"), [("sum", (140, 60, 40)), ("max", (80, 60, 40)), ("min", (60, 60, 40))])
def test_other_policies_look_at_every_row(value_of, hit, values):
    table = TABLE.replace("hit: first", f"hit: {hit}")

    assert tuple(value_of(table, years=years, group="II") for years in (8, 5, 1)) == values


def test_a_unique_table_may_cover_everything_without_otherwise(value_of):
    table = TABLE.replace("hit: first", "hit: unique").replace("      otherwise: 40\n", "").replace(
        "group = 'I'", "record < 5").replace("record >= 5", "record between 5 and 7")  # fmt: skip

    assert [value_of(table, years=years) for years in (4, 5, 7, 8)] == [100, 60, 60, 80]


def test_overlapping_rows_of_a_unique_table_are_found(write_law):
    assert codes(write_law, TABLE.replace("hit: first", "hit: unique")) == ["table_conflict", "table_conflict"]


def test_a_hole_is_found_with_an_example(write_law):
    table = TABLE.replace("      otherwise: 40\n", "")
    problem = read_library(write_law(measure=with_table(table)))[1][0]

    assert problem.code == "table_hole"
    assert "applicant.group = II" in problem.why


def test_a_hole_is_named_to_the_kopeck(write_law):
    table = TABLE.replace("      otherwise: 40\n", "").replace("record: applicant.years", "record: applicant.income")
    rows = table.replace("record >= 8", "record < 1234567.89 rub").replace("record >= 5", "record > 1234567.89 rub")
    problem = read_library(write_law(measure=with_table(rows)))[1][0]

    assert problem.code == "table_hole"
    assert "applicant.income = 1234567.89" in problem.why


def test_a_long_input_is_a_step_computed_once(write_law):
    table = TABLE.replace("record: applicant.years", "record: {title: Стаж с запасом, value: applicant.years + 1}")
    edition = load_library(write_law(measure=with_table(table))).edition("ru-example", DAY)
    given = Situation({"application.date": DAY, "applicant.years": 7, "applicant.group": "II"})
    steps = edition.determine(given, on=DAY, parameters=edition.parameters).steps

    assert [(step.name, step.title, step.value) for step in steps][1:] == [
        ("percent__record", "Стаж с запасом", 8),
        ("percent", "Процент", 80),
    ]


def test_dates_and_money_have_extremes_too(value_of):
    rows = [("applicant.citizen", "2025-01-01"), ("applicant.resident", "2025-06-01")]
    section = "".join(f"        - {{when: {when}, then: {then}}}\n" for when, then in rows)
    table = TABLE.partition("      inputs")[0] + "      hit: max\n      rows:\n" + section + "      otherwise: never\n"

    assert value_of(table, citizen=True, resident=True) == date(2025, 6, 1)
    assert value_of(table, citizen=True, resident=False) == date(2025, 1, 1)
    assert value_of(table, citizen=False, resident=False) == date.max


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("hit: first", "hit: any"), "not_allowed"),
        (("then: 80", "then: 80 rub"), "branches_differ"),
        (("record >= 8", "record"), "result_kind"),
        (("record >= 8", "records >= 8"), "unknown_name"),
        (("      rows:", "      row:"), "unknown_key"),
        (("    table:", "    value: 5\n    table:"), "value_shape"),
        (("{record:", "{base:"), "name_taken"),
        (("      otherwise: 40\n", ""), "table_hole"),
    ],
)
def test_a_wrong_table_is_explained(write_law, change, code):
    assert change[0] in TABLE
    assert code in codes(write_law, TABLE.replace(*change))
