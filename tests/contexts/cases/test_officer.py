"""Cases that wait for a person, and the terms."""

from datetime import date

import pytest
from tests.contexts.cases.below import INCOME, PROPERTY, cause
from tests.contexts.web_role import web_role

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.decide_case import decide_case
from kazna.contexts.cases.actions.watch_terms import watch_terms
from kazna.contexts.cases.models import Award, Case, Decision
from kazna.contexts.notifications import public as notifications
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(below, weigh):
    """A case where only a person can say what is missing."""
    mother = below.person("Анна")
    weigh(below.unknown(PROPERTY, subject=below.person("Миша"), recipient=mother, applied_on=date(2025, 3, 3)))
    return Case.objects.get()


def decide(below, case, outcome=cases.Outcome.GRANTED, reason="Справка проверена.", **given):
    return decide_case(
        case_id=case.id,
        by="ivanova",
        outcome=outcome,
        reason=reason,
        on=date(2025, 3, 6),
        cause=cause(),
        sources=below,
        **given,
    )


def test_the_queue_shows_it_to_its_body(waiting):
    [view] = cases.queue(body="sfr-77")

    assert (view.case_id, view.waits_for) == (waiting.id, "Имущество (заявитель)")
    assert cases.queue(body="dszn-77") == []
    assert cases.queue(body="sfr-77", after=(view.due_on, view.case_id)) == []


def test_the_officer_grants_with_a_reason_and_a_sum(below, waiting, spread):
    decision = decide(below, waiting, amount_kopecks=1_000_000, first_day=date(2025, 3, 1))
    spread()

    lines = "\n".join(cases.decision(decision_id=decision.id).lines)
    assert "Справка проверена." in lines
    assert "Решение принято сотрудником: ivanova." in lines
    assert Award.objects.get().amount_kopecks == 1_000_000
    assert "Справка проверена." in notifications.inbox(person_id=waiting.recipient_id)[0].why


def test_the_officer_refuses_with_a_reason(below, waiting):
    decide(below, waiting, cases.Outcome.REFUSED, "Второй дом найден в реестре.")

    assert (Decision.objects.get().kind, Case.objects.get().state) == ("refuse", "closed")


def test_a_decision_without_a_reason_is_not_taken(below, waiting):
    with pytest.raises(cases.ReasonRequired):
        decide(below, waiting, reason="  ")


def test_a_grant_without_a_sum_is_not_taken(below, waiting):
    with pytest.raises(cases.AmountRequired):
        decide(below, waiting)


def test_two_officers_do_not_decide_one_case(below, waiting):
    decide(below, waiting, cases.Outcome.REFUSED)

    with pytest.raises(cases.CaseAlreadyDecided):
        decide(below, waiting, cases.Outcome.REFUSED)
    assert Decision.objects.count() == 1


def test_a_fact_that_comes_meanwhile_decides_the_case(below, weigh, waiting):
    weigh(
        below.right(
            subject=waiting.subject_id,
            recipient=waiting.recipient_id,
            applied_on=date(2025, 3, 3),
            on=date(2025, 3, 5),
        )
    )

    with pytest.raises(cases.CaseAlreadyDecided):
        decide(below, waiting, amount_kopecks=1)


def test_a_late_answer_hands_the_case_to_a_person(below, weigh):
    weigh(below.unknown(INCOME, subject=below.person(), recipient=below.person(), applied_on=date(2025, 3, 3)))

    assert watch_terms(date(2025, 3, 8)) == 0
    assert watch_terms(date(2025, 3, 9)) == 1
    assert watch_terms(date(2025, 3, 9)) == 0

    [view] = cases.queue(body="sfr-77")
    assert view.is_overdue
    assert "Срок решения 08.03.2025" in view.waits_for


def test_rows_are_seen_by_their_people_and_their_body(waiting):
    def seen(**viewer):
        with acting_as(Viewer(login="test", **viewer)), web_role():
            return Case.objects.count()

    assert seen(role="citizen", person_ids=(waiting.recipient_id,)) == 1
    assert seen(role="citizen", person_ids=(waiting.subject_id,)) == 1
    assert seen(role="citizen") == 0
    assert seen(role="officer", body="sfr-77") == 1
    assert seen(role="officer", body="dszn-77") == 0


def test_an_officer_of_another_body_cannot_decide_it(below, waiting):
    with (
        pytest.raises(cases.CaseNotFound),
        acting_as(Viewer(role="officer", login="petrov", body="dszn-77")),
        web_role(),
    ):
        decide(below, waiting, cases.Outcome.REFUSED)


def test_an_officer_of_the_body_decides_as_the_web_role(below, waiting):
    with acting_as(Viewer(role="officer", login="ivanova", body="sfr-77")), web_role():
        decide(below, waiting, amount_kopecks=1_000_000)

    assert Decision.objects.count() == 1


def test_figures_are_for_everybody(waiting):
    with acting_as(Viewer(role="methodologist", login="test")), web_role():
        assert cases.counts()["cases"] == {"waiting_person": 1}
