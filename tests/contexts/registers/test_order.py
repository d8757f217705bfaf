"""Whatever the order of messages and however often they come, the same facts are left."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contexts.registers.family import (
    CHILD,
    FATHER,
    INN,
    UNCLE,
    birth,
    death,
    disability,
    divorce,
    employment,
    marriage,
    move,
    name_change,
    newborn_snils,
    renamed,
    take,
)

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.statements.jobs import Job, jobs

MESSAGES = {
    "birth": (birth(), "zags"),
    "birth corrected": (birth(child=renamed(CHILD, forename="Павел"), version=2, correction="имя"), "zags"),
    "child's snils": (newborn_snils(), "sfr"),
    "father's death": (death(FATHER, date(2026, 2, 5)), "zags"),
    "father's death corrected": (death(FATHER, date(2026, 2, 6), version=2, correction="дата"), "zags"),
    "marriage": (marriage(husband=UNCLE, wife_after="Чужова"), "zags"),
    "divorce": (divorce(husband=UNCLE), "zags"),
    "uncle's new name": (name_change(UNCLE, renamed(UNCLE, forename="Фома")), "zags"),
    "disability": (disability(UNCLE, "III", date(2025, 12, 10), date(2026, 12, 31), "1.1.77/2025"), "fri"),
    "next disability": (disability(UNCLE, "II", date(2026, 2, 5), None, "2.1.77/2026"), "fri"),
    "hired": (employment((UNCLE.snils, INN, "hired", date(2025, 12, 1), None)), "sfr"),
    "dismissed": (employment((UNCLE.snils, INN, "dismissed", date(2026, 1, 30), "сокращение")), "sfr"),
    "move": (move(UNCLE, date(2026, 1, 2)), "mvd"),
    "next move": (move(UNCLE, date(2026, 2, 2), "г. Москва, ул. Дальняя, д. 3"), "mvd"),
}


def state():
    """Facts in force and cards, by content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM registers_person WHERE merged_into IS NULL")
        people = [person_id for (person_id,) in cursor.fetchall()]
    facts = {
        (f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, str(sorted(f.value.items())), f.source)
        for f in registers.facts_of(people)
        if not f.thing.endswith("/seen")
    }
    return facts, registers.cards(people)


def deliver(names):
    """The state after the messages came in this order; the database is left as it was."""
    with transaction.atomic():
        for name in names:
            payload, agency = MESSAGES[name]
            receipt = take(payload, agency)
            assert receipt.status in ("accepted", "duplicate"), (name, receipt.remarks)
        found = state()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_with_repetitions_leaves_the_same_facts(family, data):
    order = data.draw(st.permutations(sorted(MESSAGES)))
    repeated = data.draw(st.lists(st.sampled_from(sorted(MESSAGES)), max_size=4))

    assert deliver([*order, *repeated]) == deliver(sorted(MESSAGES))


DAYS = st.dates(date(2025, 1, 1), date(2025, 3, 1))


@given(st.sets(DAYS), st.dictionaries(DAYS, st.none()))
def test_jobs_hold_every_hiring_and_every_dismissal_once(hirings, dismissals):
    found = jobs(hirings, dismissals)

    assert {job.since for job in found if job.since} == hirings
    assert sorted(job.last_day for job in found if job.last_day) == sorted(dismissals)
    assert all(job.last_day >= job.since for job in found if job.since and job.last_day)


def test_a_job_ends_before_the_next_begins():
    first, second = date(2025, 1, 1), date(2025, 2, 1)

    assert jobs({first, second}, {date(2025, 2, 10): None}) == [
        Job(first, None, None),
        Job(second, date(2025, 2, 10), None),
    ]
