"""Every row of the register of dated numbers stands in the library: same value, dates and mark."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction

import pytest
from tests.law import register_differences as differ

from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.documents.parameters import Parameter, ParameterRow
from kazna.rules.language.types import Kind

ROWS = list(csv.DictReader((LAW / "sources" / "parameters.csv").read_text("utf-8").splitlines()))
LIBRARY = load_library(LAW)
CODES = {title: code for code, title in LIBRARY.facts["applicant.region"].labels.items()} | differ.REGIONS
Row = dict[str, str]


def as_written(parameter: Parameter, row: ParameterRow) -> Fraction:
    return Fraction(row.value) / (100 if parameter.type.kind is Kind.MONEY else 1)


def library_name(row: Row) -> str:
    name = row["name"]
    if row["region"] == "RF":
        return differ.FOR_RUSSIA.get(name, name)
    return differ.FOR_PENZA[name] if row["region"] == differ.PENZA else differ.RENAMED.get(name, name)


def key_of(row: Row, parameter: Parameter) -> str | None:
    if parameter.by is None:
        return None
    return "56701000" if row["region"] == differ.PENZA else CODES[row["region"]]


def held(name: str, row: Row) -> tuple[str, str | None, bool] | None:
    """Value, last day and mark of the library's row that begins on the same day."""
    parameter = LIBRARY.parameters[name]
    for found in parameter.rows[key_of(row, parameter)]:
        if found.start == date.fromisoformat(row["valid_from"]):
            return str(as_written(parameter, found)), str(found.end) if found.end else None, found.verified
    return None


def expected(row: Row, value: str) -> tuple[str, str | None, bool]:
    return str(Fraction(value)), row["valid_to"] or None, row["verified"] == "yes"


def plain_row(row: Row) -> bool:
    name = row["name"]
    stated = {*differ.SPLIT, *differ.BY_KEY, *differ.REPLACED, *differ.RULES, *differ.AGES}
    return name not in stated and not name.startswith("premium_")


def test_the_register_is_whole():
    assert (len(ROWS), len({row["name"] for row in ROWS})) == (863, 205)


@pytest.mark.parametrize("name", sorted({row["name"] for row in ROWS if plain_row(row)}))
def test_each_row_stands_in_the_library(name):
    for row in (row for row in ROWS if row["name"] == name):
        if exact := differ.RECOVERED.get((name, row["valid_from"])):
            assert held(name, row) == expected({**row, "verified": "no"}, exact)
        else:
            assert held(library_name(row), row) == expected(row, row["value"]), row


@pytest.mark.parametrize("name", [*differ.SPLIT, *differ.ALSO])
def test_a_row_that_names_several_amounts_is_split(name):
    row = next(row for row in ROWS if row["name"] == name)
    parts = differ.SPLIT.get(name) or differ.ALSO[name]

    for part, value in parts.items():
        assert held(part, row) == expected(row, value)
        assert value in (row["value"] + row["unit"])


@pytest.mark.parametrize("name", differ.BY_KEY)
def test_a_row_that_names_several_amounts_stands_by_key(name):
    (row,) = (row for row in ROWS if row["name"] == name)
    parameter = LIBRARY.parameters[name]
    found = {key: str(as_written(parameter, rows[0])) for key, rows in parameter.rows.items()}

    assert found == differ.BY_KEY[name]
    assert {str(rows[0].start) for rows in parameter.rows.values()} == {row["valid_from"]}
    assert "/".join(differ.BY_KEY[name].values()) == row["value"]


@pytest.mark.parametrize("name", differ.REPLACED)
def test_a_value_replaced_backwards_is_history(name):
    (row,) = (row for row in ROWS if row["name"] == name)
    parameter = LIBRARY.parameters[differ.REPLACED[name]]
    (found,) = (found for found in parameter.history[None] if str(found.start) == row["valid_from"])

    assert (str(as_written(parameter, found)), str(found.end), found.verified) == expected(row, row["value"])
    assert parameter.row_as_known(None, date(2025, 1, 20), date(2025, 1, 20)) == found
    assert parameter.row_as_known(None, date(2025, 1, 20), date(2025, 2, 1)) == parameter.row(None, date(2025, 1, 20))


@pytest.mark.parametrize(
    ("name", "by_decree", "by_budget"),
    [
        ("pm_per_capita_rf", 11950, 12654),
        ("pm_working_age_rf", 13026, 13793),
        ("pm_pensioner_rf", 10277, 10882),
        ("pm_child_rf", 11592, 12274),
    ],
)
def test_the_minimum_of_2022_was_replaced_before_it_began(name, by_decree, by_budget):
    parameter, day = LIBRARY.parameters[name], date(2022, 1, 1)

    assert parameter.row_as_known(None, day, date(2021, 12, 5)).value == by_decree * 100
    assert parameter.row(None, day).value == by_budget * 100


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["name"].startswith("premium_")], ids=lambda row: row["name"]
)
def test_premium_of_deferral_stands_in_its_table(row):
    table, _, months = row["name"].rpartition("_months_")
    band = LIBRARY.tables[table].band(int(months) // 12)
    plain = LIBRARY.tables[table].plain["rows"][band]

    assert LIBRARY.tables[table].at(int(months) // 12) == Fraction(row["value"])
    assert plain["verified"] == (row["verified"] == "yes")


@pytest.mark.parametrize("row", [row for row in ROWS if row["name"] in differ.AGES], ids=lambda row: row["name"])
def test_age_by_day_of_birth_stands_in_its_table(row):
    name, born = differ.AGES[row["name"]]
    table = LIBRARY.tables[name]
    plain = table.plain["rows"][table.band(date.fromisoformat(born))]

    assert table.at(date.fromisoformat(born)) == Fraction(row["value"]) * 12
    assert plain["verified"] == (row["verified"] == "yes")
