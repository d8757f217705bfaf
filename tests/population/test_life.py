"""Two years of life: nothing happens to the dead, nothing twice, nothing before its time."""

from collections import defaultdict
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kazna.population import NOBODY, Region, generate_region
from kazna.population.days import working_days


def deaths_of(region: Region) -> dict[int, date]:
    return {each.person: each.day for each in region.happenings if each.kind == "death"}


def check_dead_do_nothing(region: Region) -> None:
    deaths = deaths_of(region)
    assert len(deaths) == sum(each.kind == "death" for each in region.happenings)
    for each in region.happenings:
        if each.kind == "birth":
            assert each.day <= deaths.get(each.person, date.max)
            assert each.day <= deaths.get(each.other, date.max)
        elif each.kind in ("marriage", "divorce"):
            assert each.day < min(deaths.get(each.person, date.max), deaths.get(each.other, date.max))
        elif each.kind != "death":
            assert each.day < deaths.get(each.person, date.max), each


def check_one_spouse_at_a_time(region: Region) -> None:
    deaths = deaths_of(region)
    spouse = {person: other for person, other in enumerate(region.people.spouse.tolist()) if other != NOBODY}
    for each in region.happenings:
        if each.kind == "marriage":
            for side in (each.person, each.other):
                former = spouse.get(side)
                assert former is None or deaths.get(former, date.max) < each.day
            spouse[each.person], spouse[each.other] = each.other, each.person
        elif each.kind == "divorce":
            assert spouse.pop(each.person) == each.other
            assert spouse.pop(each.other) == each.person


def check_one_job_at_a_time(region: Region) -> None:
    job = dict(enumerate(region.people.employer.tolist()))
    unemployed = set(np.flatnonzero(~np.isnat(region.people.unemployed_since)).tolist())
    for each in region.happenings:
        if each.kind == "hired":
            assert job[each.person] == NOBODY
            assert 0 <= each.other < len(region.employers)
            job[each.person] = each.other
        elif each.kind == "dismissed":
            assert job[each.person] == each.other
            job[each.person] = NOBODY
        elif each.kind == "unemployed_from":
            assert job[each.person] == NOBODY
            assert each.person not in unemployed
            unemployed.add(each.person)
        elif each.kind == "unemployed_to":
            unemployed.remove(each.person)


def check_disability_terms(region: Region) -> None:
    group = dict(enumerate(region.people.disability_group.tolist()))
    until = dict(enumerate(region.people.disability_until.tolist()))
    for each in region.happenings:
        if each.kind == "disability_set":
            assert group[each.person] == ""
        elif each.kind == "disability_renewed":
            assert until[each.person].isoformat() == each.details["from"]
        elif each.kind == "disability_ended":
            assert until[each.person] == each.day
            group[each.person], until[each.person] = "", None
        if each.kind in ("disability_set", "disability_renewed"):
            details = each.details
            group[each.person] = details["group"]
            until[each.person] = details["to"] and date.fromisoformat(details["to"])


def check_order_and_registration(region: Region) -> None:
    days = [each.day for each in region.happenings]
    working = set(working_days().tolist())
    assert days == sorted(days)
    for each in region.happenings:
        assert region.start <= each.day <= each.registered_on <= region.end
        assert each.registered_on in working, each


CHECKS = (
    check_dead_do_nothing,
    check_one_spouse_at_a_time,
    check_one_job_at_a_time,
    check_disability_terms,
    check_order_and_registration,
)


def test_life_is_consistent(region):
    for check in CHECKS:
        check(region)


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    people=st.integers(100, 700),
    start=st.dates(date(2024, 1, 1), date(2025, 6, 30)),
    length=st.integers(30, 700),
)
def test_any_small_region_lives_consistently(seed, people, start, length):
    end = date.fromordinal(start.toordinal() + length)
    region = generate_region(people=people, seed=seed, start=start, end=end)

    for check in CHECKS:
        check(region)


def test_births_are_registered_within_twenty_days(region):
    births = [each for each in region.happenings if each.kind == "birth"]

    assert all(1 <= (each.registered_on - each.day).days <= 20 for each in births)
    assert len({each.person for each in births}) == len(births) == len(region.people) - 12_000


def test_newborns_get_a_number_after_the_registration(region):
    births = {each.person: each for each in region.happenings if each.kind == "birth"}
    given_numbers = [each for each in region.happenings if each.kind == "newborn_snils"]

    assert len(given_numbers) > 0.9 * len(births)
    assert all(each.day > births[each.person].registered_on for each in given_numbers)


def test_twins_are_told_as_twins(region):
    by_mother_and_day = defaultdict(list)
    for each in region.happenings:
        if each.kind == "birth":
            by_mother_and_day[each.other, each.day].append(each.details["multiple"])

    assert all(set(multiples) == {len(multiples)} for multiples in by_mother_and_day.values())


def test_yearly_rates_are_plausible(region):
    per_1000 = defaultdict(float)
    for each in region.happenings:
        per_1000[each.kind] += 1000 / 12_000 / 2

    expected = {
        "birth": (8, 10),
        "death": (11, 17),
        "marriage": (4.5, 7.5),
        "divorce": (3, 5),
        "disability_set": (2.8, 5),
        "dismissed": (55, 75),
        "hired": (50, 75),
        "move": (20, 45),
    }
    for kind, (least, most) in expected.items():
        assert least < per_1000[kind] < most, (kind, per_1000[kind])


def test_every_kind_of_happening_occurs(region):
    assert {each.kind for each in region.happenings} == {
        *("birth", "newborn_snils", "death", "marriage", "divorce", "name_change", "move", "hired"),
        *("dismissed", "unemployed_from", "unemployed_to", "disability_set", "disability_renewed"),
        *("disability_ended", "pension_age"),
    }
