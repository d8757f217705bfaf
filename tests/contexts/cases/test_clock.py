"""The term of a case stands while a citizen is asked, by the passport; what people are told of, too."""

from datetime import date, timedelta

import pytest
from tests.contexts.cases.below import INCOME, PROPERTY

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.stop_clock import ClockStop, run_out
from kazna.contexts.cases.models import Case
from kazna.contexts.notifications import public as notifications

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
STOPS = [{"reason": "answer_of_citizen", "title": "Ждём ответа заявителя", "days": 10}]
PASSPORT = {"decision_days": 5, "clock_stops": STOPS, "texts": {}}


@pytest.fixture
def asked(below, weigh):
    """A person applied; only the person knows what is missing. Returns the right."""
    right = below.unknown(PROPERTY, subject=below.person(), applied_on=DAY, on=DAY, passport=PASSPORT)
    weigh(right)
    return right


def titles(right):
    return {notice.title.partition(":")[0] for notice in notifications.inbox(person_id=right.recipient_id)}


def test_a_question_stops_the_term_and_the_answer_lets_it_run(below, weigh, asked):
    [case] = Case.objects.all()
    assert cases.appeals.clock(case_id=case.id).last_day == DAY + timedelta(days=10)

    later = DAY + timedelta(days=3)
    weigh(
        below.unknown(
            PROPERTY, subject=asked.subject_id, applied_on=DAY, on=later, passport={**PASSPORT, "decides": "officer"}
        )
    )
    assert ClockStop.objects.get().until is None  # asked once more
    weigh(below.right(subject=asked.subject_id, applied_on=DAY, on=later, passport={**PASSPORT, "decides": "officer"}))

    case.refresh_from_db()
    assert (case.state, case.due_on) == ("waiting_person", DAY + timedelta(days=5 + 3))
    assert ClockStop.objects.get().until == later


def test_it_stands_no_longer_than_the_passport_allows(below, asked):
    assert run_out(DAY + timedelta(days=10), below) == 0
    assert run_out(DAY + timedelta(days=11), below) == 1

    assert Case.objects.get().due_on == DAY + timedelta(days=5 + 10)
    assert cases.appeals.clock(case_id=Case.objects.get().id) is None


def test_without_such_a_pause_in_the_passport_the_term_runs(below, weigh):
    weigh(below.unknown(PROPERTY, subject=below.person(), applied_on=DAY, passport={**PASSPORT, "clock_stops": []}))

    assert not ClockStop.objects.exists()


def test_who_is_asked_nothing_gets_a_confirmation(below, weigh, asked):
    waits = below.unknown(INCOME, subject=below.person(), applied_on=DAY, passport=PASSPORT)
    weigh(waits)

    assert (titles(asked), titles(waits)) == ({"Нужен ваш ответ"}, {"Заявление принято"})


def test_what_the_passport_does_not_tell_is_not_told(below, weigh):
    right = below.unknown(
        PROPERTY, subject=below.person(), applied_on=DAY, passport={**PASSPORT, "notices": ["decided"]}
    )
    weigh(right)

    assert titles(right) == set()
    assert Case.objects.get().state == "waiting_person"


def test_a_case_speaks_in_the_words_of_the_passport(asked):
    assert cases.case(case_id=Case.objects.get().id).status == "Проверяет специалист"
