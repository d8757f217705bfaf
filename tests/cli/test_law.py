"""`kazna law` needs no database and points at the very line that is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kazna.kernel.places import LAW

CERTIFICATE = Path("measures/ru-maternity-capital/2021-01-01.yaml")


def copied_law(folder: Path, before: str, after: str) -> Path:
    """The law with a few words of the certificate's document changed."""
    shutil.copytree(LAW, folder)
    document = folder / CERTIFICATE
    text = document.read_text("utf-8")
    assert before in text
    document.write_text(text.replace(before, after), "utf-8")
    return folder


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """One fact misspelt in a condition."""
    return copied_law(tmp_path / "law", "when: child.live_birth", "when: child.live_brith")


def test_the_law_in_force_is_well(run):
    result = run("law", "check", "--json")

    assert result.code == 0, result.out
    assert [one for one in result.json if one["severity"] == "error"] == []


def test_a_broken_law_is_named_by_file_and_line(run, broken):
    result = run("law", "check", "--law", broken)

    line = 1 + (broken / CERTIFICATE).read_text("utf-8").split("child.live_brith")[0].count("\n")
    assert result.code == 1
    assert f"2021-01-01.yaml:{line}:" in result.out
    assert "child.live_brith" in result.out


def test_a_machine_reads_the_same_problem(run, broken):
    result = run("law", "check", "--law", broken, "--json")

    assert result.code == 1
    (problem, *_) = result.json
    assert problem.keys() == {"severity", "file", "line", "column", "what", "why", "what_to_do"}
    assert problem["what_to_do"]


def test_other_commands_refuse_a_broken_law(run, broken):
    result = run("law", "list", "--law", broken)

    assert (result.code, result.out) == (1, "")
    assert "2021-01-01.yaml:" in result.err


def test_the_examples_of_one_measure_hold(run):
    result = run("law", "test", "--measure", "ru-birth-grant", "--json")

    assert result.code == 0
    assert {row["measure"] for row in result.json} == {"ru-birth-grant"}
    assert all(row["ok"] and row["differences"] == [] for row in result.json)


def test_an_unknown_measure_is_not_a_success(run):
    assert run("law", "test", "--measure", "no-such-measure").code == 1


def test_a_wrong_example_fails_and_says_how(run, tmp_path):
    folder = copied_law(tmp_path / "law", "amount: 963243.17", "amount: 963243.18")

    result = run("law", "test", "--law", folder, "--measure", "ru-maternity-capital")

    assert result.code == 1
    assert "на первого сертификата не было" in result.out
    assert "не сошлось 1" in result.out


def test_measures_are_listed(run):
    result = run("law", "list", "--json")

    assert result.code == 0
    certificate = next(row for row in result.json if row["measure"] == "ru-maternity-capital")
    assert (certificate["code"], certificate["from"]) == ("A02", "2021-01-01")
    assert certificate["tests"] > 10


def test_a_parameter_shows_what_replaced_what(run):
    result = run("law", "parameter", "pm_per_capita_rf", "--on", "2022-03-01")

    assert result.code == 0, result.out
    assert "12654.00" in result.out
    assert "11950.00" in result.out
    assert "заменено 2021-12-06" in result.out


def test_a_misspelt_parameter_is_put_right(run):
    result = run("law", "parameter", "pm_per_capita_fr")

    assert result.code != 0
    assert "pm_per_capita_rf" in result.err


def test_variants_are_written_and_pass_the_checks(run, tmp_path):
    written = run("law", "variants", "--count", "3", "--out", str(tmp_path / "law"))
    checked = run("law", "check", "--law", str(tmp_path / "law"))

    assert (written.code, checked.code) == (0, 0), written.out + checked.out
    assert run("law", "variants", "--count", "3", "--out", str(tmp_path / "law")).code != 0
