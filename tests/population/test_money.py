from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from kazna.kernel.money import round_half_up
from kazna.population import NOBODY, incomes
from kazna.population.days import whole_years
from kazna.population.pensions import pension_days


@pytest.mark.parametrize(
    ("sex", "born", "reached"),
    [
        ("F", "1963-12-31", "2018-12-31"),
        ("F", "1966-03-10", "2024-03-10"),
        ("F", "1967-08-31", "2026-08-31"),
        ("F", "1968-01-01", "2028-01-01"),
        ("M", "1961-05-05", "2024-05-05"),
        ("M", "1962-05-05", "2026-05-05"),
        ("M", "1990-05-05", "2055-05-05"),
    ],
)
def test_pension_age_follows_the_transition(sex, born, reached):
    days = pension_days(np.array([born], dtype="datetime64[D]"), np.array([sex], dtype=object))

    assert days[0] == np.datetime64(reached)


def test_old_age_pensions_are_points_by_their_cost_plus_the_fixed_payment(region):
    for index in np.flatnonzero(region.people.pension_type == "old_age").tolist():
        pension = region.person(index).pension
        exact = Fraction(pension.ipk_thousandths, 1000) * 13305 + 813488
        assert pension.amount_kopecks == round_half_up(exact)
        assert pension.since <= region.start


def test_most_but_not_all_have_earned_a_pension_at_its_age(region):
    people = region.people
    reached = pension_days(people.birth_date, people.sex)
    near = np.abs((reached - np.datetime64(region.start)).astype(int)) < 1500
    earned = (people.insurance_years_tenths >= 150) & (people.ipk_thousandths >= 30_000)

    assert 0.75 < earned[near].mean() < 0.95


def test_disability_grows_with_age(region):
    people = region.people
    alive = people.alive_at_start
    age = whole_years(people.birth_date, np.datetime64(region.start))
    share = [
        (people.disability_group[alive & (age >= least) & (age < most)] != "").mean()
        for least, most in ((0, 18), (18, 40), (40, 60), (60, 80), (80, 120))
    ]

    assert 0.01 < share[0] < 0.03
    assert share[1:] == sorted(share[1:])
    assert 0.07 < (people.disability_group[alive] != "").mean() < 0.09


def test_a_steady_job_pays_every_month_and_nobody_else_is_paid(region):
    people = region.people
    busy = {each.person for each in region.happenings} | set(people.mother.tolist())
    steady = [
        person
        for person in np.flatnonzero(people.employer != NOBODY).tolist()
        if person not in busy and people.employed_since[person] < np.datetime64("2024-01-01")
    ]
    idle = [person for person in np.flatnonzero(people.employer == NOBODY).tolist() if person not in busy]

    first = steady[0]
    wage = int(people.wage_kopecks[first])

    assert incomes(region, first, 2024) == dict.fromkeys(range(1, 13), wage)
    assert set(incomes(region, first, 2026)) == set(range(1, 11))
    assert incomes(region, idle[0], 2025) == {}


def test_a_month_of_dismissal_is_paid_by_days_worked(region):
    dismissals = [each for each in region.happenings if each.kind == "dismissed" and each.day.day < 28]
    mothers = set(region.people.mother.tolist())
    leaving = next(
        each
        for each in dismissals
        if each.person not in mothers and [other.kind for other in region.happenings_of(each.person)] == ["dismissed"]
    )
    whole, part = leaving.day.replace(day=1), leaving.day
    year = incomes(region, leaving.person, part.year)

    assert year[whole.month] > 0
    assert all(month <= part.month for month in year)


def test_nobody_earns_less_than_the_minimum_in_a_whole_month(region):
    for person in np.flatnonzero(region.people.employer != NOBODY)[:300].tolist():
        if not region.happenings_of(person) and person not in set(region.people.mother.tolist()):
            assert all(kopecks >= 2_244_000 for kopecks in incomes(region, person, 2025).values())


def test_mothers_on_leave_earn_nothing(region):
    births = [each for each in region.happenings if each.kind == "birth" and each.day < date(2025, 6, 1)]

    for birth in births:
        months = incomes(region, birth.other, 2025)
        assert not any(month in months for month in range(7, 13))
