"""Measures that exclude one another, decided by what passports declare."""

from datetime import date

import pytest
from tests.contexts.cases.below import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.choose_measure import choose_measure, compare
from kazna.contexts.cases.models import Award, AwardStop, Case, Decision
from kazna.contexts.notifications import public as notifications

pytestmark = pytest.mark.django_db
OTHER = "ru-other"


@pytest.fixture
def person(below):
    return below.person("Пётр")


@pytest.fixture
def old(below, weigh, person):
    """A pension in payment."""
    weigh(below.monthly(subject=person))
    return Award.objects.get()


def other(below, person, kind, **given):
    relation = {
        "kind": kind,
        "measures": ["ru-disability-pension-social"],
        "law": "400-ФЗ, статья 5",
        "note": "Одна пенсия",
    }
    passport = {"decision_days": 5, "ends_on": [], "texts": {}, "relations": [relation]}
    return below.monthly(
        subject=person, measure=OTHER, title="Другая пенсия", short_title="Другая", passport=passport,
        on=date(2025, 3, 10), **given,
    )  # fmt: skip


def test_one_takes_the_place_of_the_other_without_a_day_twice(below, weigh, person, old):
    weigh(other(below, person, "instead_of"))

    [stop] = AwardStop.objects.all()
    new = Award.objects.get(measure=OTHER)
    assert (stop.award_id, stop.stops_on, new.first_day) == (old.id, date(2025, 4, 1), date(2025, 4, 1))


@pytest.mark.parametrize(("amount", "granted"), [(1_500_001, True), (1_500_000, False), (1_400_000, False)])
def test_the_larger_one_is_given(below, weigh, person, old, amount, granted):
    weigh(other(below, person, "larger_of", amount_kopecks=amount, applied_on=date(2025, 3, 10)))

    assert Award.objects.filter(measure=OTHER).exists() is granted
    assert AwardStop.objects.exists() is granted
    if not granted:
        refusal = Decision.objects.get(measure=OTHER)
        assert (refusal.kind, "это не меньше" in refusal.reason, "400-ФЗ" in refusal.reason) == ("refuse", True, True)


def test_a_smaller_one_nobody_asked_for_is_not_refused(below, weigh, person, old):
    weigh(other(below, person, "larger_of", amount_kopecks=1))

    assert not Case.objects.filter(measure=OTHER).exists()


def test_between_two_the_citizen_chooses(below, weigh, person, old):
    right = other(below, person, "one_of")
    weigh(right)
    case = Case.objects.get(measure=OTHER)
    assert case.state == "offered"
    assert [one.title for one in notifications.inbox(person_id=person)] == ["Выберите одну из двух мер: Другая"]
    [compared] = compare(case_id=case.id, on=right.on, sources=below)
    assert (compared.award.award_id, compared.note) == (old.id, "Одна пенсия")
    assert not AwardStop.objects.exists(), "until the choice all stays as it is"

    choose_measure(case_id=case.id, person_id=person, on=date(2025, 3, 11), cause=cause(), sources=below, declared={})
    weigh(other(below, person, "one_of", applied_on=date(2025, 3, 11)))

    assert AwardStop.objects.get().award_id == old.id
    assert Award.objects.get(measure=OTHER).first_day == date(2025, 4, 1)


def test_who_declines_keeps_the_old_one(below, weigh, person, old):
    weigh(other(below, person, "one_of"))
    cases.decline(
        case_id=Case.objects.get(measure=OTHER).id,
        person_id=person,
        on=date(2025, 3, 11),
        cause=cause(),
    )
    weigh(other(below, person, "one_of"))

    assert Case.objects.get(measure=OTHER).outcome == "declined"
    assert not AwardStop.objects.exists()


def test_another_persons_award_is_no_rival(below, weigh, person, old):
    weigh(other(below, below.person("Иван"), "instead_of"))

    assert not AwardStop.objects.exists()
