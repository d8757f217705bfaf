"""Sex and birth date of everyone alive at the start, by the UN table."""

from __future__ import annotations

import numpy as np

from kazna.population.days import YEAR_DAYS, days
from kazna.population.draft import Draft
from kazna.population.tables import pyramid

BAND_YEARS = 5


def draw_pyramid(draft: Draft) -> None:
    """Fill sex, birth_date, alive_at_start; bands of the table are met to one person, order is random."""
    rng = draft.stream("pyramid")
    bands = sorted(pyramid(draft.start).items())
    counts = largest_remainders(np.array([people for _, people in bands]), draft.count)
    sexes = np.repeat(np.array([sex for (sex, _), _ in bands], dtype=object), counts)
    first_ages = np.repeat([age for (_, age), _ in bands], counts)
    order = rng.permutation(draft.count)
    age_days = np.floor((first_ages + rng.random(draft.count) * BAND_YEARS) * YEAR_DAYS)
    people, alive = draft.people, slice(draft.count)
    people.sex[alive] = sexes[order]
    people.birth_date[alive] = draft.first_day - days(age_days[order] + 1)
    people.alive_at_start[alive] = True


def largest_remainders(weights: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers in proportion to weights that add up to total."""
    exact = weights / weights.sum() * total
    counts = np.floor(exact).astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: total - counts.sum()]] += 1
    return counts
