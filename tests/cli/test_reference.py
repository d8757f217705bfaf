"""`kazna reference`: one bad file does not stop the others."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kazna.cli.main import kazna
from kazna.contexts.reference import editions as shelf


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "LOADED", tmp_path / "loaded")
    return lambda *words: CliRunner().invoke(kazna, ["reference", *map(str, words)])


@pytest.fixture
def later(tmp_path):
    """The periodicity of 2027: one code renamed, the others gone."""
    path = tmp_path / "periodicity_2027-01-01.csv"
    path.write_text("code,name,months\nown_01,Один раз,\n", "utf-8")
    return path


def test_list_counts_rows(run):
    rows = json.loads(run("list", "--json").output)

    assert {"kind": "okved2", "rows": 2899}.items() <= next(r for r in rows if r["kind"] == "okved2").items()


def test_show_finds_by_code_and_by_name(run):
    assert [row["code"] for row in json.loads(run("show", "oksm", "--find", "россия", "--json").output)] == ["643"]
    assert [row["code"] for row in json.loads(run("show", "okved2", "--find", "84.30", "--json").output)] == ["84.30"]


def test_a_bad_file_does_not_stop_the_others(run, tmp_path, later):
    bad = tmp_path / "kinship_2027-01-01.csv"
    bad.write_text("code,name\n1,Мать\n", "utf-8")

    result = run("load", bad, later)

    assert result.exit_code == 1
    assert "без own_" in result.stderr
    assert "принята, действует с 2027-01-01, строк 1" in result.stdout


def test_diff_tells_the_change(run, later):
    run("load", later)

    told = json.loads(run("diff", "periodicity", "2026-12-31", "2027-01-01", "--json").output)

    assert [pair[1]["name"] for pair in told["changed"]] == ["Один раз"]
    assert len(told["removed"]) == 6
    assert "Один раз" in run("diff", "periodicity", "2026-12-31", "2027-01-01").output
