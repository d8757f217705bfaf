"""Awards in time: stopped by events, changed by new sums, renewed, taken over from the former register."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from tests.contexts.cases.below import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.load_awards import load_awards
from kazna.contexts.cases.actions.stop_awards import stop_awards
from kazna.contexts.cases.models import Award, AwardStop, Case, Decision
from kazna.contexts.measures.contracts import EditionCard, MeasureCard
from kazna.contexts.notifications import public as notifications
from kazna.events.cases import AwardGranted, AwardStopped
from kazna.events.life_events import LifeEventFound
from kazna.plumbing.models import Delivery

pytestmark = pytest.mark.django_db

APRIL = date(2025, 4, 10)


def happened(code, person, day, on=None):
    return LifeEventFound(uuid4(), code, person, {}, day, on or day, cause())


def days():
    """(first day, last day, stops on) of every award in the order they were made."""
    return [
        (a.first_day, a.last_day, a.stop.stops_on if hasattr(a, "stop") else None)
        for a in Award.objects.select_related("stop").order_by("ordinal")
    ]


def told(event):
    return Delivery.objects.filter(event=event.__name__, consumer__startswith="payments.").count()


def test_a_death_stops_from_the_next_month(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))

    stop_awards([happened("DEATH_CITIZEN", person, date(2025, 6, 17))], below)

    assert days()[0][2] == date(2025, 7, 1)
    assert "умер 17 июня 2025 года." in Decision.objects.get(kind="stop").reason
    assert told(AwardStopped) == 1


def test_the_same_death_told_twice_stops_once(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))
    event = happened("DEATH_CITIZEN", person, date(2025, 6, 17))

    stop_awards([event, event], below)
    stop_awards([event], below)

    assert AwardStop.objects.count() == 1


def test_the_death_of_the_child_stops_what_the_mother_receives(below, weigh):
    mother, child = below.person(), below.person()
    weigh(below.monthly(subject=child, recipient=mother))

    stop_awards([happened("DEATH_CITIZEN", child, date(2025, 6, 17))], below)

    assert days()[0][2] == date(2025, 7, 1)


def test_an_event_the_passport_does_not_name_stops_nothing(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))

    stop_awards([happened("MARRIAGE", person, date(2025, 6, 17))], below)

    assert AwardStop.objects.count() == 0


def test_the_dead_are_not_written_to(below, weigh, spread):
    person = below.person()
    weigh(below.monthly(subject=person))
    below.dies(person, date(2025, 6, 17))
    stop_awards([happened("DEATH_CITIZEN", person, date(2025, 6, 17))], below)

    spread()

    assert notifications.inbox(person_id=person) == []
    assert below.reported[-1][1].valid_to == date(2025, 7, 1)


def test_the_living_learn_of_a_stop(below, weigh, spread):
    person = below.person()
    weigh(below.monthly(subject=person, passport={"ends_on": ["MOVE_REGION"], "decision_days": 5}))
    stop_awards([happened("MOVE_REGION", person, date(2025, 6, 17))], below)

    spread()

    notice = notifications.inbox(person_id=person)[0]
    assert notice.title == "Прекращено: Социальная пенсия"
    assert "с 1 июля 2025 года больше не предоставляется" in notice.happened


def test_another_sum_replaces_the_award_from_the_next_month(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))

    weigh(below.monthly(subject=person, amount_kopecks=1_600_000, on=APRIL, trigger="fact"))

    end = date(2027, 2, 28)
    assert days() == [(date(2025, 3, 1), end, date(2025, 5, 1)), (date(2025, 5, 1), end, None)]
    assert Decision.objects.get(kind="change").replaces_award_id == Award.objects.get(ordinal=1).id
    assert (told(AwardGranted), told(AwardStopped)) == (2, 1)


def test_another_sum_found_on_the_same_day_takes_the_place_of_the_first(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person, first_day=date(2025, 3, 2)))

    weigh(below.monthly(subject=person, first_day=date(2025, 3, 2), amount_kopecks=1_400_000, trigger="award"))

    end = date(2027, 2, 28)
    assert days() == [(date(2025, 3, 2), end, date(2025, 3, 1)), (date(2025, 3, 2), end, None)]


def test_a_sum_that_changes_on_the_first_counts_from_that_day(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))

    weigh(below.monthly(subject=person, amount_kopecks=1_600_000, on=date(2025, 4, 1), trigger="calendar"))

    assert days()[1][0] == date(2025, 4, 1)


def test_the_same_right_found_again_changes_nothing(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))

    weigh(below.monthly(subject=person, on=APRIL, trigger="fact"))

    assert (Award.objects.count(), Decision.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_a_longer_term_renews_the_award_without_paying_a_day_twice(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person, last_day=date(2025, 3, 31)))

    weigh(below.monthly(subject=person, last_day=date(2026, 3, 31), on=date(2025, 3, 20)))

    assert days() == [
        (date(2025, 3, 1), date(2025, 3, 31), None),
        (date(2025, 4, 1), date(2026, 3, 31), None),
    ]


def test_a_renewal_after_the_end_begins_after_it(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person, last_day=date(2025, 3, 31)))

    weigh(below.monthly(subject=person, last_day=date(2026, 3, 31), on=date(2025, 5, 20)))

    assert days()[1][:2] == (date(2025, 4, 1), date(2026, 3, 31))


def test_a_right_that_is_gone_stops_what_was_given_without_an_application(below, weigh):
    person = below.person()
    weigh(below.monthly(subject=person))

    weigh(below.refused(subject=person, measure="ru-disability-pension-social", period="month", on=APRIL))

    assert days()[0][2] == date(2025, 5, 1)


def test_inside_its_term_an_award_by_application_is_kept(below, weigh):
    person = below.person()
    applied = {"mode": "application", "applied_on": date(2025, 3, 3)}
    weigh(below.monthly(subject=person, **applied))

    weigh(below.refused(subject=person, measure="ru-disability-pension-social", period="month", on=APRIL, **applied))

    assert AwardStop.objects.count() == 0


def test_a_child_has_one_recipient_of_a_monthly_measure(below, weigh):
    child, mother, father = below.person(), below.person(), below.person()
    weigh(below.monthly(subject=child, recipient=mother))

    weigh(below.monthly(subject=child, recipient=father, applied_on=APRIL, on=APRIL))

    refusal = Decision.objects.get(recipient_id=father)
    assert "одному получателю" in refusal.reason


def card(**passport):
    document = {
        "form": "cash",
        "period": "month",
        "decided_for": "person",
        "passport": {"body": "sfr", "ends_on": ["DEATH_CITIZEN"], **passport},
    }
    edition = EditionCard("e" * 64, date(2021, 1, 1), None, document)
    return MeasureCard("ru-old-age-pension", "A08", "Страховая пенсия по старости", "Пенсия", "federal", (edition,))


def baseline(person, number="П-1"):
    return cases.BaselineAward(number, person, person, "ru-old-age-pension", 2_000_000, date(2019, 5, 1), None)


def take_over(*rows):
    cards = {"ru-old-age-pension": card()}
    return load_awards(rows, cards=cards, on=date(2024, 11, 1), received_at=datetime(2024, 11, 1, tzinfo=UTC))


def test_awards_of_the_former_register_are_taken_over_once(below):
    people = [below.person() for _ in range(3)]
    rows = [baseline(person, f"П-{number}") for number, person in enumerate(people)]

    assert take_over(*rows) == 3
    assert take_over(*rows) == 0
    assert told(AwardGranted) == 3
    assert cases.cash_totals() == {"ru-old-age-pension": cases.AwardTotals(3, 6_000_000, 0)}


def test_a_death_stops_an_award_of_the_former_register(below):
    person = below.person()
    take_over(baseline(person))

    stop_awards([happened("DEATH_CITIZEN", person, date(2025, 6, 17))], below)

    assert days()[0][2] == date(2025, 7, 1)
    [view] = cases.awards_of(person_id=person)
    assert (view.is_live(date(2025, 6, 30)), view.is_live(date(2025, 7, 1))) == (True, False)


def test_a_new_sum_replaces_an_award_of_the_former_register(below, weigh):
    person = below.person()
    take_over(baseline(person))

    weigh(
        below.monthly(
            subject=person,
            measure="ru-old-age-pension",
            first_day=date(2019, 5, 1),
            last_day=None,
            on=date(2025, 1, 1),
        )
    )

    assert days() == [(date(2019, 5, 1), None, date(2025, 1, 1)), (date(2025, 1, 1), None, None)]


def test_egisso_is_told_of_grants_and_stops(below, weigh):
    person, other = below.person(), below.person()
    weigh(below.monthly(subject=person), below.monthly(subject=other))
    stop_awards([happened("DEATH_CITIZEN", person, date(2025, 6, 17))], below)

    granted, changed = list(cases.assignments()), list(cases.assignment_changes())

    assert [(row.recipient_id, row.last_day) for row in granted] == [
        (person, date(2027, 2, 28)),
        (other, date(2027, 2, 28)),
    ]
    assert [(one.award_id, one.cause, one.is_end, one.last_day) for one in changed] == [
        (granted[0].award_id, cases.ChangeCause.DIED, True, date(2025, 6, 30))
    ]
