"""Ages and terms are found on their day, ahead where the law wants a warning, and never twice."""

from datetime import date

import pytest
from tests.contexts.registers.family import MOTHER, UNCLE, card, load_family, person

from kazna.contexts.life_events.actions.find_by_calendar import find_by_calendar
from kazna.contexts.life_events.catalogue import CatalogueBroken, kinds
from kazna.contexts.life_events.finders import AgeBand, AgeFinder
from kazna.contexts.life_events.models import LifeEvent
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.kernel.periods import add_months
from kazna.kernel.places import LAW

pytestmark = pytest.mark.django_db
TODDLER = person("Малых", "Егор", "M", date(2024, 8, 31), 900000101)
WOMAN_OF_59 = person("Зрелая", "Нина", "F", date(1967, 3, 15), 900000102)
TIES = [("parent", TODDLER.snils, MOTHER.snils, "mother", 1, TODDLER.birth_date, None, "77-9")]
DISABLED = '{"group": "II", "from_childhood": false, "cause": "общее", "act": "1"}'


@pytest.fixture
def people(tmp_path):
    term = ("disability", UNCLE.snils, "1", date(2025, 1, 10), date(2026, 3, 1), DISABLED)
    return load_family(tmp_path, people=(MOTHER, UNCLE, TODDLER, WOMAN_OF_59), ties=TIES, told=[term])


def events():
    return list(LifeEvent.objects.order_by("found_on", "code").values_list("code", "happened_on", "found_on"))


def test_a_year_and_a_half_is_reached_on_the_last_day_of_a_shorter_month(people):
    find_by_calendar(date(2026, 2, 27))
    find_by_calendar(date(2026, 2, 28))
    find_by_calendar(date(2026, 2, 28))

    assert events() == [("CHILD_1_5", date(2026, 2, 28), date(2026, 2, 28))]
    assert LifeEvent.objects.get().related == {"mother": str(card(MOTHER).person_id)}


def test_days_on_which_nobody_looked_are_caught_up(people):
    find_by_calendar(date(2026, 2, 20))
    find_by_calendar(date(2026, 3, 5))

    assert events() == [
        ("CHILD_1_5", date(2026, 2, 28), date(2026, 3, 5)),
        ("DISABILITY_ENDED", date(2026, 3, 1), date(2026, 3, 5)),
    ]


def test_ages_passed_before_the_start_bring_nothing(people):
    find_by_calendar(date(2026, 3, 10))

    assert events() == []


def test_the_end_of_a_term_is_warned_of_sixty_days_ahead(people):
    find_by_calendar(date(2025, 12, 31))

    assert events() == [("DISABILITY_EXPIRING", date(2026, 3, 1), date(2025, 12, 31))]


def test_a_renewed_disability_neither_expires_nor_ends(people):
    moment = registers.facts_of([card(UNCLE).person_id])[0].recorded_at
    value = {"group": "II", "from_childhood": False, "cause": "общее", "act": "2"}
    renewal = registers.NewFact("disability", card(UNCLE).person_id, None, "2", date(2026, 3, 1), None, value)
    registers.report([renewal], source="fri", on=date(2025, 12, 1), cause=Cause(None, moment))

    find_by_calendar(date(2025, 12, 31))
    find_by_calendar(date(2026, 3, 1))

    assert [code for code, *_ in events() if code.startswith("DISABILITY")] == []


def test_the_retirement_age_follows_the_transition_table(people):
    find_by_calendar(date(2026, 2, 13))
    find_by_calendar(date(2026, 3, 15))

    assert [event for event in events() if event[0].startswith("RETIREMENT")] == [
        ("RETIREMENT_AGE_COMING", date(2026, 3, 15), date(2026, 2, 13)),
        ("RETIREMENT_AGE", date(2026, 3, 15), date(2026, 3, 15)),
    ]


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2024, 2, 29), date(2026, 6, 30), date(2026, 7, 1)])
def test_birth_dates_found_are_all_that_reach_the_age_on_the_day(day):
    births = AgeFinder({"M": [AgeBand(18)]}).births("M", day)

    assert births and all(add_months(born, 18) == day for born in births)


def test_a_mistake_in_the_catalogue_is_named(tmp_path):
    told = (LAW / "life_events.yaml").read_text(encoding="utf-8").replace("{by: term, kind: disability}", "{by: omen}")
    (tmp_path / "life_events.yaml").write_text(told, encoding="utf-8")
    (tmp_path / "parameters").symlink_to(LAW / "parameters")

    with pytest.raises(CatalogueBroken, match="DISABILITY_ENDED: нет такого способа"):
        kinds(tmp_path)
