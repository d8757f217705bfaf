"""Cascades of a grown-up's life: work lost, prison, marriage, a new home, a ward's guardian, citizenship, age."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine
from tests.factories.people import ACCOUNT, cause
from tests.journeys.families import applied, born, offered, poor, told

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.contracts import Outcome
from kazna.contexts.payments.models import Payee

pytestmark = pytest.mark.django_db

BENEFIT, EDV, SUPPLEMENT = "ru-child-benefit", "ru-disability-monthly", "ru-social-supplement"
UNEMPLOYMENT, OLD_AGE = "ru-unemployment-benefit", "ru-old-age-pension"


@pytest.fixture
def spine():
    spine = Spine(date(2026, 2, 16))
    yield spine
    done = cases.replay_all()
    assert not done.differences, done.differences[:3]


def family(spine, father_kopecks=2_500_000):
    """A mother who worked and a father whose income of last year is given, a child of a few days."""
    mother, father = spine.person(job=True), spine.person("Пётр", date(1986, 3, 3), "M")
    spine.tell("family.marriage", mother, date(2020, 5, 5), {"act": "m/1"}, about=father, source="zags")
    spine.tell("family.marriage", father, date(2020, 5, 5), {"act": "m/1"}, about=mother, source="zags")
    poor(spine, mother)
    poor(spine, father, father_kopecks)
    child = born(spine, mother)
    spine.tell("family.parent", child, date(2026, 2, 10), {"role": "father", "act": "b/1", "order": 1}, thing="father",
               about=father, source="zags")  # fmt: skip
    return mother, father, child


def test_months_without_work_excuse_a_lack_of_income(spine):
    mother, father, child = family(spine, father_kopecks=1_000_000)
    applied(spine, mother, BENEFIT, child)
    assert BENEFIT not in spine.live(mother)  # an idle father without an excuse
    spine.day = date(2026, 2, 17)

    spine.tell("unemployment", father, date(2025, 3, 1), {}, until=date(2025, 9, 1), source="szn")
    spine.tell("unemployment.answer", father, spine.day, {"present": True, "asked_on": spine.day.isoformat()})
    applied(spine, mother, BENEFIT, child)

    assert BENEFIT in spine.live(mother)


def test_prison_excuses_too_and_a_release_changes_nothing_within_the_term(spine):
    mother, father, child = family(spine, father_kopecks=0)
    spine.tell("status.imprisoned", father, date(2024, 1, 10), {}, source="fsin")
    applied(spine, mother, BENEFIT, child)
    before = spine.live(mother)[BENEFIT]
    spine.until(date(2026, 4, 16), daily_work=False)

    spine.tell("status.imprisoned", father, date(2024, 1, 10), {}, until=date(2026, 4, 1), source="fsin")

    assert spine.live(mother)[BENEFIT] == before


def test_unemployment_is_granted_and_a_fact_of_work_ends_it(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.tell("unemployment", man, spine.day, {}, source="szn")
    spine.tell("unemployment.answer", man, spine.day, {"present": True, "asked_on": spine.day.isoformat()})
    spine.tell("unemployment.case", man, spine.day, unemployed_case(), source="szn")
    applied(spine, man, UNEMPLOYMENT)
    [case] = [one for one in cases.cases_of(person_id=man) if one.measure == UNEMPLOYMENT]
    cases.decide(case_id=case.case_id, by="officer", outcome=Outcome.GRANTED, reason="Всё сходится.", on=spine.day,
                 cause=cause(spine.day))  # fmt: skip
    spine.work()
    assert UNEMPLOYMENT in spine.live(man)
    spine.until(date(2026, 4, 16), daily_work=False)

    spine.tell("employment", man, date(2026, 4, 10), {"employer_inn": "7799000001", "reason": None}, thing="job",
               source="sfr")  # fmt: skip

    assert spine.awards(man, UNEMPLOYMENT)[-1].stop.stops_on == date(2026, 5, 1)
    [stop] = [d for d in cases.decisions_of(person_id=man) if (d.measure, d.kind) == (UNEMPLOYMENT, "stop")]
    assert "начал работать 10 апреля 2026" in told_in_full(stop)
    spine.until(date(2026, 6, 16), daily_work=False)
    assert UNEMPLOYMENT not in spine.live(man)


def unemployed_case():
    case = {"recognised_on": "2026-02-16", "weeks_worked_12m": 40, "average_kopecks": 4_000_000, "first_seeker": False}
    return case | dict.fromkeys(("break_over_year", "business_closed", "orphan", "pre_pension", "fault"), False)


def test_marriage_and_divorce_leave_the_benefit_to_its_term(spine):
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    applied(spine, mother, BENEFIT, child)
    before = [(a.amount_kopecks, a.last_day) for a in spine.awards(mother, BENEFIT)]
    spine.until(date(2026, 4, 16), daily_work=False)
    husband = spine.person("Пётр", date(1986, 3, 3), "M", job=True)

    spine.tell("family.marriage", mother, date(2026, 4, 10), {"act": "m/1"}, about=husband, source="zags")
    spine.until(date(2026, 7, 16), daily_work=False)
    spine.tell("family.marriage", mother, date(2026, 4, 10), {"act": "m/1"}, until=date(2026, 7, 1), about=husband,
               source="zags")  # fmt: skip
    spine.tell("family.divorce", mother, date(2026, 7, 1), {"act": "d/1"}, about=husband, source="zags")

    assert [(a.amount_kopecks, a.last_day) for a in spine.awards(mother, BENEFIT)] == before
    assert all(not hasattr(a, "stop") for a in spine.awards(mother, BENEFIT))


def test_alimony_by_a_court_counts_when_the_benefit_is_asked_for_again(spine):
    mother, father, child = family(spine)
    spine.tell("family.marriage", mother, date(2020, 5, 5), {"act": "m/1"}, until=date(2025, 1, 10), about=father,
               source="zags")  # fmt: skip
    spine.tell("family.marriage", father, date(2020, 5, 5), {"act": "m/1"}, until=date(2025, 1, 10), about=mother,
               source="zags")  # fmt: skip

    spine.tell("alimony", mother, date(2025, 2, 1), {"court_order": True, "received_kopecks": 90_000_000},
               about=father, source="fssp")  # fmt: skip
    applied(spine, mother, BENEFIT, child)

    [decision] = [d for d in cases.decisions_of(person_id=mother) if d.measure == BENEFIT]
    assert decision.kind == "refuse"
    assert "Доход на человека" in told_in_full(decision)


def told_in_full(decision):
    return " ".join(cases.decision(decision_id=decision.decision_id).document["lines"])


def test_a_move_ends_the_supplement_of_one_region_and_begins_that_of_another(spine):
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))
    was = spine.live(man)[SUPPLEMENT]
    spine.until(date(2026, 4, 2), daily_work=False)

    home = {"region": "63", "oktmo": "36000000", "address": "г. Самара, ул. Мира, д. 1", "permanent": True}
    spine.tell("person.residence", man, date(2026, 3, 20), home, thing="new home", source="mvd")

    old, new = spine.awards(man, SUPPLEMENT)
    assert old.stop.stops_on == new.first_day == date(2026, 4, 1)
    assert new.amount_kopecks < was


def test_what_a_ward_gets_is_paid_to_the_guardian(spine):
    ward, guardian = spine.person("Пётр", date(1986, 3, 3), "M"), spine.person("Вера", date(1960, 9, 16))
    spine.tell("person.account", ward, spine.day, ACCOUNT, source="citizen")
    spine.disabled(ward, "I", date(2026, 2, 12))
    assert Payee.objects.get(person_id=ward).holder_id == ward
    spine.until(date(2026, 4, 2), daily_work=False)
    spine.tell("person.account", guardian, spine.day, {**ACCOUNT, "account": "40817810938160000002"}, source="citizen")

    act = {"form": "guardianship", "act": "g/1", "limits": []}
    spine.tell("family.guardianship", ward, date(2026, 4, 1), act, about=guardian, source="opeka")
    assert Payee.objects.get(person_id=ward).holder_id == guardian

    spine.tell("family.guardianship", ward, date(2026, 4, 1), act, until=date(2026, 4, 2), about=guardian,
               source="opeka")  # fmt: skip
    assert Payee.objects.get(person_id=ward).holder_id == ward


def test_citizenship_lost_long_ago_ends_the_benefit_back_then(spine):
    mother = spine.person(job=True)
    poor(spine, mother)
    child = born(spine, mother)
    applied(spine, mother, BENEFIT, child)
    spine.until(date(2026, 7, 6), daily_work=False)

    spine.tell("person.citizenship", mother, date(2026, 3, 10), {"oksm": "398", "by_birth": False}, thing="lost",
               source="mvd")  # fmt: skip

    assert spine.awards(mother, BENEFIT)[-1].stop.stops_on == date(2026, 4, 1)
    assert "Прекращено" in told(mother)


def test_the_pension_is_offered_a_month_before_and_begins_on_the_day(spine):
    woman = spine.person("Вера", date(1967, 9, 16))  # 58 years and a half: a table of the law
    record = {"years": "30", "ipk": "90.000", "savings_kopecks": 0}
    spine.tell("insurance.record", woman, date(2026, 1, 1), record, source="sfr")
    reached = next(e for e in _ages(woman))
    spine.until(date.fromordinal(reached.toordinal() - 31), daily_work=False)
    spine.until(date.fromordinal(reached.toordinal() - 30), daily_work=False)
    assert OLD_AGE in offered(woman)

    [case] = [c for c in cases.cases_of(person_id=woman) if c.measure == OLD_AGE]
    cases.confirm(case_id=case.case_id, person_id=woman, on=spine.day, cause=cause(spine.day))
    spine.work()

    assert spine.awards(woman, OLD_AGE)[-1].first_day == reached


def _ages(woman):
    """The day on which the law's table gives the age to a woman born on 16 September 1967."""
    from kazna.contexts.life_events.catalogue import kinds

    [finder] = kinds()["RETIREMENT_AGE"].finders
    days = (date.fromordinal(n) for n in range(date(2026, 3, 1).toordinal(), date(2029, 1, 1).toordinal()))
    return (day for day in days if date(1967, 9, 16) in finder.births("F", day))
