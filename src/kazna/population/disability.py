"""Disability: who has it at the start, and what a first assessment decides."""

from __future__ import annotations

import numpy as np

from kazna.population.days import YEAR_DAYS, days, plus_months
from kazna.population.draft import Draft
from kazna.population.people import NOBODY
from kazna.population.tables import by_age

FULL_AGE = 18
GROUPS = np.array(["I", "II", "III"], dtype=object)
GROUP_SHARES, GROUP_SHARES_OF_OLD = (0.08, 0.37, 0.55), (0.15, 0.5, 0.35)
OLD_YEARS = 60
CAUSES, CAUSE_SHARES = ("general", "work_injury", "occupational", "military_trauma"), (0.94, 0.03, 0.02, 0.01)
FROM_CHILDHOOD_SHARE, FROM_CHILDHOOD_UNTIL_YEARS = 0.25, 45
FOR_LIFE_AT_ONCE = 0.12  # of first assessments of people under 60
FOR_LIFE_AT_START = 0.6
WORK_IMPOSSIBLE = {"I": 0.95, "II": 0.7, "III": 0.3}  # share of those who leave work


def draw_groups(rng: np.random.Generator, ages: np.ndarray) -> np.ndarray:
    adults = GROUPS[rng.choice(3, len(ages), p=GROUP_SHARES)]
    old = GROUPS[rng.choice(3, len(ages), p=GROUP_SHARES_OF_OLD)]
    return np.where(ages < FULL_AGE, "child", np.where(ages < OLD_YEARS, adults, old))


def draw_causes(rng: np.random.Generator, from_childhood: np.ndarray) -> np.ndarray:
    causes = np.array(CAUSES, dtype=object)[rng.choice(len(CAUSES), len(from_childhood), p=CAUSE_SHARES)]
    return np.where(from_childhood, "childhood", causes)


def terms(
    rng: np.random.Generator, since: np.ndarray, born: np.ndarray, group: np.ndarray, for_life: np.ndarray
) -> np.ndarray:
    """End (exclusive) of the term: the first of a month after one year, two for group I; children up to
    five years and never past 18; NaT for life.
    """
    years = np.where(group == "I", 2, np.where(group == "child", rng.choice([1, 2, 5], len(since)), 1))
    month_after = (plus_months(since, years * 12 + 1)).astype("datetime64[M]").astype("datetime64[D]")
    grown = plus_months(born, FULL_AGE * 12)
    until = np.where(group == "child", np.minimum(month_after, grown), month_after)
    return np.where(for_life & (group != "child"), np.datetime64("NaT"), until).astype("datetime64[D]")


def draw_disability(draft: Draft) -> None:
    """Fill disability at the start; some disabled people have no job."""
    rng, people, all_ages = draft.stream("disability"), draft.people, draft.ages()
    ill = np.flatnonzero(rng.random(draft.count) < by_age("disabled")[all_ages])
    ages, born = all_ages[ill], people.birth_date[ill]
    group = draw_groups(rng, ages)
    early = (ages >= FULL_AGE) & (ages < FROM_CHILDHOOD_UNTIL_YEARS)
    from_childhood = (group == "child") | (early & (rng.random(len(ill)) < FROM_CHILDHOOD_SHARE))
    earliest = np.where(group == "child", born + days(60), plus_months(born, FULL_AGE * 12))
    since = draft.first_day - days(rng.exponential(5 * YEAR_DAYS, len(ill)) + 1)
    since = np.where(from_childhood & (group != "child"), earliest, np.maximum(since, earliest))
    for_life = (ages >= OLD_YEARS) | (rng.random(len(ill)) < FOR_LIFE_AT_START)
    last_exam = np.maximum(since, draft.first_day - days(rng.integers(1, 360, len(ill))))
    until = terms(rng, last_exam, born, group, for_life)
    real = (since < draft.first_day) & ((np.isnat(until)) | (until > draft.first_day))
    ill = ill[real]
    people.disability_group[ill] = group[real]
    people.disability_cause[ill] = draw_causes(rng, from_childhood)[real]
    people.disability_since[ill] = since[real]
    people.disability_until[ill] = until[real]
    people.disability_from_childhood[ill] = from_childhood[real]
    shares = np.array([WORK_IMPOSSIBLE.get(each, 0) for each in group[real]])
    leave = ill[rng.random(len(ill)) < shares]
    people.employer[leave] = NOBODY
    people.employed_since[leave] = people.unemployed_since[leave] = np.datetime64("NaT")
