"""Marriages that exist at the start, and those that ended before it."""

from __future__ import annotations

import numpy as np

from kazna.population.days import YEAR_DAYS, between, days, plus_months
from kazna.population.draft import Draft
from kazna.population.tables import by_age

HUSBAND_OLDER_YEARS = (2.3, 3.2)  # mean and deviation
BRIDE_AGE_YEARS = (25.0, 4.5)
MARRIAGE_MONTHS = 18 * 12
WAITS_YEARS = 3  # how far from the wished age a husband is still taken
MEN_WHO_MARRY = 0.92  # of an age


def draw_couples(draft: Draft) -> None:
    """Fill spouse and married_on; remember past marriages of the divorced."""
    rng, people = draft.stream("couples"), draft.people
    ages, women = draft.ages(), draft.women()
    lots = rng.random(draft.count)
    married, divorced = by_age("married_women")[ages], by_age("divorced_women")[ages]
    free_men = ~women & (ages >= 19)
    wives, husbands = match(rng, np.flatnonzero(women & (ages >= 19) & (lots < married)), free_men, ages)
    wives, husbands, wedding = weddings(draft, rng, wives, husbands)
    people.spouse[wives], people.spouse[husbands] = husbands, wives
    people.married_on[wives] = people.married_on[husbands] = wedding
    free_men[husbands] = False
    apart = women & (ages >= 20) & (lots >= married) & (lots < married + divorced)
    wives, husbands = match(rng, np.flatnonzero(apart), free_men & (ages >= 20), ages)
    wives, husbands, wedding = weddings(draft, rng, wives, husbands)
    draft.former_spouse[wives], draft.former_spouse[husbands] = husbands, wives
    parted = between(rng, wedding, np.full(len(wedding), draft.first_day) - days(1))
    for side in (wives, husbands):
        draft.formerly_from[side], draft.formerly_until[side] = wedding, parted


def match(
    rng: np.random.Generator, women: np.ndarray, free_men: np.ndarray, ages: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pair women with men of about the age they wish; who finds nobody within three years stays alone."""
    wished = np.rint(ages[women] + rng.normal(*HUSBAND_OLDER_YEARS, len(women))).astype(int)
    waiting, wives, husbands = [], [], []
    for age in range(18, int(ages.max(initial=0)) + 1):
        waiting = [(woman, wish) for woman, wish in waiting if age - wish < WAITS_YEARS]
        waiting += [(woman, age) for woman in women[wished == age].tolist()]
        men = rng.permutation(np.flatnonzero(free_men & (ages == age)))
        men = men[: int(np.ceil(len(men) * MEN_WHO_MARRY))]
        pairs = min(len(men), len(waiting))
        wives += [woman for woman, _ in waiting[:pairs]]
        husbands += men[:pairs].tolist()
        waiting = waiting[pairs:]
    return np.array(wives, dtype=int), np.array(husbands, dtype=int)


def weddings(
    draft: Draft, rng: np.random.Generator, wives: np.ndarray, husbands: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days of the weddings: the bride about 25, both of age, before the start; too young pairs drop out."""
    born = draft.people.birth_date
    of_age = plus_months(np.maximum(born[wives], born[husbands]), MARRIAGE_MONTHS)
    last = draft.first_day - days(30)
    wished = born[wives] + days(rng.normal(*BRIDE_AGE_YEARS, len(wives)) * YEAR_DAYS)
    anyhow = between(rng, of_age, np.maximum(last, of_age))
    wedding = np.where((wished >= of_age) & (wished <= last), wished, anyhow)
    possible = of_age <= last
    return wives[possible], husbands[possible], wedding[possible]
