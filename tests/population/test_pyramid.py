import numpy as np
import pytest

from kazna.population.days import whole_years
from kazna.population.tables import pyramid


def test_people_by_sex_and_age_follow_the_un_table(region):
    people, count = region.people, int(region.people.alive_at_start.sum())
    ages = whole_years(people.birth_date[:count], np.datetime64(region.start))
    table = pyramid(region.start)
    total = sum(table.values())

    for (sex, first_age), expected in table.items():
        last_age = first_age + 4 if first_age < 100 else 200
        found = np.count_nonzero((people.sex[:count] == sex) & (ages >= first_age) & (ages <= last_age))
        assert found / count == pytest.approx(expected / total, abs=0.001), (sex, first_age)


def test_nobody_is_born_after_the_start_but_the_children_of_the_life(region):
    born_before = region.people.birth_date < np.datetime64(region.start)

    assert (born_before == region.people.alive_at_start).all()
