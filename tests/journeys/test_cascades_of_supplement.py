"""The supplement lives on what other awards leave over: their corrections and moves reach it, back to the day."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db

SUPPLEMENT, PENSION, CASH = "ru-social-supplement", "ru-disability-pension-social", "ru-disability-monthly"


@pytest.fixture
def spine():
    spine = Spine(date(2026, 2, 16))
    yield spine
    done = cases.replay_all()
    assert not done.differences, done.differences[:3]


@pytest.fixture
def man(spine):
    return spine.person("Пётр", date(1986, 3, 3), "M")


def differences(measure):
    return {
        one["month"][:7]: one["due_kopecks"] - one["was_kopecks"]
        for row in Decision.objects.filter(measure=measure, ground__has_key="differences").order_by("number")
        for one in row.ground["differences"]
    }


def test_a_pension_that_grew_back_then_takes_the_supplement_of_those_months_away(spine, man):
    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))
    was = spine.live(man)[SUPPLEMENT]
    spine.until(date(2026, 6, 15), daily_work=False)

    spine.disabled(man, "I", date(2026, 3, 20), date(2030, 1, 1), act="2")

    assert differences(SUPPLEMENT) == {"2026-04": -was, "2026-05": -was, "2026-06": -was}
    (award,) = spine.awards(man, SUPPLEMENT)
    assert award.stop.stops_on == date(2026, 7, 1)
    ground = Decision.objects.filter(measure=SUPPLEMENT).latest("number").ground
    assert ground["why"] == "fact"  # nobody told untruth: the overpayment is to be written off (ГК, статья 1109)


def test_a_pension_that_shrank_back_then_adds_to_the_supplement_of_those_months(spine, man):
    spine.disabled(man, "II", date(2026, 2, 12), date(2030, 1, 1))
    spine.until(date(2026, 6, 15), daily_work=False)

    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))

    lost = -differences(PENSION)["2026-03"] - differences(CASH)["2026-03"]
    told = differences(SUPPLEMENT)
    # what the indexation of April added to the pension is no support within the year
    assert [told[f"2026-{month:02d}"] for month in (3, 4, 5, 6)] == [lost] * 4
    old, new = spine.awards(man, SUPPLEMENT)
    assert new.first_day == old.stop.stops_on == date(2026, 7, 1)
    assert new.amount_kopecks == old.amount_kopecks + lost
    before = Decision.objects.count()
    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))
    assert Decision.objects.count() == before


def test_a_pension_that_grows_within_the_year_is_counted_whole():
    """Only what an indexation of the year adds is left out of the support, not what a new group adds."""
    spine = Spine(date(2025, 12, 10))
    man = spine.person("Пётр", date(1986, 3, 3), "M")
    spine.disabled(man, "III", date(2025, 12, 8), date(2030, 1, 1))
    spine.until(date(2026, 3, 1), daily_work=False)
    assert SUPPLEMENT in spine.live(man)

    spine.disabled(man, "I", date(2026, 3, 1), date(2030, 1, 1), act="2")

    assert SUPPLEMENT not in spine.live(man)


def moves(spine, person, region, since):
    home = {"region": region, "oktmo": f"{region}000000", "address": "ул. Мира, д. 1", "permanent": True}
    spine.tell("person.residence", person, since, home, thing=f"home/{since}", source="mvd")


def test_a_move_hands_the_supplement_over_from_the_region_to_the_fund_and_back_without_a_day_lost(spine, man):
    """178-ФЗ, статья 12.1: the Fund pays where the minimum is not above the country's, Moscow pays its own."""
    spine.disabled(man, "III", date(2026, 2, 12), date(2030, 1, 1))
    spine.until(date(2026, 4, 20), daily_work=False)

    moves(spine, man, "63", date(2026, 3, 20))  # told a month late
    spine.until(date(2026, 9, 5), daily_work=False)
    moves(spine, man, "77", date(2026, 9, 3))

    moscow, samara, again = spine.awards(man, SUPPLEMENT)
    assert [award.body for award in (moscow, samara, again)] == ["dszn-77", "sfr-63", "dszn-77"]
    assert moscow.stop.stops_on == samara.first_day == date(2026, 4, 1)
    assert samara.stop.stops_on == again.first_day == date(2026, 10, 1)
    assert moscow.amount_kopecks == again.amount_kopecks > samara.amount_kopecks > 0
    assert [steps(spine, man, award)["federal"] for award in (moscow, samara, again)] == [False, True, False]


def steps(spine, person, award):
    [told] = [f for f in registers.facts_of([person], kinds=["measure.assigned"]) if f.thing == award.number]
    return told.value["steps"]
