"""Awards counted anew: told late, told wrong, changed by law; back to the right day, and only once."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision

pytestmark = pytest.mark.django_db

EDV = "ru-disability-monthly"


def kinds():
    return list(Decision.objects.filter(measure=EDV).order_by("number").values_list("kind", flat=True))


def differences():
    return [
        (one["month"], one["was_kopecks"], one["due_kopecks"])
        for row in Decision.objects.filter(measure=EDV, ground__has_key="differences").order_by("number")
        for one in row.ground["differences"]
    ]


def all_replay():
    done = cases.replay_all()
    assert done.total and not done.differences, done.differences


@pytest.fixture
def spine():
    return Spine(date(2026, 2, 10))


def test_a_group_told_late_is_paid_back_to_the_month_after_it(spine):
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    was = spine.live(person)[EDV]
    spine.until(date(2026, 6, 15), daily_work=False)

    spine.disabled(person, "I", date(2026, 3, 20), date(2028, 3, 1), act="2")

    now = spine.awards(person, EDV)[-1]
    assert now.amount_kopecks > was
    assert (now.first_day, now.last_day) == (date(2026, 7, 1), date(2028, 2, 29))
    march, *later = differences()
    assert later == [(f"2026-0{month}-01", was, now.amount_kopecks) for month in (4, 5, 6)]
    assert march == ("2026-03-01", was, round(was * 19 / 31) + round(now.amount_kopecks * 12 / 31))
    all_replay()


def test_repeated_it_changes_nothing(spine):
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2026, 6, 15), daily_work=False)
    spine.disabled(person, "I", date(2026, 3, 20), date(2028, 3, 1), act="2")
    before = Decision.objects.count()

    spine.tell("person.sex", person, date(1985, 6, 1), {"sex": "F"}, source="fri")
    spine.disabled(person, "I", date(2026, 3, 20), date(2028, 3, 1), act="2")

    assert Decision.objects.count() == before


def test_a_group_that_was_told_wrong_is_corrected_from_the_start(spine):
    person = spine.person()
    spine.disabled(person, "I", date(2026, 2, 5), date(2028, 3, 1))
    was = spine.live(person)[EDV]
    spine.until(date(2026, 4, 15), daily_work=False)

    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))

    told = differences()
    assert [month for month, _, _ in told] == ["2026-02-01", "2026-03-01", "2026-04-01"]
    assert all(due < before for _, before, due in told)
    assert told[1][1] == was
    assert kinds()[-1] == "correct"
    assert Decision.objects.filter(measure=EDV, ground__has_key="differences").get().ground["why"] == "correction"
    all_replay()


def test_a_lifted_group_told_late_ends_the_award_back_then(spine):
    person = spine.person()
    spine.disabled(person, "II", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2026, 6, 15), daily_work=False)

    spine.disabled(person, "II", date(2026, 2, 5), date(2026, 3, 20))

    award = spine.awards(person, EDV)[-1]
    assert award.stop.stops_on == date(2026, 4, 1)
    assert spine.live(person) == {} or EDV not in spine.live(person)
    assert kinds()[-1] == "stop"
    all_replay()


def test_a_group_set_again_resumes_what_the_rule_had_stopped(spine):
    person = spine.person()
    spine.disabled(person, "II", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2026, 6, 15), daily_work=False)
    spine.disabled(person, "II", date(2026, 2, 5), date(2026, 3, 20))

    spine.disabled(person, "II", date(2026, 5, 1), date(2028, 5, 1), act="2")

    award = spine.awards(person, EDV)[-1]
    assert award.first_day == date(2026, 5, 1)
    assert kinds()[-1] in ("resume", "grant")
    assert EDV in spine.live(person)
    all_replay()


def test_a_death_reported_after_payment_ends_from_the_month_after_it(spine):
    person = spine.person()
    spine.disabled(person, "II", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2026, 6, 15), daily_work=False)

    spine.dies(person, date(2026, 3, 20))

    assert spine.awards(person, EDV)[-1].stop.stops_on == date(2026, 4, 1)
    assert kinds() == ["grant", "stop"]
    all_replay()


def test_a_new_group_in_time_changes_only_what_is_to_come(spine):
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2026, 3, 1), daily_work=False)

    spine.disabled(person, "I", date(2026, 3, 1), date(2028, 3, 1), act="2")

    assert differences() == []
    assert kinds() == ["grant", "change"]
    assert spine.awards(person, EDV)[-1].first_day == date(2026, 3, 1)
