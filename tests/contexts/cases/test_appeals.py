"""Complaints: filed by one click, looked at by another officer, a new decision linked to the first; late cases."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.contexts.cases.spine import Spine
from tests.factories.people import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.watch_terms import watch_terms
from kazna.contexts.cases.models import Case, Decision
from kazna.contexts.cases.models_appeals import Appeal, Escalation
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.kernel.errors import DomainError

pytestmark = pytest.mark.django_db

EDV = "ru-disability-monthly"
WHY = "Группа установлена раньше, чем указано в выписке."


@pytest.fixture
def spine():
    return Spine(date(2026, 2, 10))


@pytest.fixture
def decision(spine):
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    return Decision.objects.get(measure=EDV)


def complain(spine, decision, text="", **named):
    filed = cases.appeals.file(decision_id=decision.id, text=text, on=spine.day, cause=cause(spine.day), **named)
    spine.work()
    return filed


def answer(spine, filed, by="second", *, overturned=True, **named):
    done = cases.appeals.answer(
        appeal_id=filed.appeal_id,
        by=by,
        overturned=overturned,
        why="facts",
        reason=WHY,
        on=spine.day,
        cause=cause(spine.day),
        **named,
    )
    spine.work()
    return done


def test_one_click_gives_a_term_of_fifteen_working_days(spine, decision):
    filed = complain(spine, decision)

    assert filed.due_on == date(2026, 3, 4)  # 23 February is a day off
    assert [row.appeal_id for row in cases.appeals.queue(body="sfr-77")] == [filed.appeal_id]


def test_a_second_complaint_waits_for_the_first(spine, decision):
    complain(spine, decision)

    with pytest.raises(cases.appeals.AppealAlreadyOpen, match=r"04\.03\.2026"):
        complain(spine, decision, text="И сумма не та")


def test_two_clicks_file_one_complaint(spine, decision):
    assert complain(spine, decision) == complain(spine, decision)


def test_an_overturned_decision_is_followed_by_another_linked_to_it(spine, decision):
    done = answer(spine, complain(spine, decision), amount_kopecks=300_000)

    new = Decision.objects.get(id=done.new_decision_id)
    assert (new.kind, new.amount_kopecks, new.decided_by) == ("change", 300_000, "second")
    assert new.ground["against"] == decision.number
    assert f"вместо решения № {decision.number}" in " ".join(new.document["lines"])
    assert not cases.replay_all().differences


def test_an_overturned_grant_may_end_the_award(spine, decision):
    done = answer(spine, complain(spine, decision, filed_by="chief"), ends=True)

    new = Decision.objects.get(id=done.new_decision_id)
    assert (new.kind, new.first_day, new.decided_by) == ("stop", date(2026, 3, 1), "second")
    assert new.ground["against"] == decision.number
    assert not cases.replay_all().differences


def test_what_stood_on_false_words_was_never_due(spine, decision):
    spine.until(date(2026, 4, 15), daily_work=False)
    done = answer(spine, complain(spine, decision, filed_by="chief"), ends=True, from_start=True)

    new = Decision.objects.get(id=done.new_decision_id)
    assert (new.kind, new.first_day, new.ground["why"]) == ("stop", date(2026, 5, 1), "appeal")
    told = new.ground["differences"]
    assert [one["month"] for one in told] == ["2026-02-01", "2026-03-01", "2026-04-01"]
    assert all(one["due_kopecks"] == 0 < one["was_kopecks"] for one in told)
    assert payments.verify() == []
    assert not cases.replay_all().differences


def test_nothing_is_ended_twice(spine, decision):
    answer(spine, complain(spine, decision), ends=True)
    spine.until(date(2026, 3, 2), daily_work=False)

    with pytest.raises(DomainError, match="Прекращать нечего"):
        answer(spine, complain(spine, decision), ends=True)


def test_a_decision_left_in_force_makes_no_other(spine, decision):
    done = answer(spine, complain(spine, decision), overturned=False)

    assert (done.state, done.new_decision_id, Decision.objects.filter(measure=EDV).count()) == ("upheld", None, 1)


def test_the_one_who_asked_for_the_look_does_not_answer(spine, decision):
    filed = complain(spine, decision, filed_by="chief")

    with pytest.raises(cases.appeals.AnotherOfficerNeeded):
        answer(spine, filed, by="chief")


def test_the_database_refuses_the_first_officer_too(spine, decision):
    filed = complain(spine, decision)
    Appeal.objects.filter(id=filed.appeal_id).update(first_by="first")

    with pytest.raises(IntegrityError, match="appeal_another_officer"), transaction.atomic():
        Appeal.objects.filter(id=filed.appeal_id).update(
            state="upheld", decided_by="first", decided_on=spine.day, reason=WHY
        )


def test_an_answered_complaint_is_not_answered_again(spine, decision):
    filed = complain(spine, decision)
    answer(spine, filed, overturned=False)

    with pytest.raises(cases.appeals.AppealNotOpen):
        answer(spine, filed, by="third")


def test_statistics_by_measure_and_cause(spine, decision):
    answer(spine, complain(spine, decision), amount_kopecks=300_000)

    (row,) = cases.appeals.statistics(first=date(2026, 1, 1), last=date(2026, 12, 31))

    assert (row.measure, row.cause, row.filed, row.answered, row.overturned) == (EDV, "facts", 1, 1, 1)


def test_the_person_is_told_twice(spine, decision):
    answer(spine, complain(spine, decision), overturned=False)

    titles = [notice.title for notice in notifications.inbox(person_id=decision.recipient_id)]
    assert sum("алоб" in title for title in titles) == 2


@pytest.fixture
def waiting(spine):
    """A case that waits for an officer, its term in a week."""
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    case = Case.objects.filter(measure=EDV).get()
    Case.objects.filter(id=case.id).update(state="waiting_person", due_on=date(2026, 2, 20), decision_id=None)
    return case


def test_a_late_case_is_shown_to_the_supervisor_and_refused_to_nobody(spine, waiting):
    watch_terms(date(2026, 2, 21))
    watch_terms(date(2026, 2, 22))

    assert Escalation.objects.get().escalated_on == date(2026, 2, 21)
    (row,) = cases.appeals.late(body="sfr-77", on=date(2026, 2, 22))
    assert (row.case_id, row.escalated_on) == (waiting.id, date(2026, 2, 21))
    assert Decision.objects.filter(kind="refuse", measure=EDV).count() == 0


def test_days_on_which_the_clock_stood_do_not_count(spine, waiting):
    cases.appeals.stop_clock(case_id=waiting.id, kind="answer_of_citizen", by="first", on=date(2026, 2, 16))
    watch_terms(date(2026, 2, 21))

    due = cases.appeals.resume_clock(case_id=waiting.id, on=date(2026, 2, 19))

    assert due == date(2026, 2, 26)  # three working days later, the holiday does not count
    assert not Escalation.objects.filter(escalated_on__lt=date(2026, 2, 21)).exists()
