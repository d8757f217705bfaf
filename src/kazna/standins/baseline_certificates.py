"""Certificates of maternity capital the Fund gave before the first day, by Federal law 256-FZ, article 3.

Everyone in the region is a citizen, so the right depends on the births alone: the second or a later child born
since 2007, any first-born since 2020, and the addition for the second child after a certificate for the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from kazna.standins.life import Life

MATERNITY_CAPITAL = "ru-maternity-capital"
SECOND_CHILD_SINCE, FIRST_CHILD_SINCE = date(2007, 1, 1), date(2020, 1, 1)
# Kopecks of the first, of the second without a first, of the addition, by the first day they were in force.
# Article 6 of 256-FZ; from 2020 the figures and sources of law/parameters/maternity_capital.yaml, earlier from memory.
SIZES: dict[date, tuple[int, int, int]] = {
    date(2007, 1, 1): (25_000_000, 25_000_000, 0),
    date(2008, 1, 1): (27_625_000, 27_625_000, 0),
    date(2009, 1, 1): (31_216_250, 31_216_250, 0),
    date(2010, 1, 1): (34_337_880, 34_337_880, 0),
    date(2011, 1, 1): (36_569_840, 36_569_840, 0),
    date(2012, 1, 1): (38_764_030, 38_764_030, 0),
    date(2013, 1, 1): (40_896_050, 40_896_050, 0),
    date(2014, 1, 1): (42_940_850, 42_940_850, 0),
    date(2015, 1, 1): (45_302_600, 45_302_600, 0),
    date(2020, 1, 1): (46_661_700, 61_661_700, 15_000_000),
    date(2021, 1, 1): (48_388_183, 63_943_183, 15_555_000),
    date(2022, 2, 1): (52_452_790, 69_314_410, 16_861_620),
    date(2023, 2, 1): (58_694_672, 77_562_825, 18_868_153),
    date(2024, 2, 1): (63_038_078, 83_302_474, 20_264_396),
    date(2025, 2, 1): (69_026_695, 91_216_209, 22_189_514),
    date(2026, 2, 1): (72_892_190, 96_324_317, 23_432_127),
}
FIRST, SECOND, ADDITION = 0, 1, 2  # columns of SIZES
Row = tuple[object, ...]


def certificate_rows(life: Life) -> Iterator[Row]:
    """СНИЛС of the mother and of the child, measure, kopecks, day of birth, no end; one row per ground."""
    people = life.people
    for mother in sorted(life.children):
        if people.sex[mother] == "F" and people.alive_at_start[mother]:
            for child, size in grounds(life, mother):
                born: date = people.birth_date[child].item()
                yield people.snils[mother], people.snils[child], MATERNITY_CAPITAL, size_kopecks(size, born), born, None


def grounds(life: Life, mother: int) -> Iterator[tuple[int, int]]:
    """Children who gave their mother a certificate before the first day, with the column of its size."""
    given = None
    for order, child in enumerate(life.eldest_first(mother), start=1):
        born = life.people.birth_date[child].item()
        if born >= life.region.start:
            return
        if given is None and (born >= FIRST_CHILD_SINCE or (order > 1 and born >= SECOND_CHILD_SINCE)):
            given = FIRST if order == 1 else SECOND
            yield child, given
        elif given == FIRST and order == 2:
            yield child, ADDITION


def size_kopecks(size: int, on: date) -> int:
    """The size in force on a day."""
    days = list(SIZES)
    return SIZES[days[bisect_right(days, on) - 1]][size]
