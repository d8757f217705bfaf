"""A row that a later act replaced is history: kept, shown, never read when a rule is computed."""

from datetime import date

import pytest
from tests.rules.conftest import PARAMETERS

from kazna.rules import load_library

JANUARY = "      - {from: 2024-01-01, to: 2024-12-31, value: 1000, law: Закон, verified: true}\n"
DRAFT = (
    "      - {from: 2024-01-01, to: 2024-12-31, value: 900, law: Постановление, verified: true,\n"
    "         replaced: {on: 2023-12-06, act: Закон, why: замена до начала действия}}\n"
)
EARLIER_DRAFT = (
    "      - {from: 2024-01-01, to: 2024-06-30, value: 800, law: Проект, verified: true,\n"
    "         replaced: {on: 2023-10-01, act: Постановление}}\n"
)


def test_a_replaced_row_does_not_overlap_and_is_not_read(write_law):
    base = load_library(write_law(parameters=PARAMETERS.replace(JANUARY, JANUARY + DRAFT))).parameters["base"]

    assert base.row(None, date(2024, 5, 1)).value == 100000
    assert [row.value for row in base.replaced_rows()] == [90000]
    assert base.type.lo == 100000


@pytest.mark.parametrize(
    ("known", "roubles"),
    [(date(2023, 9, 30), 800), (date(2023, 10, 1), 900), (date(2023, 12, 5), 900), (date(2023, 12, 6), 1000)],
)
def test_the_row_as_it_was_known(write_law, known, roubles):
    base = load_library(write_law(parameters=PARAMETERS.replace(JANUARY, EARLIER_DRAFT + DRAFT + JANUARY))).parameters[
        "base"
    ]

    assert base.row_as_known(None, date(2024, 2, 1), known).value == roubles * 100


def test_a_replaced_row_changes_the_digest(write_law):
    with_it = load_library(write_law(parameters=PARAMETERS.replace(JANUARY, JANUARY + DRAFT)))

    assert with_it.parameters.digest != load_library(write_law()).parameters.digest


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((JANUARY, DRAFT), "replaced_gap"),
        ((JANUARY, JANUARY + DRAFT.replace("to: 2024-12-31, ", "")), None),
        ((JANUARY, JANUARY + DRAFT.replace("from: 2024-01-01", "from: 2023-12-01")), "replaced_gap"),
        ((JANUARY, JANUARY + DRAFT + DRAFT), "overlap"),
        ((JANUARY, JANUARY + DRAFT.replace("on: 2023-12-06, ", "")), "key_missing"),
        ((JANUARY, JANUARY + DRAFT.replace("why:", "reason:")), "unknown_key"),
    ],
)
def test_a_mistake_in_a_replacement_is_named(problems_of, change, code):
    codes = [
        problem.code for problem in problems_of(parameters=PARAMETERS.replace(*change)) if problem.severity == "error"
    ]

    assert codes == ([code] if code else [])


def test_a_share_may_be_written_as_a_fraction(write_law):
    text = PARAMETERS.replace("  pm:\n", (
        "  share:\n    title: Доля\n    type: rate\n"
        "    values: [{from: 2024-01-01, value: 1/3, law: Закон, verified: true}]\n  pm:\n"
    ))  # fmt: skip

    assert load_library(write_law(parameters=text)).parameters["share"].row(None, date(2024, 1, 1)).value * 3 == 1
