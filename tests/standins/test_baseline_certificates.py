"""Certificates of maternity capital in the legacy register follow the law of the day each child was born."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.standins.village import FATHER, FIRST_CHILD, MOTHER, NEWBORN, SECOND_CHILD

from kazna.population import NOBODY, Region
from kazna.standins.baseline_awards import award_rows
from kazna.standins.baseline_certificates import certificate_rows
from kazna.standins.life import Life


def given(village: Region, *born: date) -> list[tuple[int, int, date]]:
    """Child, kopecks and day of each certificate of the mother when her children were born on these days."""
    people = village.people
    for place, child in enumerate((FIRST_CHILD, SECOND_CHILD)):
        people.mother[child] = MOTHER if place < len(born) else NOBODY
        if place < len(born):
            people.birth_date[child] = np.datetime64(born[place])
    life = Life(village)
    return [(life.by_snils[child], kopecks, since) for _, child, _, kopecks, since, _ in certificate_rows(life)]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param([date(2019, 12, 31)], [], id="first-born before 2020: none"),
        pytest.param([date(2020, 1, 1)], [(FIRST_CHILD, 46_661_700)], id="first-born since 2020"),
        pytest.param([date(2003, 5, 1), date(2006, 12, 31)], [], id="second child before 2007: none"),
        pytest.param([date(2003, 5, 1), date(2007, 1, 1)], [(SECOND_CHILD, 25_000_000)], id="second child since 2007"),
        pytest.param(
            [date(2015, 1, 9), date(2023, 2, 1)], [(SECOND_CHILD, 77_562_825)], id="second, none for the first"
        ),
        pytest.param(
            [date(2022, 1, 31), date(2024, 2, 1)],
            [(FIRST_CHILD, 48_388_183), (SECOND_CHILD, 20_264_396)],
            id="addition for the second after the first's",
        ),
        pytest.param(
            [date(2024, 3, 3), date(2024, 3, 3)],
            [(FIRST_CHILD, 63_038_078), (SECOND_CHILD, 20_264_396)],
            id="first-born twins: the addition for the younger",
        ),
    ],
)
def test_a_mother_was_given_what_the_law_says(
    village: Region, born: list[date], expected: list[tuple[int, int]]
) -> None:
    day_of = dict(zip((FIRST_CHILD, SECOND_CHILD), born, strict=False))

    assert given(village, *born) == [(child, kopecks, day_of[child]) for child, kopecks in expected]


def test_a_child_not_yet_born_has_given_nothing(village: Region) -> None:
    assert NEWBORN not in [child for child, _, _ in given(village, date(2020, 5, 1), date(2021, 5, 1))]


def test_the_father_is_not_given_one(village: Region) -> None:
    life = Life(village)

    assert life.people.snils[FATHER] not in [row[0] for row in certificate_rows(life)]


def test_a_certificate_is_an_award_without_an_end(life: Life) -> None:
    (award,) = [row for row in award_rows(life) if row[3] == "ru-maternity-capital"]

    snils = life.people.snils
    assert award[1:] == (
        snils[MOTHER], snils[SECOND_CHILD], "ru-maternity-capital", 45_302_600, date(2019, 6, 2), None
    )  # fmt: skip
