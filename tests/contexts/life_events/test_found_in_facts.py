"""Events are found in facts, once, with the people who take part."""

from datetime import date

import pytest
from django.utils import timezone
from tests.contexts.registers.family import (
    BORN,
    CHILD,
    FATHER,
    INN,
    MOTHER,
    UNCLE,
    birth,
    card,
    death,
    disability,
    divorce,
    employment,
    load_family,
    marriage,
    move,
    renamed,
    take,
)
from tests.kept_rows import entered_once

from kazna.contexts.life_events import public as life_events
from kazna.plumbing import outbox
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(db, tmp_path):
    return entered_once("family", lambda: load_family(tmp_path))


@pytest.fixture
def told():
    """Life events announced after the waiting changes of facts are handled as one batch."""
    consumer = outbox.consumers["life_events.on_facts"]

    def handle():
        waiting = Delivery.objects.filter(consumer=consumer.name, handled_at=None).order_by("id")
        consumer.handle([outbox.read_event(consumer, row.payload) for row in waiting])
        waiting.update(handled_at=timezone.now())
        listener = outbox.consumers["measures.on_life_event"]
        heard = Delivery.objects.filter(consumer=listener.name).order_by("id")
        return [outbox.read_event(listener, row.payload) for row in heard]

    return handle


def found(told):
    return [(event.code, event.happened_on) for event in told()]


def test_a_birth_is_found_with_both_parents(family, told):
    take(birth())

    assert found(told) == [("CHILD_BORN", BORN)]
    assert told()[0].related_ids == {"mother": card(MOTHER).person_id, "father": card(FATHER).person_id}
    assert [event.role for event in life_events.events_of(card(MOTHER).person_id)] == ["mother"]


def test_a_correction_of_the_birth_is_not_another_birth(family, told):
    take(birth())
    take(birth(child=renamed(CHILD, forename="Павел"), version=2, correction="имя"))

    assert found(told) == [("CHILD_BORN", BORN)]


def test_a_third_child_is_found(family, told):
    take(birth(order=3))

    assert {code for code, _ in found(told)} == {"CHILD_BORN", "THIRD_CHILD"}


def test_a_death_names_the_spouse_and_its_correction_is_not_another_death(family, told):
    take(marriage())
    take(death(FATHER, date(2026, 2, 5)))
    take(death(FATHER, date(2026, 2, 6), version=2, correction="дата"))

    assert [event for event in found(told) if event[0] != "MARRIAGE"] == [("DEATH_CITIZEN", date(2026, 2, 5))]
    (event,) = [event for event in told() if event.code == "DEATH_CITIZEN"]
    assert event.related_ids == {"spouse": card(MOTHER).person_id}


def test_marriage_and_divorce_happen_to_both(family, told):
    take(marriage())
    take(divorce(wife=renamed(MOTHER, surname="Берёзова")))

    assert sorted(code for code, _ in found(told)) == ["DIVORCE", "DIVORCE", "MARRIAGE", "MARRIAGE"]
    assert life_events.counts()["DIVORCE"] == 2


def test_disability_is_set_changed_and_set_again(family, told):
    for group, first_day, number in (
        ("III", date(2025, 12, 10), "1.1.77/2025"),
        ("II", date(2026, 1, 10), "2.1.77/2026"),
        ("II", date(2026, 2, 5), "3.1.77/2026"),
    ):
        take(disability(UNCLE, group, first_day, None, number), agency="fri")

    assert found(told) == [
        ("DISABILITY_SET", date(2025, 12, 10)),
        ("DISABILITY_CHANGED", date(2026, 1, 10)),
        ("DISABILITY_SET", date(2026, 2, 5)),
    ]


def test_a_job_begins_and_is_lost_on_its_last_day(family, told):
    take(employment((UNCLE.snils, INN, "hired", date(2025, 12, 1), None)), agency="sfr")
    take(employment((UNCLE.snils, INN, "dismissed", date(2026, 1, 30), "сокращение")), agency="sfr")

    assert found(told) == [("EMPLOYMENT_START", date(2025, 12, 1)), ("JOB_LOST", date(2026, 1, 30))]


def test_only_a_move_to_another_region_is_an_event(family, told):
    take(move(UNCLE, date(2026, 1, 3)), agency="mvd")
    take(move(UNCLE, date(2026, 2, 3), "г. Тверь, ул. Советская, д. 5", region="69"), agency="mvd")

    assert found(told) == [("MOVE_REGION", date(2026, 2, 3))]
