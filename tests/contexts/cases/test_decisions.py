"""From a right to a decision, an award and a notice."""

from datetime import date
from uuid import uuid4

import pytest
from tests.contexts.cases.below import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.stop_awards import stop_awards
from kazna.contexts.cases.models import Award, Case, Decision
from kazna.contexts.notifications import public as notifications
from kazna.events.cases import AwardGranted
from kazna.events.life_events import LifeEventFound
from kazna.kernel.money import roubles_and_kopecks
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db


def test_a_proactive_right_becomes_a_decision_and_an_award(below, weigh):
    mother, child = below.person("Анна"), below.person("Миша")

    weigh(below.right(subject=child, recipient=mother))

    decision = Decision.objects.get()
    award = Award.objects.get()
    assert decision.number == "77-2025-000001"
    assert (award.amount_kopecks, award.first_day, award.last_day) == (2_694_171, date(2025, 3, 1), date(2025, 3, 1))
    assert Case.objects.get().state == "decided"
    assert Delivery.objects.filter(event=AwardGranted.__name__, consumer="payments.on_award_granted").count() == 1


def test_numbers_have_no_gaps(below, weigh):
    mother = below.person()
    for _ in range(3):
        weigh(*(below.right(subject=below.person(), recipient=mother) for _ in range(2)))

    numbers = Decision.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"77-2025-{number:06d}" for number in range(1, 7)]


def test_the_document_says_who_why_how_much_and_how_to_appeal(below, weigh):
    mother = below.person("Анна", snils="08336732477")
    right = below.right(subject=below.person("Миша"), recipient=mother)

    weigh(right)

    document = cases.decision(decision_id=Decision.objects.get().id)
    text = "\n".join(document.lines)
    for part in (
        "Решение № 77-2025-000001 от 3 марта 2025 года",
        "Фонда пенсионного и социального страхования",
        "Лебедева Анна, СНИЛС 083-367-324 77",
        f"{roubles_and_kopecks(2_694_171)} единовременно",
        "81-ФЗ, статья 11",
        "Рождение — ЗАГС, с 1 марта 2025 года",
        "Решение можно обжаловать",
    ):
        assert part in text
    assert document.document["facts"][0]["id"] == str(right.fact_ids[0])


def test_the_same_right_twice_changes_nothing(below, weigh):
    right = below.right(subject=below.person("Миша"), recipient=below.person("Анна"))

    weigh(right, right)
    weigh(right)

    assert (Decision.objects.count(), Award.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_the_second_parent_does_not_get_the_same_grant(below, weigh):
    child, mother, father = below.person("Миша"), below.person("Анна"), below.person("Пётр")
    weigh(below.right(subject=child, recipient=mother))

    weigh(below.right(subject=child, recipient=father, applied_on=date(2025, 3, 10), on=date(2025, 3, 10)))

    refusal = Decision.objects.get(recipient_id=father)
    assert refusal.kind == "refuse"
    assert refusal.reason == "Эту меру уже получил другой человек."


def test_a_refusal_names_the_failed_condition_and_closes_the_case(below, weigh, spread):
    mother = below.person()
    weigh(below.refused(subject=below.person(), recipient=mother))
    spread()

    told = notifications.inbox(person_id=mother)[0]
    assert Case.objects.get().state == "closed"
    assert told.title == "Не назначено: Пособие при рождении"
    assert "жалобу" in told.next_step


def test_an_unasked_refusal_is_said_once(below, weigh):
    mother, child = below.person(), below.person()

    weigh(below.refused(subject=child, recipient=mother))
    weigh(below.refused(subject=child, recipient=mother, on=date(2025, 4, 1)))

    assert Decision.objects.count() == 1


def test_a_corrected_fact_turns_a_proactive_refusal_into_a_grant(below, weigh):
    mother, child = below.person(), below.person()
    weigh(below.refused(subject=child, recipient=mother))

    weigh(below.right(subject=child, recipient=mother, on=date(2025, 4, 1)))

    assert [row.kind for row in Decision.objects.order_by("number")] == ["refuse", "grant"]


def test_a_certificate_is_provided_by_the_decision_itself(below, weigh):
    weigh(below.right(subject=below.person(), recipient=below.person(), form="certificate"))

    assert Case.objects.get().state == "provided"


def test_the_registers_learn_of_the_award(below, weigh, spread):
    mother, child = below.person(), below.person()
    weigh(below.right(subject=child, recipient=mother))

    spread()

    source, fact = below.reported[0]
    assert (source, fact.kind, fact.subject_id, fact.object_id) == ("sfr", "measure.assigned", mother, child)
    assert (fact.valid_from, fact.valid_to) == (date(2025, 3, 1), date(2025, 3, 2))
    assert fact.value["amount_kopecks"] == 2_694_171
    assert fact.value["steps"] == {"tolerance": False}


def test_nothing_is_decided_for_the_dead(below, weigh):
    mother = below.person()
    below.dies(mother, date(2025, 3, 2))

    weigh(below.right(subject=below.person(), recipient=mother))

    assert Decision.objects.count() == 0


def test_money_on_the_account_makes_the_case_provided(below, weigh):
    from kazna.contexts.cases.actions.note_payments import note_payments

    weigh(below.right(subject=below.person(), recipient=below.person()))

    note_payments({Award.objects.get().id}, date(2025, 3, 8))
    note_payments({Award.objects.get().id}, date(2025, 3, 9))

    view = cases.case(case_id=Case.objects.get().id)
    assert [step.state for step in view.steps] == ["received", "determined", "decided", "provided"]


def test_an_award_that_ended_keeps_the_marks_of_its_rule(below, weigh, spread):
    mother, child = below.person(), below.person()
    trace = {"steps": [{"name": "tolerance", "value": True}, {"name": "income", "value": 100}]}
    weigh(below.monthly(subject=child, recipient=mother, trace=trace, passport={"ends_on": ["CHILD_3"]}))
    grown = LifeEventFound(uuid4(), "CHILD_3", child, {}, date(2025, 4, 9), date(2025, 4, 9), cause())
    stop_awards([grown], below)

    spread()

    _, fact = below.reported[-1]
    assert (fact.valid_to, fact.value["steps"]) == (date(2025, 5, 1), {"tolerance": True})
