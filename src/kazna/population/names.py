"""Surnames, forenames and patronymics that fit sex, year of birth and family."""

from __future__ import annotations

from functools import cache

import numpy as np

from kazna.population.draft import Draft
from kazna.population.people import NOBODY
from kazna.population.tables import rows

COHORTS = ((1960, "born_before_1960"), (1990, "born_1960_1989"), (2010, "born_1990_2009"), (9999, "born_2010_on"))
TAKES_HIS_SURNAME = 0.83
KEEPS_IT_AFTER_DIVORCE = 0.7
FATHER_OLDER_YEARS = 28
GENERATIONS = 6


@cache
def column(table: str, name: str) -> np.ndarray:
    return np.array([row[name] for row in rows(table)], dtype=object)


@cache
def surname_shares() -> np.ndarray:
    """The list is by frequency; the share falls slowly with the place."""
    weights = np.arange(1, len(rows("surnames")) + 1) ** -0.6
    return weights / weights.sum()


@cache
def forename_shares(sex: str, cohort: str) -> np.ndarray:
    weights = np.array([float(row[cohort]) * (row["sex"] == sex) for row in rows("forenames")])
    return weights / weights.sum()


def draw_forenames(rng: np.random.Generator, sex: np.ndarray, birth_years: np.ndarray) -> np.ndarray:
    """Rows of the forename table, one per person."""
    chosen = np.empty(len(sex), dtype=np.int32)
    cohorts = np.searchsorted([until for until, _ in COHORTS], birth_years, side="right")
    for each in "FM":
        for place, (_, name) in enumerate(COHORTS):
            group = np.flatnonzero((sex == each) & (cohorts == place))
            shares = forename_shares(each, name)
            chosen[group] = rng.choice(len(shares), len(group), p=shares)
    return chosen


def surnames(family_rows: np.ndarray, sex: np.ndarray) -> np.ndarray:
    male, female = column("surnames", "male"), column("surnames", "female")
    return np.where(sex == "M", male[family_rows], female[family_rows])


def patronymics(father_forename_rows: np.ndarray, sex: np.ndarray) -> np.ndarray:
    son_of, daughter_of = column("forenames", "son_of"), column("forenames", "daughter_of")
    return np.where(sex == "M", son_of[father_forename_rows], daughter_of[father_forename_rows])


def draw_names(draft: Draft) -> None:
    """Fill surname, forename, patronymic of the people at the start."""
    rng, people, alive = draft.stream("names"), draft.people, slice(draft.count)
    sex, years = people.sex[alive], people.birth_date[alive].astype("datetime64[Y]").astype(int) + 1970
    draft.forename_row[alive] = draw_forenames(rng, sex, years)
    draft.absent_father_row[alive] = draw_forenames(rng, np.full(draft.count, "M", dtype=object), years - 1)
    people.forename[alive] = column("forenames", "forename")[draft.forename_row[alive]]
    people.patronymic[alive] = patronymics(fathers_forenames(draft, rng, sex, years), sex)
    draw_family_names(draft, rng)
    people.surname[alive] = surnames(draft.family_name[alive], sex)


def fathers_forenames(draft: Draft, rng: np.random.Generator, sex: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The father's name; one name for all children of a mother without a known father; else any of the time."""
    mother, father = draft.people.mother[: draft.count], draft.people.father[: draft.count]
    any_name = draw_forenames(rng, np.full(draft.count, "M", dtype=object), years - FATHER_OLDER_YEARS)
    absent = np.where(mother != NOBODY, draft.absent_father_row[mother], any_name)
    return np.where(father != NOBODY, draft.forename_row[father], absent)


def draw_family_names(draft: Draft, rng: np.random.Generator) -> None:
    """Children bear the father's surname or the mother's; most wives take the husband's."""
    people, count = draft.people, draft.count
    mother, father = people.mother[:count], people.father[:count]
    maiden = rng.choice(len(surname_shares()), count, p=surname_shares())
    husband = np.where(people.spouse[:count] != NOBODY, people.spouse[:count], draft.former_spouse[:count])
    lots = rng.random(count)
    keeps = np.where(people.spouse[:count] != NOBODY, 1, KEEPS_IT_AFTER_DIVORCE) * TAKES_HIS_SURNAME
    takes = draft.women() & (husband != NOBODY) & (lots < keeps)
    now = maiden.copy()
    for _ in range(GENERATIONS):
        now = np.where(takes, maiden[husband], maiden)
        maiden = np.where(father != NOBODY, maiden[father], np.where(mother != NOBODY, now[mother], maiden))
    draft.family_name[:count] = np.where(takes, maiden[husband], maiden)
