"""The tools for those who write and read law: they speak Russian to people and JSON to machines."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

NEW = ("law", "new", "r53-school-kit", "--title", "Выплата к школе", "--region", "53", "--from", "2025-07-01")
SITUATION = """\
on: 2026-03-10
given:
  application.date: 2026-03-10
  child.birth_date: 2026-02-10
  applicant.parent_role: mother
  applicant.custody_lost: false
  child.birth_grant_paid: false
  applicant.region: "77"
"""


@pytest.fixture
def situation(tmp_path: Path) -> Path:
    path = tmp_path / "situation.yaml"
    path.write_text(SITUATION, "utf-8")
    return path


@pytest.fixture
def begun(run, tmp_path: Path) -> Path:
    """A clean folder with the skeleton of one measure."""
    folder = tmp_path / "region"
    assert run(*NEW, "--law", folder).code == 0
    return folder


def filled(folder: Path) -> Path:
    """The skeleton with every place filled in."""
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("ЗАПОЛНИТЕ: ", "").replace("полное название акта, дата и номер", "Закон № 1-ОЗ"), "utf-8"
        )
    return folder


def test_a_new_measure_runs_and_the_check_names_what_to_fill(run, begun):
    check = run("law", "check", "--law", begun)

    assert check.code == 1
    assert "2025-07-01.yaml:3:7: ошибка: Не заполнено: code. Напишите: код меры в реестре." in check.out
    assert "r53_school_kit.yaml" in check.out
    assert run("law", "test", "--law", begun).code == 0


def test_a_filled_measure_passes_without_a_remark(run, begun):
    result = run("law", "check", "--law", filled(begun))

    assert (result.code, result.out) == (0, "Мер 1, редакций 1, примеров 6. Ошибок 0, замечаний 0.\n")
    assert "Покрытие условий: 2 из 2, 100 %." in run("law", "test", "--law", begun).out


@pytest.mark.parametrize("options", [("--region", "53"), ("--level", "federal")])
@pytest.mark.parametrize("unit", ["child", "person"])
@pytest.mark.parametrize("start", ["2025-07-01", "2024-02-29", "2025-12-31"])
def test_every_kind_of_skeleton_runs(run, tmp_path, options, unit, start):
    folder = tmp_path / "law"

    assert run("law", "new", "some-measure", *options, "--for", unit, "--from", start, "--law", folder).code == 0

    assert run("law", "test", "--law", folder).code == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("law", "new", "School", "--region", "53", "--from", "2025-07-01"), "не годится"),
        (("law", "new", "school", "--from", "2025-07-01"), "--region 53"),
        (("law", "new", "school", "--region", "Псков", "--from", "2025-07-01"), "две цифры"),
    ],
)
def test_a_wrong_beginning_is_explained(tmp_path, wrong, said):
    from click.testing import CliRunner

    from kazna.cli.main import kazna

    result = CliRunner().invoke(kazna, [*wrong, "--law", str(tmp_path / "law")])

    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "law").exists()


def test_nothing_is_written_over(run, begun):
    before = {path: path.read_text("utf-8") for path in begun.rglob("*.yaml")}

    from click.testing import CliRunner

    from kazna.cli.main import kazna

    result = CliRunner().invoke(kazna, [*NEW, "--law", str(begun)])

    assert result.exit_code == 2
    assert "Уже есть" in result.output
    assert {path: path.read_text("utf-8") for path in begun.rglob("*.yaml")} == before


def test_measures_are_filtered(run):
    def names(*options: str) -> set[str]:
        return {row["measure"] for row in run("law", "list", "--json", *options).json}

    assert "ru-birth-grant" not in names("--level", "region")
    assert {"r77-large-family-cost-of-living", "ru-birth-grant"} <= names("--region", "77")
    assert "r77-large-family-cost-of-living" not in names("--region", "54")
    assert "ru-maternity-capital" in names("--code", "A02")
    assert "ru-burial-benefit" not in names("--on", "2023-01-01")


def test_a_measure_is_shown_in_words(run):
    result = run("law", "show", "ru-birth-grant", "--on", "2026-03-01")

    assert result.code == 0
    assert "дата рождения ребёнка плюс 6 месяцев" in " ".join(result.out.split())
    assert "28 450,45 ₽" in result.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "child." not in result.out


def test_an_unknown_measure_suggests_the_nearest(run):
    result = run("law", "show", "ru-birth-grnt")

    assert result.code == 1
    assert "ru-birth-grant" in result.err


def test_two_days_are_compared(run):
    result = run("law", "diff", "ru-birth-grant", "2025-01-15", "2026-02-15")

    assert "было 24 604,30 ₽; стало 28 450,45 ₽" in result.out.replace("\N{NO-BREAK SPACE}", " ")
    (only,) = run("law", "diff", "ru-birth-grant", "2025-01-15", "2026-02-15", "--json").json
    assert (only["how"], only["what"]) == ("changed", "parameter")


def test_a_situation_is_explained(run, situation):
    result = run("law", "explain", "ru-birth-grant", situation)
    machine = run("law", "explain", "ru-birth-grant", situation, "--json").json

    assert "Не хватает: ребёнок рождён живым" in result.out
    assert machine["state"] == "unknown"
    assert machine["plan"]["requests"][0]["holder"]


def test_an_example_is_explained_with_what_would_change_it(run):
    measure = "r77-large-family-cost-of-living"
    result = run("law", "explain", measure, "--example", "живёт в Подмосковье", "--contrast")

    assert "Было бы положено, если бы: регион — Москва (сейчас Московская область)." in result.out
    assert run("law", "explain", measure, "--example", "нет такого").code == 1


def test_a_wrong_situation_points_at_its_line(run, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("on: 2026-03-10\ngiven:\n  child.birth_dat: 2026-02-10\n", "utf-8")

    result = run("law", "explain", "ru-birth-grant", path)

    assert result.code == 1
    assert "wrong.yaml:3:3" in result.err
    assert "child.birth_date" in result.err


def test_a_plan_asks_agencies_first(run, situation):
    result = run("law", "plan", situation, "--measure", "ru-birth-grant", "--json").json

    assert result["outcomes"] == [{"measure": "ru-birth-grant", "state": "unknown"}]
    assert [request["holder"] for request in result["plan"]["requests"]] == ["ЗАГС"]
    assert "ЗАГС" in run("law", "plan", situation, "--measure", "ru-birth-grant").out


def test_dependencies_are_drawn(run, tmp_path):
    out = tmp_path / "one.svg"

    assert run("law", "graph", "ru-birth-grant", "--out", out).code == 0

    assert xml.parse(out).getroot().tag.endswith("svg")
    assert "arrows" in run("law", "graph", "--json").json


def test_coverage_is_told_by_condition(run):
    result = run("law", "test", "--measure", "ru-birth-grant")

    assert "«live_birth» Ребёнок рождён живым" in result.out
    assert "Покрытие условий: 4 из 4, 100 %." in result.out


def test_schemas_are_written(run, tmp_path):
    assert run("law", "schema", "--out", tmp_path).code == 0

    assert json.loads((tmp_path / "measure.schema.json").read_text("utf-8"))["title"] == "Мера поддержки"


def test_what_a_back_end_refuses_is_named_with_its_place(run):
    result = run("law", "check", "--measure", "ru-housing-subsidy", "--backend", "duckdb")

    assert result.code == 0
    place = r"law/measures/ru-housing-subsidy/2025-01-01\.yaml:\d+:5: замечание: duckdb не исполнит"
    assert re.search(place, result.out)
