"""An application is news to its own measure and to those that read it, not to everything not applied for."""

from datetime import date

import pytest
from tests.factories.people import cause, enter_child, enter_person

from kazna.contexts.cases import public as cases
from kazna.contexts.measures.models import FoundRight
from kazna.contexts.measures.touched import readers_of_application
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 16)


def test_a_consent_asks_its_own_measure_alone():
    clock.set_day(DAY)
    registers.load_kinds()
    mother = enter_person(112_233_445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=DAY)
    enter_child(223_344_556, mother, "Михаил", date(2026, 2, 10), on=DAY)
    drain()
    known = set(FoundRight.objects.values_list("id", flat=True))
    offer = next(one for one in cases.cases_of(person_id=mother) if one.measure == "ru-birth-grant")
    cases.confirm(case_id=offer.case_id, person_id=mother, on=DAY, cause=cause(DAY))
    drain()
    anew = FoundRight.objects.exclude(id__in=known)
    assert [(right.measure, right.state) for right in anew] == [("ru-birth-grant", "granted")]


def test_who_reads_an_application_for_another_measure_hears_of_it():
    assert readers_of_application("ru-child-benefit") == {"ru-child-benefit", "ru-pregnancy-benefit"}
    assert readers_of_application("nothing-of-the-kind") == {"nothing-of-the-kind"}
