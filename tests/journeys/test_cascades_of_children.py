"""Cascades of a child's life: who cares for it changes, it grows up, studies, loses a breadwinner."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine
from tests.factories.people import ACCOUNT
from tests.journeys.families import applied, born, granted, offered, poor, survivor, told

from kazna.contexts.cases import public as cases
from kazna.contexts.payments.models import Payee

pytestmark = pytest.mark.django_db

BENEFIT, PLACEMENT, SURVIVOR = "ru-child-benefit", "ru-child-placement-grant", "ru-survivor-pension-social"


@pytest.fixture
def spine():
    spine = Spine(date(2026, 2, 16))
    yield spine
    done = cases.replay_all()
    assert not done.differences, done.differences[:3]


@pytest.fixture
def benefit(spine):
    """A mother with a child whose benefit is in payment in spring."""
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    applied(spine, mother, BENEFIT, child)
    assert BENEFIT in spine.live(mother)
    spine.until(date(2026, 4, 16), daily_work=False)
    return mother, child


def placed(spine, child, form, role, on=date(2026, 4, 10)):
    """Bodies of guardianship gave the child to another person; returns who took it."""
    other = spine.person("Вера", date(1970, 9, 16), job=True)
    spine.tell("family.parent", child, on, {"role": role, "act": "p/1", "order": None}, thing="placement",
               about=other, source="opeka")  # fmt: skip
    value = {"form": form, "without_care": True, "by_stepparent": False, "siblings": False, "paid": False}
    spine.tell("family.placement", child, on, value, source="opeka")
    return other


@pytest.mark.parametrize(("form", "role"), [("guardianship", "guardian"), ("adoption", "adoptive")])
def test_who_took_the_child_is_offered_what_the_mother_received(spine, benefit, form, role):
    mother, child = benefit

    other = placed(spine, child, form, role)

    assert spine.awards(mother, BENEFIT)[-1].stop.stops_on == date(2026, 5, 1)
    assert "Прекращено" in told(mother)
    assert PLACEMENT in offered(other)
    spine.until(date(2026, 5, 1), daily_work=False)
    assert BENEFIT in offered(other)


def test_a_childs_own_pension_is_paid_to_the_guardian(spine):
    mother = spine.person()
    spine.tell("person.account", mother, spine.day, ACCOUNT, source="citizen")
    child = born(spine, mother, on=date(2015, 5, 20))
    survivor(spine, child, date(2026, 2, 12))
    assert Payee.objects.get(person_id=child).holder_id == mother

    guardian = placed(spine, child, "guardianship", "guardian", date(2026, 2, 14))
    spine.tell("person.account", guardian, spine.day, {**ACCOUNT, "account": "40817810938160000002"}, source="citizen")

    payee = Payee.objects.get(person_id=child)
    assert (payee.holder_id, payee.account) == (guardian, "40817810938160000002")


def test_adoption_leaves_the_child_its_survivor_pension(spine):
    """Family Code, article 138."""
    mother = spine.person()
    spine.tell("person.account", mother, spine.day, ACCOUNT, source="citizen")
    child = born(spine, mother, on=date(2015, 5, 20))
    survivor(spine, child, date(2026, 2, 12))
    before = [(award.amount_kopecks, award.last_day) for award in spine.awards(child, SURVIVOR)]
    spine.until(date(2026, 3, 16), daily_work=False)

    placed(spine, child, "adoption", "adoptive", date(2026, 3, 10))

    assert before
    assert [(award.amount_kopecks, award.last_day) for award in spine.awards(child, SURVIVOR)] == before
    assert not any(hasattr(award, "stop") for award in spine.awards(child, SURVIVOR))


def test_parental_rights_lost_end_the_payment_to_that_parent_and_open_it_to_the_other(spine, benefit):
    mother, child = benefit
    father = spine.person("Пётр", date(1986, 3, 3), "M", job=True)
    spine.tell("family.parent", child, date(2026, 2, 10), {"role": "father", "act": "b/1", "order": 1},
               thing="father", about=father, source="zags")  # fmt: skip

    spine.tell("family.custody_lost", child, date(2026, 4, 10), {}, about=mother, source="opeka")

    assert spine.awards(mother, BENEFIT)[-1].stop.stops_on == date(2026, 5, 1)
    spine.until(date(2026, 5, 1), daily_work=False)
    assert BENEFIT in offered(father)


@pytest.fixture
def orphan(spine):
    """Seventeen years old, a pension for the father in payment."""
    mother = spine.person(job=True)
    child = born(spine, mother, on=date(2008, 3, 20))
    survivor(spine, child, date(2026, 2, 12))
    assert spine.awards(child, SURVIVOR)[-1].last_day == date(2026, 3, 19)
    return child


def test_eighteen_without_study_ends_the_pension_and_study_told_late_restores_it_from_its_first_day(spine, orphan):
    spine.until(date(2026, 3, 19), daily_work=False)
    spine.until(date(2026, 3, 21), daily_work=False)
    assert spine.live(orphan) == {}
    spine.until(date(2026, 10, 12), daily_work=False)

    spine.tell("education.fulltime", orphan, date(2026, 9, 1), until=date(2030, 7, 1), source="school")

    pension = spine.awards(orphan, SURVIVOR)[-1]
    assert (pension.first_day, pension.last_day) == (date(2026, 9, 1), date(2030, 6, 30))


def test_a_student_goes_on_at_eighteen_without_a_word_and_the_end_of_study_ends_it(spine, orphan):
    spine.tell("education.fulltime", orphan, date(2025, 9, 1), until=date(2030, 7, 1), source="school")
    spine.until(date(2026, 3, 19), daily_work=False)
    spine.until(date(2026, 3, 20), daily_work=False)
    assert spine.awards(orphan, SURVIVOR)[-1].first_day == date(2026, 3, 20)
    spine.until(date(2027, 2, 16), daily_work=False)

    spine.tell("education.fulltime", orphan, date(2025, 9, 1), until=date(2027, 2, 1), source="school")

    assert spine.live(orphan) == {}
    assert spine.awards(orphan, SURVIVOR)[-1].stop.stops_on == date(2027, 2, 1)


def test_a_breadwinners_death_brings_the_pension_and_leaves_the_benefit_to_its_term(spine, benefit):
    mother, child = benefit
    before = spine.live(mother)[BENEFIT]

    survivor(spine, child, date(2026, 4, 10))

    assert SURVIVOR in granted(spine, child)
    assert spine.live(mother)[BENEFIT] == before


def test_a_birth_date_told_wrong_moves_the_end_of_the_benefit(spine):
    mother = spine.person(job=True)
    child = born(spine, mother, on=date(2009, 6, 20))
    poor(spine, mother)
    poor(spine, child, 0)
    applied(spine, mother, BENEFIT, child)
    assert spine.awards(mother, BENEFIT)[-1].last_day == date(2026, 6, 19)
    spine.until(date(2026, 3, 10), daily_work=False)

    spine.tell("person.birth", child, date(2009, 4, 20), {"date": "2009-04-20", "place": None, "act": "b/1"},
               thing="person.birth/2009-06-20", source="zags")  # fmt: skip

    assert spine.awards(mother, BENEFIT)[-1].last_day == date(2026, 4, 19)
    assert "Изменено" in told(mother)
