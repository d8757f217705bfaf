"""Employers, jobs, wages, unemployment and the insurance record at the start."""

from __future__ import annotations

from datetime import date
from statistics import NormalDist

import numpy as np

from kazna.population.days import YEAR_DAYS, days, plus_months
from kazna.population.draft import Draft
from kazna.population.numbers import inns
from kazna.population.region import Employers
from kazna.population.tables import by_age, money_on, rows

BASE_YEAR = 2024  # wages of the columns and of happenings are in money of this year, whenever the life starts
FULL_AGE = 18
PEOPLE_PER_EMPLOYER = 45
LARGEST_EMPLOYERS = 200  # the largest is so many times an average small one
LEGAL_FORMS = ("ООО", "АО", "ГБУ")
STUDENT_YEARS, STUDENT_SHARE = (18, 23), 0.42
REGISTERED_UNEMPLOYED = 0.16  # of people of 18–59 years without a job or studies
WAGE_TO_INCOME = 1.45  # a wage against money income per head
GROWTH_SINCE_2021 = 1.6
CONTRIBUTION_BASE_KOPECKS = 222_500_000  # of BASE_YEAR
STEADY, BROKEN = (8.0, 1.6), (1.4, 4.0)  # parameters of the share of adult life with contributions
BROKEN_SHARE = 0.12
CHILDCARE_YEARS = 0.6  # without contributions, per child


def draw_work(draft: Draft) -> None:
    """Fill employers, wage, job, unemployment, student, insurance record of the people at the start."""
    rng, people, ages = draft.stream("work"), draft.people, draft.ages()
    draft.employers, sizes = draw_employers(draft, rng)
    people.wage_kopecks[:] = draw_wages(rng, draft.room, money_on("minimum_wage", date(BASE_YEAR, 1, 1)))
    grown = ages >= FULL_AGE
    studies = grown & (ages < STUDENT_YEARS[1]) & (rng.random(draft.count) < STUDENT_SHARE)
    people.student[: draft.count] = studies
    rate = np.where(draft.women(), by_age("employed_women")[ages], by_age("employed_men")[ages])
    works = grown & ~studies & (rng.random(draft.count) < rate)
    workers = np.flatnonzero(works)
    people.employer[workers] = rng.choice(len(sizes), len(workers), p=sizes)
    of_age = plus_months(people.birth_date[workers], FULL_AGE * 12)
    wished = draft.first_day - days(rng.exponential(4.5 * YEAR_DAYS, len(workers)) + 1)
    people.employed_since[workers] = np.maximum(wished, np.minimum(of_age, draft.first_day - days(1)))
    looks = grown & (ages < 60) & ~studies & ~works & (rng.random(draft.count) < REGISTERED_UNEMPLOYED)
    seekers = np.flatnonzero(looks)
    people.unemployed_since[seekers] = draft.first_day - days(rng.integers(5, 300, len(seekers)))
    draw_record(draft, rng, ages)


def draw_employers(draft: Draft, rng: np.random.Generator) -> tuple[Employers, np.ndarray]:
    """Employers and the share of all jobs each has."""
    kinds = rows("employers")
    count = max(5, draft.count // PEOPLE_PER_EMPLOYER)
    shares = np.array([float(kind["weight"]) for kind in kinds])
    chosen = rng.choice(len(kinds), count, p=shares / shares.sum())
    forms = rng.choice(LEGAL_FORMS, count, p=(0.7, 0.15, 0.15))
    names = [
        f"{form} «{kinds[kind]['name']} № {number}»"
        for number, (form, kind) in enumerate(zip(forms.tolist(), chosen.tolist(), strict=True), start=1)
    ]
    sizes = 1 + LARGEST_EMPLOYERS / np.arange(1, count + 1)
    okved = [kinds[kind]["okved"] for kind in chosen.tolist()]
    return Employers(inns(rng, count), names, okved), sizes / sizes.sum()


def draw_wages(rng: np.random.Generator, count: int, least: int) -> np.ndarray:
    """Monthly kopecks, whole fifty roubles: log-normal through the income table, brought to wages of BASE_YEAR."""
    table = [row for row in rows("income_distribution_2021h1") if row["to_rub_month"]]
    shares = np.cumsum([float(row["share_percent"]) for row in table]) / 100
    scores = [NormalDist().inv_cdf(share) for share in shares]
    spread, middle = np.polyfit(scores, np.log([float(row["to_rub_month"]) for row in table]), 1)
    roubles = np.exp(rng.normal(middle, spread, count)) * WAGE_TO_INCOME * GROWTH_SINCE_2021
    return np.maximum((np.rint(roubles / 50) * 5000).astype(np.int64), least)


def draw_record(draft: Draft, rng: np.random.Generator, ages: np.ndarray) -> None:
    """Insurance years by a career from about 20; IPK by years and the wage, at most 10 a year."""
    people, count = draft.people, draft.count
    career = np.clip(np.minimum(ages, 66) - rng.integers(18, 24, count), 0, None)
    steady, broken = rng.beta(*STEADY, count), rng.beta(*BROKEN, count)
    share = np.where(rng.random(count) < BROKEN_SHARE, broken, steady)
    years = np.clip(career * share - CHILDCARE_YEARS * draft.children[:count], 0, None)
    people.insurance_years_tenths[:count] = np.floor(years * 10)
    yearly = np.clip(people.wage_kopecks[:count] * 120 / CONTRIBUTION_BASE_KOPECKS, 1.0, 10.0)
    yearly = yearly * rng.uniform(0.75, 1.0, count)
    people.ipk_thousandths[:count] = np.floor(people.insurance_years_tenths[:count] * yearly * 100)
