"""Indexation: all awards of a day by the rule or by the coefficient; counted, held, released, cut off, run again."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.contexts.cases.spine import Spine

from kazna.contexts.cases import public as cases
from kazna.contexts.cases import recounts
from kazna.contexts.cases.actions import plan_indexation
from kazna.contexts.cases.models import Award, AwardStop, Decision
from kazna.contexts.measures import public as measures
from kazna.contexts.payments.models import Obligation
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db

EDV, PENSION = "ru-disability-monthly", "ru-old-age-pension"
NOW = datetime(2026, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def spine():
    return Spine(date(2025, 12, 12))


def legacy(spine, number, person, kopecks):
    row = cases.BaselineAward(number, person, person, PENSION, kopecks, date(2019, 5, 1), None)
    cases.load_awards(rows=[row], on=spine.day, received_at=NOW)
    spine.work()


def index(spine, day, *, limit=20, measures=()):
    run_id = recounts.plan(day=day, measures_named=measures, limit_percent=limit, on=spine.day, by="operator")
    recounts.count(run_id=run_id)
    recounts.release(run_id=run_id)
    done = recounts.write(run_id=run_id, now=NOW)
    spine.work()
    return done


def test_by_the_rule_from_the_day_of_the_new_figures(spine):
    person = spine.person()
    spine.disabled(person, "II", date(2025, 12, 5), date(2028, 3, 1))
    spine.until(date(2026, 1, 20), daily_work=False)
    was = spine.live(person)[EDV]

    done = index(spine, date(2026, 2, 1), measures=[EDV])

    old, new = spine.awards(person, EDV)
    assert (old.stop.stops_on, new.first_day, new.last_day) == (date(2026, 2, 1), date(2026, 2, 1), old.last_day)
    assert new.amount_kopecks == 257198 > was
    assert (done.awards, done.changed, done.done, done.state) == (1, 1, 1, "done")
    assert not cases.replay_all().differences


def test_a_pension_of_the_former_register_by_its_coefficient(spine):
    person = spine.person()
    legacy(spine, "77-1", person, 2_000_000)
    spine.until(date(2026, 1, 20), daily_work=False)

    index(spine, date(2026, 1, 1), measures=[PENSION])

    _, new = spine.awards(person, PENSION)
    assert new.amount_kopecks == 2_152_000
    assert new.first_day == date(2026, 2, 1)  # the run is late: January is told as a difference
    decision = Decision.objects.get(measure=PENSION)
    assert [(one["month"], one["was_kopecks"], one["due_kopecks"]) for one in decision.ground["differences"]] == [
        ("2026-01-01", 2_000_000, 2_152_000)
    ]
    assert "1,076" in decision.reason
    assert not cases.replay_all().differences


def test_the_second_run_finds_nothing(spine):
    person = spine.person()
    legacy(spine, "77-1", person, 2_000_000)
    spine.disabled(person, "II", date(2025, 12, 5), date(2028, 3, 1))
    index(spine, date(2026, 2, 1), measures=[EDV])
    before = Award.objects.count()

    again = index(spine, date(2026, 2, 1), measures=[EDV])

    assert (again.changed, Award.objects.count()) == (0, before)


def test_a_day_is_indexed_once_though_the_run_is_repeated(spine):
    person = spine.person()
    legacy(spine, "77-1", person, 2_000_000)
    index(spine, date(2026, 1, 1), measures=[PENSION])
    spine.until(date(2026, 2, 10), daily_work=False)

    again = index(spine, date(2026, 1, 1), measures=[PENSION])

    assert again.changed == 0
    assert spine.live(person)[PENSION] == 2_152_000


def test_a_sum_taken_over_after_the_day_is_a_new_one_already(spine):
    spine.until(date(2026, 1, 20), daily_work=False)
    person = spine.person()
    legacy(spine, "77-1", person, 2_152_000)

    done = index(spine, date(2026, 1, 1), measures=[PENSION])

    assert done.awards == 0


def test_money_follows(spine):
    person = spine.person()
    legacy(spine, "77-1", person, 2_000_000)
    spine.until(date(2026, 1, 20), daily_work=False)

    index(spine, date(2026, 1, 1), measures=[PENSION])

    old, new = Obligation.objects.order_by("first_day")
    assert (old.stops_on, new.first_day, new.amount_kopecks) == (date(2026, 2, 1), date(2026, 2, 1), 2_152_000)
    facts = [f for f in registers.facts_of([person], kinds=["measure.assigned"]) if f.valid_to is None]
    assert [f.value["amount_kopecks"] for f in facts] == [2_152_000]


def test_a_sum_that_grows_too_much_is_held(spine):
    person = spine.person()
    legacy(spine, "77-1", person, 2_000_000)

    with pytest.raises(recounts.IndexationHeld, match="7,6 %"):
        index(spine, date(2026, 1, 1), limit=5)

    assert Decision.objects.count() == 0


def test_a_day_without_new_figures_is_refused(spine):
    with pytest.raises(recounts.NothingToIndex):
        recounts.plan(day=date(2026, 3, 17), limit_percent=20, on=spine.day, by="operator")


def test_cut_off_between_chunks_it_goes_on(spine, monkeypatch):
    monkeypatch.setattr(plan_indexation, "CUT", plan_indexation.CUT.replace("2000", "1"))
    people = [spine.person() for _ in range(3)]
    for place, person in enumerate(people):
        legacy(spine, f"77-{place}", person, 2_000_000)
    run_id = recounts.plan(day=date(2026, 1, 1), limit_percent=20, on=spine.day, by="operator")
    recounts.count(run_id=run_id)
    recounts.release(run_id=run_id)

    class CutOff(Exception):
        pass

    def cut(done, total):
        if done == 2:
            raise CutOff

    with pytest.raises(CutOff):
        recounts.write(run_id=run_id, now=NOW, progress=cut)
    again = recounts.plan(day=date(2026, 1, 1), limit_percent=20, on=spine.day, by="operator")
    done = recounts.write(run_id=again, now=NOW)

    assert again == run_id
    assert done.done == 3
    numbers = sorted(Decision.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == [1, 2, 3]
    assert {number[:7] for number in numbers} == {"77-2025"}


def test_the_first_of_august_is_known_from_passports():
    assert {PENSION, "ru-disability-pension-insurance"} <= set(measures.indexed_on(date(2026, 8, 1)))


def test_nothing_stops_an_award_that_is_not_there(spine):
    stop = {"recipient_id": UUID(int=1), "body": "sfr-77", "decision_id": UUID(int=2), "reason": ""}
    days = {"stops_on": spine.day, "stopped_on": spine.day}
    with pytest.raises(IntegrityError, match="names no row of cases_award"), transaction.atomic():
        AwardStop.objects.create(award_id=UUID(int=3), **stop, **days)
