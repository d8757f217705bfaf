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


BENEFIT = "ru-child-benefit"


@pytest.fixture
def granted(spine):
    """A mother and a child of three to whom the needs-tested benefit was granted on her application."""
    mother = spine.person(job=True)
    child = spine.person("Михаил", date(2023, 2, 1), "M")
    spine.tell("family.parent", child, date(2023, 2, 1), {"role": "mother", "act": "1", "order": 1}, about=mother)
    spine.tell("unemployment.answer", mother, spine.day, {"present": False, "asked_on": spine.day.isoformat()})
    spine.tell("property.answer", mother, spine.day, {"excess": False, "as_of": spine.day.isoformat()})
    earned(spine, mother, 2_500_000)
    spine.tell("application", mother, spine.day, {"measure": BENEFIT, "channel": "epgu"}, about=child, source="epgu")
    assert BENEFIT in spine.live(mother), cases.cases_of(person_id=mother)
    return mother, child


def earned(spine, person, kopecks):
    months = {f"{month:02d}": kopecks for month in range(1, 13)}
    spine.tell("income.year", person, date(2025, 1, 1), {"year": 2025, "months": months}, thing="2025", source="fns")


def test_corrected_income_changes_the_sum_from_the_first_month(spine, granted):
    mother, _ = granted
    was = spine.live(mother)[BENEFIT]
    spine.until(date(2026, 5, 12), daily_work=False)

    earned(spine, mother, 3_600_000)

    now = spine.awards(mother, BENEFIT)[-1]
    decision = Decision.objects.filter(measure=BENEFIT).latest("number")
    assert now.amount_kopecks < was
    assert decision.kind == "correct"
    assert [one["month"] for one in decision.ground["differences"]][-1] == "2026-05-01"
    assert {one["due_kopecks"] for one in decision.ground["differences"]} == {now.amount_kopecks}
    all_replay()


def test_income_that_was_too_high_all_along_ends_the_award_where_it_began(spine, granted):
    mother, _ = granted
    first = spine.awards(mother, BENEFIT)[0]
    spine.until(date(2026, 5, 12), daily_work=False)

    earned(spine, mother, 9_000_000)

    (award,) = spine.awards(mother, BENEFIT)
    assert award.stop.stops_on <= first.first_day
    assert Decision.objects.filter(measure=BENEFIT).latest("number").kind == "stop"
    all_replay()


def test_income_of_later_months_waits_for_the_renewal(spine, granted):
    mother, _ = granted
    spine.until(date(2027, 1, 12), daily_work=False)
    before = Decision.objects.filter(measure=BENEFIT).count()

    months = {f"{month:02d}": 9_000_000 for month in range(1, 13)}
    spine.tell("income.year", mother, date(2026, 1, 1), {"year": 2026, "months": months}, thing="2026", source="fns")

    assert Decision.objects.filter(measure=BENEFIT).count() == before


def test_a_citizenship_lost_long_ago_ends_the_award_from_the_month_after(spine, granted):
    mother, _ = granted
    spine.until(date(2026, 6, 12), daily_work=False)

    spine.tell(
        "person.citizenship", mother, date(2026, 4, 10), {"oksm": "398", "by_birth": False}, thing="exit", source="mvd"
    )

    assert spine.awards(mother, BENEFIT)[-1].stop.stops_on == date(2026, 5, 1)
    assert Decision.objects.filter(measure=BENEFIT).latest("number").reason.startswith("Гражданство России прекращено")
    all_replay()


def test_a_corrected_birth_date_moves_the_end_of_the_term(spine, granted):
    mother, child = granted
    was = spine.awards(mother, BENEFIT)[-1]
    spine.until(date(2026, 5, 12), daily_work=False)

    spine.tell(
        "person.birth",
        child,
        date(2009, 5, 25),
        {"date": "2009-05-25", "place": "Москва", "act": None},
        thing=f"person.birth/{date(2023, 2, 1)}",
        source="mvd",
    )

    earned(spine, child, 0)  # at sixteen the child's own income counts, nobody had asked for it

    now = spine.awards(mother, BENEFIT)[-1]
    assert getattr(now, "stop", None) or now.last_day < was.last_day
    assert Decision.objects.filter(measure=BENEFIT).count() > 1
    all_replay()
