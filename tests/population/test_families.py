from collections import Counter

import numpy as np

from kazna.population import NOBODY
from kazna.population.days import whole_years


def at_start(region):
    return np.flatnonzero(region.people.alive_at_start)


def ages(region):
    return whole_years(region.people.birth_date, np.datetime64(region.start))


def test_mothers_are_sixteen_to_forty_nine_at_every_birth(region):
    people = region.people
    children = np.flatnonzero(people.mother != NOBODY)
    mothers = people.mother[children]
    age = whole_years(people.birth_date[mothers], people.birth_date[children])

    assert (people.sex[mothers] == "F").all()
    assert age.min() >= 16
    assert age.max() <= 49


def test_fathers_are_men_old_enough(region):
    people = region.people
    children = np.flatnonzero(people.father != NOBODY)
    fathers = people.father[children]

    assert (people.sex[fathers] == "M").all()
    assert whole_years(people.birth_date[fathers], people.birth_date[children]).min() >= 15


def test_children_of_one_mother_are_twins_or_ten_months_apart(region):
    people = region.people
    birthdays = {}
    for child in np.flatnonzero(people.mother != NOBODY).tolist():
        birthdays.setdefault(int(people.mother[child]), []).append(people.birth_date[child].astype(int))

    gaps = {int(gap) for days in birthdays.values() for gap in np.diff(sorted(days))}

    assert all(gap == 0 or gap > 270 for gap in gaps)


def test_spouses_name_each_other_share_a_home_and_are_of_age(region):
    people = region.people
    for person in np.flatnonzero(people.spouse != NOBODY).tolist():
        spouse = people.spouse[person]
        assert people.spouse[spouse] == person
        assert people.sex[spouse] != people.sex[person]
        assert people.address[spouse] == people.address[person]
        assert people.married_on[spouse] == people.married_on[person] < np.datetime64(region.start)
        assert whole_years(people.birth_date[person], people.married_on[person]) >= 18


def test_nobody_marries_a_parent_or_a_sibling(region):
    people = region.people
    pairs = [(person, int(people.spouse[person])) for person in np.flatnonzero(people.spouse != NOBODY).tolist()]
    pairs += [(each.person, each.other) for each in region.happenings if each.kind == "marriage"]

    for one, two in pairs:
        for parents in (people.mother, people.father):
            assert parents[one] not in (two, *({parents[two]} - {NOBODY}))
            assert parents[two] != one


def test_minors_live_with_adults_and_have_mothers(region):
    people, age = region.people, ages(region)
    alive = at_start(region)
    homes_of_adults = set(people.household[alive[age[alive] >= 18]].tolist())
    minors = alive[age[alive] < 18]

    assert set(people.household[minors].tolist()) <= homes_of_adults
    assert np.count_nonzero(people.mother[minors] == NOBODY) == 0


def test_families_look_like_the_census(region):
    people, age, alive = region.people, ages(region), at_start(region)
    sizes = np.bincount(people.household[alive])
    minors_of = Counter(Counter(people.mother[alive[age[alive] < 18]].tolist()).values())
    large = sum(count for children, count in minors_of.items() if children >= 3)

    assert 0.39 < np.mean(sizes[sizes > 0] == 1) < 0.44
    assert 0.06 < large / sum(minors_of.values()) < 0.14


def test_names_agree_with_sex_and_father(region):
    people = region.people
    for child in np.flatnonzero(people.father != NOBODY).tolist():
        father = int(people.father[child])
        if people.sex[child] == "M":
            assert people.surname[child] == people.surname[father]
        else:
            assert people.surname[child] != people.surname[father]
    sons_and_fathers = [
        (people.patronymic[child], people.forename[people.father[child]])
        for child in np.flatnonzero((people.father != NOBODY) & (people.sex == "M")).tolist()
    ]
    assert all(patronymic[0] == forename[0] for patronymic, forename in sons_and_fathers)


def test_households_do_not_share_a_flat(region):
    people, alive = region.people, at_start(region)
    homes = dict(zip(people.address[alive].tolist(), people.household[alive].tolist(), strict=True))

    assert len(homes) == len(set(people.household[alive].tolist()))
