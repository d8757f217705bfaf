"""What sources disagree about blocks the measures that need it, and only those."""

from datetime import date

import pytest
from tests.factories.people import cause, enter_person, fact

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.disputes import dispute

pytestmark = pytest.mark.django_db
ON = date(2026, 2, 16)


@pytest.fixture
def man():
    registers.load_kinds()
    person_id = enter_person(334455667, "Ёлкин", "Пётр", "Ильич", date(1970, 3, 3), "M", on=ON)
    group = {"group": "II", "from_childhood": False, "cause": "общее заболевание", "act": "1"}
    registers.report([fact("disability", person_id, ON, group)], source="fri", on=ON, cause=cause(ON))
    return person_id


def found(person_id, measure):
    (right_id,) = measures.evaluate([Ask(measure, {"person": person_id}, "officer", cause(ON))], ON)
    assert measures.replay([right_id])[right_id].differences == ()
    return measures.right(right_id)


def tell(person_id, kind, *, withdrawn=False):
    entry = dispute(person_id, kind, ON)
    told = registers.NewFact(entry.kind, person_id, None, entry.thing, ON, None, entry.value)
    registers.report([told], source=entry.source, on=ON, cause=cause(ON))


def test_only_the_measure_that_reads_the_fact_is_blocked(man):
    before = found(man, "ru-disability-monthly").state, found(man, "ru-old-age-pension").state

    tell(man, "disability")

    blocked = found(man, "ru-disability-monthly")
    assert before[0] == "granted" and blocked.state == "unknown"
    assert {missing.kind for missing in blocked.missing} == {"disability"}
    assert found(man, "ru-old-age-pension").state == before[1] != "unknown"
