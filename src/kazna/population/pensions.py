"""The age of the old-age pension and the pensions paid at the start."""

from __future__ import annotations

import numpy as np

from kazna.population.days import plus_months
from kazna.population.draft import Draft
from kazna.population.people import NOBODY
from kazna.population.tables import money_on

# Federal law 350-ФЗ: months of age by year of birth; before the first and after the last row the age is steady.
WOMEN_MONTHS = {1963: 660, 1964: 666, 1965: 678, 1966: 696, 1967: 708, 1968: 720}
MEN_MONTHS = {1958: 720, 1959: 726, 1960: 738, 1961: 756, 1962: 768, 1963: 780}
SOCIAL_LATER_MONTHS = 60
LEAST_YEARS_TENTHS, LEAST_IPK_THOUSANDTHS = 150, 30_000
FIXED_SHARE_HALVES = {"I": 4, "II": 2, "III": 1}  # halves of the fixed payment in a disability pension
SOCIAL_SHARE_PERCENT = {"I": 200, "II": 100, "III": 85, "child": 240}
SOCIAL_SHARE_FROM_CHILDHOOD = {"I": 240, "II": 200, "III": 85, "child": 240}
FULL_AGE, SURVIVORS_SHARE = 18, 0.12


def pension_days(born: np.ndarray, sex: np.ndarray) -> np.ndarray:
    """The day each person reaches the age of the old-age insurance pension."""
    years = born.astype("datetime64[Y]").astype(int) + 1970
    women = np.array(list(WOMEN_MONTHS.values()))[np.clip(years - min(WOMEN_MONTHS), 0, 5)]
    men = np.array(list(MEN_MONTHS.values()))[np.clip(years - min(MEN_MONTHS), 0, 5)]
    return plus_months(born, np.where(sex == "F", women, men))


def insurance_kopecks(ipk_thousandths: np.ndarray, fixed_kopecks: np.ndarray | int, point: int) -> np.ndarray:
    """IPK times the cost of a point plus the fixed payment, half a kopeck up."""
    return (ipk_thousandths * point + 500) // 1000 + fixed_kopecks


def draw_pensions(draft: Draft) -> None:
    """Fill the pension of those who have a right to one at the start; everyone has claimed it."""
    people, alive = draft.people, slice(draft.count)
    point, fixed = money_on("pension_point", draft.start), money_on("fixed_payment", draft.start)
    social = money_on("social_pension", draft.start)
    years, ipk = people.insurance_years_tenths[alive], people.ipk_thousandths[alive]
    since = pension_days(people.birth_date[alive], people.sex[alive])
    since_social = plus_months(since, SOCIAL_LATER_MONTHS)
    earned = (years >= LEAST_YEARS_TENTHS) & (ipk >= LEAST_IPK_THOUSANDTHS)
    old_age = earned & (since <= draft.first_day)
    social_old_age = ~earned & (since_social <= draft.first_day)
    group = people.disability_group[alive]
    disabled = (group != "") & ~old_age & ~social_old_age
    insured = disabled & (years > 0) & (group != "child")
    by_group = np.array([FIXED_SHARE_HALVES.get(each, 0) for each in group])
    award(draft, old_age, "old_age", insurance_kopecks(ipk, fixed, point), since)
    award(draft, social_old_age, "social_old_age", np.full(draft.count, social), since_social)
    disabled_since = people.disability_since[alive]
    halves = (fixed * by_group + 1) // 2
    award(draft, insured, "disability", insurance_kopecks(ipk, halves, point), disabled_since)
    early = people.disability_from_childhood[alive]
    percent = [
        (SOCIAL_SHARE_FROM_CHILDHOOD if is_early else SOCIAL_SHARE_PERCENT).get(each, 0)
        for each, is_early in zip(group.tolist(), early.tolist(), strict=True)
    ]
    amounts = (social * np.array(percent) + 50) // 100
    award(draft, disabled & ~insured, "social_disability", amounts, disabled_since)
    award_survivors(draft, social)


def award(draft: Draft, who: np.ndarray, kind: str, kopecks: np.ndarray, since: np.ndarray) -> None:
    people, chosen = draft.people, np.flatnonzero(who)
    people.pension_type[chosen] = kind
    people.pension_kopecks[chosen] = kopecks[chosen]
    people.pension_since[chosen] = since[chosen]


def award_survivors(draft: Draft, social_kopecks: int) -> None:
    """Children of some mothers without a known father: the father is dead and they have his pension."""
    rng, people = draft.stream("survivors"), draft.people
    mother = people.mother[: draft.count]
    widows = rng.random(draft.count) < SURVIVORS_SHARE
    who = (draft.ages() < FULL_AGE) & (people.father[: draft.count] == NOBODY) & (mother != NOBODY)
    who &= widows[mother] & (people.pension_type[: draft.count] == "")
    born = people.birth_date[: draft.count]
    since = born + (draft.first_day - born) // 2
    award(draft, who, "survivor", np.full(draft.count, social_kopecks), since)
