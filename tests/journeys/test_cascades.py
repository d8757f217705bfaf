"""Cascades of life events on one real database: what is granted, what ends, what people are told."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine
from tests.journeys.families import applied, born, granted, poor, told

from kazna.contexts.cases import public as cases

pytestmark = pytest.mark.django_db

CAPITAL, GRANT, BENEFIT = "ru-maternity-capital", "ru-birth-grant", "ru-child-benefit"
EDV, SOCIAL, INSURANCE = "ru-disability-monthly", "ru-disability-pension-social", "ru-disability-pension-insurance"
SUPPLEMENT = "ru-social-supplement"


@pytest.fixture
def spine():
    spine = Spine(date(2026, 2, 16))
    yield spine
    done = cases.replay_all()  # whatever happened, every decision comes out the same again
    assert not done.differences, done.differences[:3]


def test_1_a_birth_brings_capital_grant_and_benefit_and_a_death_ends_only_the_benefit(spine):
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    assert {CAPITAL, GRANT} <= granted(spine, mother)
    applied(spine, mother, BENEFIT, child)
    assert BENEFIT in spine.live(mother)
    spine.until(date(2026, 3, 16), daily_work=False)

    spine.dies(child, date(2026, 3, 14))

    benefit = spine.awards(mother, BENEFIT)[-1]
    assert benefit.stop.stops_on == date(2026, 4, 1)
    assert not hasattr(spine.awards(mother, CAPITAL)[-1], "stop")
    assert not hasattr(spine.awards(mother, GRANT)[-1], "stop")
    assert "Прекращено" in told(mother)


def test_2_disability_brings_payments_at_once(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M", job=True)

    spine.disabled(man, "I", date(2026, 2, 12))

    assert EDV in granted(spine, man)
    assert granted(spine, man) & {SOCIAL, INSURANCE}
    assert "Назначено" in told(man)


def test_2a_an_expiring_disability_is_warned_of_and_ends(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.disabled(man, "II", date(2026, 2, 12), date(2026, 6, 1))
    spine.until(date(2026, 4, 2), daily_work=False)
    spine.until(date(2026, 6, 2), daily_work=False)

    assert EDV not in spine.live(man)


def test_3_a_breadwinner_dies_and_the_benefit_stays_to_its_term(spine):
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    father = spine.person("Пётр", date(1986, 3, 3), "M", job=True)
    spine.tell("family.parent", child, date(2026, 2, 10), {"role": "father", "act": "b/1", "order": 1},
               thing="family.parent/father", about=father, source="zags")  # fmt: skip
    poor(spine, father)
    applied(spine, mother, BENEFIT, child)
    before = [(a.amount_kopecks, a.last_day) for a in spine.awards(mother, BENEFIT)]
    spine.until(date(2026, 3, 16), daily_work=False)

    spine.dies(father, date(2026, 3, 10))

    assert [(a.amount_kopecks, a.last_day) for a in spine.awards(mother, BENEFIT)] == before
    assert all(not hasattr(a, "stop") for a in spine.awards(mother, BENEFIT))


def test_4_moving_to_another_region_ends_the_supplement_of_the_old_one(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))
    assert SUPPLEMENT in spine.live(man)
    spine.until(date(2026, 4, 2), daily_work=False)

    home = {"region": "63", "oktmo": "36000000", "address": "г. Самара, ул. Мира, д. 1", "permanent": True}
    spine.tell("person.residence", man, date(2026, 3, 20), home, thing="new home", source="mvd")

    assert spine.awards(man, SUPPLEMENT)[0].stop.stops_on == date(2026, 4, 1)
    assert not hasattr(spine.awards(man, EDV)[0], "stop")


def test_5_work_ends_the_supplement_and_its_end_is_seen(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))
    spine.until(date(2026, 4, 2), daily_work=False)

    job = {"employer_inn": "7799000001", "reason": None}
    spine.tell("employment", man, date(2026, 3, 20), job, thing="job", source="sfr")
    assert spine.awards(man, SUPPLEMENT)[0].stop.stops_on == date(2026, 4, 1)
    spine.until(date(2026, 7, 2), daily_work=False)
    spine.tell("employment", man, date(2026, 3, 20), job, thing="job", until=date(2026, 6, 20), source="sfr")

    assert SUPPLEMENT in spine.live(man)
    assert spine.awards(man, SUPPLEMENT)[-1].first_day == date(2026, 7, 1)


def test_8_alimony_after_the_decision_waits_for_the_renewal(spine):
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    applied(spine, mother, BENEFIT, child)
    before = [(a.amount_kopecks, a.last_day) for a in spine.awards(mother, BENEFIT)]
    spine.until(date(2026, 5, 16), daily_work=False)

    spine.tell("income.year", mother, date(2026, 1, 1), {"year": 2026, "months": {"03": 9_000_000}}, thing="2026",
               source="fns")  # fmt: skip

    assert [(a.amount_kopecks, a.last_day) for a in spine.awards(mother, BENEFIT)] == before


def test_a_death_ends_everything_of_the_person_and_nobody_writes_to_the_dead(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.disabled(man, "II", date(2026, 2, 12), date(2030, 1, 1))
    spine.until(date(2026, 4, 2), daily_work=False)
    before = told(man)

    spine.dies(man, date(2026, 3, 28))

    assert spine.live(man) == {}
    assert told(man) == before


def test_a_job_lost_stops_nothing_of_the_family(spine):
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    applied(spine, mother, BENEFIT, child)
    before = spine.live(mother)
    spine.until(date(2026, 4, 2), daily_work=False)

    spine.tell("employment", mother, date(2020, 1, 9), {"employer_inn": "7799000001", "reason": "liquidation"},
               thing="employment/2020-01-09", until=date(2026, 3, 20), source="mvd")  # fmt: skip

    assert spine.live(mother) == before


def test_a_third_child_makes_the_family_large(spine):
    mother = spine.person(job=True)
    for number in (1, 2, 3):
        born(spine, mother, number)

    assert len(spine.awards(mother, GRANT)) == 3
    assert len(spine.awards(mother, CAPITAL)) >= 1
