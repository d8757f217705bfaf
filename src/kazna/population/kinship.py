"""Whose child everyone is: the births of the past sixty years, month by month, given to women alive today."""

from __future__ import annotations

import numpy as np

from kazna.population.days import days
from kazna.population.draft import Draft
from kazna.population.fertility import TWINS_SHARE, age_in, birth_weights, choose
from kazna.population.people import NOBODY

LOOKS_BACK_YEARS = 62
MOTHER_HERE = ((18, 1.0), (25, 0.85), (35, 0.6), (45, 0.42), (55, 0.28), (62, 0.12))  # until age, share
BEFORE_THE_WEDDING_DAYS = 270
CONFESSED_YEARS = 3  # a later husband may be the father of a child born so long before the wedding
CONFESSED_SHARE = 0.5


def draw_kinship(draft: Draft) -> None:
    """Fill mother and father of the people at the start; twins get one birthday."""
    draw_mothers(draft)
    draw_fathers(draft)
    part_siblings(draft)


def draw_mothers(draft: Draft) -> None:
    rng, people = draft.stream("mothers"), draft.people
    born = people.birth_date[: draft.count]
    women = np.flatnonzero(draft.women())
    women = women[np.argsort(born[women], kind="stable")]
    women_born = born[women]
    has_mother = rng.random(draft.count) < chance_of_mother(draft.ages())
    children = np.flatnonzero(has_mother)
    children = children[np.argsort(born[children], kind="stable")]
    months = born[children].astype("datetime64[M]")
    for group in np.split(children, np.flatnonzero(months[1:] != months[:-1]) + 1):
        month = born[group[0]].astype("datetime64[M]").astype("datetime64[D]")
        oldest, youngest = np.searchsorted(women_born, [month - days(47 * 366), month - days(16 * 365)])
        among = women[oldest:youngest]
        weights = birth_weights(
            ages=age_in(born[among], month),
            children=draft.children[among],
            last_birth=draft.last_birth[among],
            in_marriage=was_married(draft, among, month),
            leaning=draft.leaning[among],
            month=month,
        )
        give_birth(draft, rng, group, among, weights)


def chance_of_mother(ages: np.ndarray) -> np.ndarray:
    until = np.array([age for age, _ in MOTHER_HERE])
    shares = np.array([share for _, share in MOTHER_HERE] + [0.0])
    return shares[np.searchsorted(until, ages, side="right")]


def was_married(draft: Draft, women: np.ndarray, month: np.datetime64) -> np.ndarray:
    now = draft.people.married_on[women] <= month
    return now | ((draft.formerly_from[women] <= month) & (month < draft.formerly_until[women]))


def give_birth(
    draft: Draft, rng: np.random.Generator, babies: np.ndarray, among: np.ndarray, weights: np.ndarray
) -> None:
    """Children of one month go to different women, pairs of twins to one."""
    people = draft.people
    pairs = min(rng.binomial(len(babies), TWINS_SHARE), len(babies) // 2)
    elder, younger = babies[:pairs], babies[pairs : 2 * pairs]
    single_or_elder = np.r_[elder, babies[2 * pairs :]]
    mothers = among[choose(rng, weights, len(single_or_elder))]
    single_or_elder = single_or_elder[: len(mothers)]
    people.mother[single_or_elder] = mothers
    people.mother[younger] = people.mother[elder]
    people.birth_date[younger] = people.birth_date[elder]
    draft.last_birth[mothers] = people.birth_date[single_or_elder]
    np.add.at(draft.children, people.mother[babies[people.mother[babies] != NOBODY]], 1)


def draw_fathers(draft: Draft) -> None:
    """The husband of the time; sometimes the later husband; else nobody known here."""
    rng, people = draft.stream("fathers"), draft.people
    children = np.flatnonzero(people.mother[: draft.count] != NOBODY)
    mothers, born = people.mother[children], people.birth_date[children]
    early = days(BEFORE_THE_WEDDING_DAYS)
    husband, former = people.spouse[mothers], draft.former_spouse[mothers]
    by_husband = born >= people.married_on[mothers] - early
    confessed = born >= people.married_on[mothers] - days(CONFESSED_YEARS * 365)
    by_husband |= confessed & (rng.random(len(children)) < CONFESSED_SHARE)
    by_former = born >= draft.formerly_from[mothers] - early
    by_former &= born < draft.formerly_until[mothers] + early
    fathers = np.where(by_husband, husband, np.where(by_former, former, NOBODY))
    grown = (fathers != NOBODY) & (people.birth_date[fathers] <= born - days(16 * 365.25))
    people.father[children[grown]] = fathers[grown]


def part_siblings(draft: Draft) -> None:
    """Nobody is married, now or before, to a child of the own parents or to a parent."""
    people = draft.people
    everyone = np.arange(draft.count)
    for spouses in (people.spouse[: draft.count], draft.former_spouse[: draft.count]):
        for parents in (people.mother, people.father):
            other = np.where(spouses == NOBODY, everyone, spouses)
            same = (other != everyone) & (parents[everyone] != NOBODY)
            same &= (parents[everyone] == parents[other]) | (parents[everyone] == other)
            people.mother[everyone[same]] = people.father[everyone[same]] = NOBODY
