"""A world that starts on another day: amounts of that day, and a past that the tax service knows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kazna.population import NOBODY, Region, incomes, load_region
from kazna.standins.__main__ import main
from kazna.standins.baseline import write_baseline
from kazna.standins.life import Life

START, END = date(2026, 5, 1), date(2026, 10, 31)
DISABILITY_MONTHLY = {"I": 615_722, "II": 439_723, "III": 352_001, "child": 439_723}
SERVICES = 182_525
CHILD_MINIMUM = 2_190_300


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worlds") / "world"
    numbers = ["--people", "3000", "--seed", "3", "--start", str(START), "--end", str(END)]
    assert main(["generate", *numbers, "--world", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def region(world: Path) -> Region:
    return load_region(world / "region")


@pytest.fixture(scope="module")
def baseline(world: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(world / "baseline.zip")


def amounts(baseline: zipfile.ZipFile, measure: str) -> dict[str, int]:
    rows = csv.DictReader(io.StringIO(baseline.read("awards.csv").decode()))
    return {row["snils"]: int(row["amount_kopecks"]) for row in rows if row["measure"] == measure}


def test_the_baseline_is_of_the_first_day(baseline: zipfile.ZipFile, region: Region) -> None:
    assert json.loads(baseline.read("manifest.json"))["as_of"] == "2026-05-01"
    assert (region.start, region.end) == (START, END)
    assert all(START <= each.day <= END for each in region.happenings)


def test_pensions_of_the_baseline_are_of_2026(baseline: zipfile.ZipFile, region: Region) -> None:
    people, paid = region.people, amounts(baseline, "ru-old-age-pension")
    retired = np.flatnonzero(people.pension_type == "old_age").tolist()

    expected = {
        people.snils[each]: (int(people.ipk_thousandths[each]) * 15676 + 500) // 1000 + 958469 for each in retired
    }
    assert retired
    assert paid == expected
    assert set(people.pension_kopecks[people.pension_type == "social_old_age"]) <= {942_412}


def test_disability_payments_of_the_baseline_are_of_2026(baseline: zipfile.ZipFile, region: Region) -> None:
    people, paid = region.people, amounts(baseline, "ru-disability-monthly")

    assert paid
    for person in np.flatnonzero(people.alive_at_start & (people.disability_group != "")).tolist():
        whole = DISABILITY_MONTHLY[people.disability_group[person]]
        assert paid[people.snils[person]] in (whole, whole - SERVICES)


def test_child_benefits_of_the_baseline_are_of_2026(baseline: zipfile.ZipFile) -> None:
    paid = set(amounts(baseline, "ru-child-benefit").values())

    assert paid
    assert paid <= {CHILD_MINIMUM, CHILD_MINIMUM * 3 // 4, CHILD_MINIMUM // 2}


def test_the_year_before_the_start_has_its_wages(region: Region) -> None:
    people = region.people
    busy = {each.person for each in region.happenings} | set(people.mother.tolist())
    steady = [
        person
        for person in np.flatnonzero(people.employer != NOBODY).tolist()
        if person not in busy and people.employed_since[person] < np.datetime64("2025-01-01")
    ]

    assert steady
    for person in steady:
        wage = int(people.wage_kopecks[person])
        assert incomes(region, person, 2025) == dict.fromkeys(range(1, 13), max(wage * 108 // 100, 2_244_000))
        assert incomes(region, person, 2026) == dict.fromkeys(range(1, 11), max(wage * 11664 // 10000, 2_709_300))


def test_the_same_options_give_the_same_bytes(world: Path, region: Region, tmp_path: Path) -> None:
    write_baseline(Life(region), tmp_path / "again.zip")

    assert (tmp_path / "again.zip").read_bytes() == (world / "baseline.zip").read_bytes()
