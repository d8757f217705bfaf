"""Who lives with whom at the start, and where."""

from __future__ import annotations

import numpy as np

from kazna.population.draft import Draft
from kazna.population.people import NOBODY
from kazna.population.tables import by_age, one_person_share

FULL_AGE = 18
GENERATIONS = 4  # of parents under one roof
GUARDIAN_YEARS = (30, 60)


def draw_households(draft: Draft) -> None:
    """Fill household, city, oktmo, address; remember unmarried partners."""
    rng, people, ages = draft.stream("households"), draft.people, draft.ages()
    everyone = np.arange(draft.count)
    mother, spouse = people.mother[: draft.count], people.spouse[: draft.count]
    home = everyone.copy()
    stays = (mother != NOBODY) & (spouse == NOBODY) & (ages >= FULL_AGE)
    stays &= rng.random(draft.count) < by_age("with_parents")[ages]
    stays |= (ages < FULL_AGE) & (mother != NOBODY)
    with_husband = (spouse != NOBODY) & draft.women()
    for _ in range(GENERATIONS):
        home[with_husband] = home[spouse[with_husband]]
        home[stays] = home[mother[stays]]
    orphans = np.flatnonzero((ages < FULL_AGE) & (mother == NOBODY))
    guardians = everyone[(ages >= GUARDIAN_YEARS[0]) & (ages < GUARDIAN_YEARS[1])]
    home[orphans] = home[rng.choice(guardians, len(orphans))] if len(guardians) else home[orphans]
    move_together(draft, rng, home, ages)
    settle(draft, home)


def move_together(draft: Draft, rng: np.random.Generator, home: np.ndarray, ages: np.ndarray) -> None:
    """Pair people who live alone, men with women of near age, until the census share of the alone is met."""
    sizes = np.bincount(home, minlength=draft.count)
    alone = np.flatnonzero((sizes[home] == 1) & (ages >= FULL_AGE))
    share = one_person_share()
    surplus = int((len(alone) - share * np.count_nonzero(sizes)) / (2 - share))
    women = draft.women()[alone]
    pairs = max(0, min(surplus, women.sum(), (~women).sum()))
    chosen_women = rng.choice(alone[women], pairs, replace=False)
    chosen_men = rng.choice(alone[~women], pairs, replace=False)
    born = draft.people.birth_date
    chosen_women = chosen_women[np.argsort(born[chosen_women], kind="stable")]
    chosen_men = chosen_men[np.argsort(born[chosen_men], kind="stable")]
    home[chosen_women] = home[chosen_men]
    draft.partner[chosen_women], draft.partner[chosen_men] = chosen_men, chosen_women
    flatmates = max(0, surplus - pairs)
    rest = rng.permutation(np.setdiff1d(alone, np.r_[chosen_women, chosen_men]))
    flatmates = min(flatmates, len(rest) // 2)
    home[rest[:flatmates]] = home[rest[flatmates : 2 * flatmates]]


def settle(draft: Draft, home: np.ndarray) -> None:
    """Number the households and give each a flat."""
    people, alive = draft.people, slice(draft.count)
    _, people.household[alive] = np.unique(home, return_inverse=True)
    flats = draft.addresses.take(int(people.household[alive].max()) + 1)
    people.address[alive] = flats[people.household[alive]]
    people.city[alive] = draft.addresses.city
    people.oktmo[alive] = draft.addresses.oktmo
