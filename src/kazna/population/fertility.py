"""How likely each woman is to give birth in a month, for families at the start and in the life alike."""

from __future__ import annotations

import numpy as np

from kazna.population.days import YEAR_DAYS, days
from kazna.population.tables import by_age

YOUNGEST_YEARS, OLDEST_YEARS = 16, 46
SPACING_DAYS = 330
MONTHS_WITH_CHILDREN = np.array([1.0, 0.85, 0.34, 0.28, 0.22, 0.2, 0.15])  # by children already born
OUTSIDE_MARRIAGE = 0.22
TWINS_SHARE = 0.011
BOYS_SHARE = 0.514


def birth_weights(
    *,
    ages: np.ndarray,
    children: np.ndarray,
    last_birth: np.ndarray,
    in_marriage: np.ndarray,
    leaning: np.ndarray,
    month: np.datetime64,
) -> np.ndarray:
    """Relative chances in the month that starts on `month`; zero for those too young, old or just delivered."""
    fertile = (ages >= YOUNGEST_YEARS) & (ages <= OLDEST_YEARS)
    rested = np.isnat(last_birth) | (month - last_birth > days(SPACING_DAYS))
    shape = by_age("births_per_1000")[np.clip(ages, 0, 100)]
    parity = MONTHS_WITH_CHILDREN[np.minimum(children, len(MONTHS_WITH_CHILDREN) - 1)]
    return shape * parity * leaning * np.where(in_marriage, 1.0, OUTSIDE_MARRIAGE) * (fertile & rested)


def choose(rng: np.random.Generator, weights: np.ndarray, count: int) -> np.ndarray:
    """Places of up to `count` different candidates, drawn in proportion to their weights."""
    places = np.flatnonzero(weights > 0)
    waits = rng.exponential(size=len(places)) / weights[places]
    if count >= len(places):
        return rng.permutation(places)
    return rng.permutation(places[np.argpartition(waits, count)[:count]])


def leanings(rng: np.random.Generator, count: int) -> np.ndarray:
    """How much each woman wants children, around 1."""
    return np.exp(rng.normal(0, 0.45, count))


def age_in(born: np.ndarray, month: np.datetime64) -> np.ndarray:
    """Whole years at a month, precise enough for rates."""
    return ((month - born).astype(int) // YEAR_DAYS).astype(int)
