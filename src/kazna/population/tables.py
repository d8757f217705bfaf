"""The region's reference tables, read from dated files; sources are in their README."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

import numpy as np

from kazna.kernel.places import FORMATS

FOLDER = FORMATS / "classifiers" / "population"
OLDEST_YEARS = 110
SEXES = {"Female": "F", "Male": "M"}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by_age(column: str) -> np.ndarray:
    """A column of rates_by_age as one float per whole year of age, 0 to OLDEST_YEARS."""
    table = rows("rates_by_age")
    starts = np.array([int(row["age_from"]) for row in table])
    values = np.array([float(row[column]) for row in table])
    return values[np.searchsorted(starts, np.arange(OLDEST_YEARS + 1), side="right") - 1]


def decimal_year(on: date) -> float:
    return on.year + (on.timetuple().tm_yday - 1) / 365


def interpolated(name: str, column: str, on: date) -> dict[tuple[str, int], float]:
    """(sex, age_from) → value between the two census decades of a UN table around a day."""
    series: dict[tuple[str, int], list[tuple[int, float]]] = {}
    for row in rows(name):
        point = (int(row["year"]), float(row[column]))
        series.setdefault((SEXES[row["sex"]], int(row["age_from"])), []).append(point)
    moment = decimal_year(on)
    return {group: float(np.interp(moment, *np.array(sorted(points)).T)) for group, points in series.items()}


def pyramid(on: date) -> dict[tuple[str, int], float]:
    """(sex, first age of a five-year band) → people."""
    return interpolated("population_wpp2024_russia", "population", on)


@cache
def yearly_mortality(on: date) -> dict[str, np.ndarray]:
    """sex → deaths per person-year, one float per whole year of age."""
    table = interpolated("mortality_wpp2024_russia", "mx", on)
    ages = np.arange(OLDEST_YEARS + 1)
    result = {}
    for sex in "FM":
        starts = np.array(sorted(age for each, age in table if each == sex))
        values = np.array([table[sex, int(age)] for age in starts])
        result[sex] = values[np.searchsorted(starts, ages, side="right") - 1]
    return result


@cache
def money_on(name: str, on: date) -> int:
    """Kopecks in force on a day; before the first row, the first row."""
    values = [(row["from"], int(row["kopecks"])) for row in rows("money") if row["name"] == name]
    known = [kopecks for since, kopecks in values if since <= on.isoformat()]
    return known[-1] if known else values[0][1]


@cache
def one_person_share() -> float:
    """Share of households of one person in the newest census."""
    shares = [row for row in rows("households_census") if row["indicator"] == "one-person share"]
    return max((row["census"], float(row["value"])) for row in shares)[1] / 100
