"""The Fund's legacy register: whole, consistent with itself, the same bytes for the same world."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from tests.standins.village import FATHER, HUSBAND_OF_WIDOW, NEWBORN, WIDOW

from kazna.standins.baseline import write_baseline
from kazna.standins.life import Life

Tables = dict[str, list[dict[str, str]]]


@pytest.fixture
def tables(life: Life, tmp_path: Path) -> Tables:
    write_baseline(life, tmp_path / "baseline.zip")
    with zipfile.ZipFile(tmp_path / "baseline.zip") as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def test_the_manifest_counts_and_digests_every_file(life: Life, tmp_path: Path) -> None:
    rows = write_baseline(life, tmp_path / "baseline.zip")

    with zipfile.ZipFile(tmp_path / "baseline.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in rows}
    assert (manifest["format"], manifest["region"], manifest["as_of"]) == ("own_baseline/1", "77", "2024-11-01")
    assert {name: facts["sha256"] for name, facts in manifest["files"].items()} == digests
    assert {name: facts["rows"] for name, facts in manifest["files"].items()} == rows


def test_only_the_living_are_in_it_and_ties_stay_among_them(life: Life, tables: Tables) -> None:
    known = {row["snils"] for row in tables["persons.csv"]}

    assert len(known) == NEWBORN
    assert all({row["snils"], row["other_snils"]} <= known for row in tables["ties.csv"])
    assert [row["order"] for row in tables["ties.csv"] if row["role"] == "mother"] == ["1", "2"]
    assert sum(row["kind"] == "spouse" for row in tables["ties.csv"]) == 3


def test_facts_say_what_the_fund_knew(life: Life, tables: Tables) -> None:
    snils = life.people.snils
    facts = {(row["kind"], row["snils"]): json.loads(row["value"]) for row in tables["facts.csv"]}

    assert facts["employment", snils[FATHER]]["employer_inn"] == "7707083893"
    assert facts["insurance.record", snils[FATHER]] == {"ipk": "45.123", "savings_kopecks": 0, "years": "10.5"}
    assert facts["pension", snils[WIDOW]] == {"amount_kopecks": 2345678, "ipk": "0.000", "type": "old_age"}
    assert facts["disability", snils[HUSBAND_OF_WIDOW]]["group"] == "II"


def test_awards_in_payment(life: Life, tables: Tables) -> None:
    awards = {(row["measure"], row["snils"]): int(row["amount_kopecks"]) for row in tables["awards.csv"]}

    assert awards["ru-old-age-pension", life.people.snils[WIDOW]] == 2345678
    assert awards["ru-disability-monthly", life.people.snils[HUSBAND_OF_WIDOW]] in (380278, 380278 - 157850)
    assert len({row["number"] for row in tables["awards.csv"]}) == len(tables["awards.csv"])


def test_the_same_world_gives_the_same_bytes(life: Life, tmp_path: Path) -> None:
    write_baseline(life, tmp_path / "one.zip")
    write_baseline(life, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
