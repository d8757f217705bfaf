"""Awards suspended and resumed by the events their passports name."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine
from tests.factories.people import ACCOUNT, cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.events.payments import PaymentsUnclaimed
from kazna.plumbing.outbox import publish

pytestmark = pytest.mark.django_db

EDV, MINER = "ru-disability-monthly", "ru-miner-supplement"


@pytest.fixture
def spine():
    spine = Spine(date(2026, 2, 10))
    yield spine
    assert not cases.replay_all().differences


def kinds(measure):
    return list(Decision.objects.filter(measure=measure).order_by("number").values_list("kind", flat=True))


@pytest.fixture
def unclaimed(spine):
    """Half a year nobody took the money: told on the first of the month."""
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2026, 9, 1), daily_work=False)
    [award] = spine.awards(person, EDV)
    publish(PaymentsUnclaimed(award.id, person, date(2026, 8, 1), spine.day, cause(spine.day)))
    spine.work()
    return person


def test_money_nobody_takes_suspends_from_the_next_month(spine, unclaimed):
    [award] = spine.awards(unclaimed, EDV)

    assert award.stop.stops_on == date(2026, 9, 1)
    assert kinds(EDV) == ["grant", "suspend"]
    [notice] = [n for n in notifications.inbox(person_id=unclaimed) if "Приостановлено" in n.title]
    assert "скажете, куда платить" in notice.why


def test_an_account_resumes_it_and_pays_for_the_time_between(spine, unclaimed):
    spine.until(date(2026, 11, 10), daily_work=False)
    assert EDV not in spine.live(unclaimed)

    spine.tell("person.account", unclaimed, spine.day, ACCOUNT, source="citizen")

    was, now = spine.awards(unclaimed, EDV)
    assert (now.first_day, now.replaces_id, now.amount_kopecks) == (date(2026, 9, 1), was.id, was.amount_kopecks)
    assert kinds(EDV) == ["grant", "suspend", "resume"]
    assert payments.verify() == []


def test_told_twice_it_is_suspended_and_resumed_once(spine, unclaimed):
    [award] = spine.awards(unclaimed, EDV)
    publish(PaymentsUnclaimed(award.id, unclaimed, date(2026, 8, 1), spine.day, cause(spine.day)))
    spine.work()
    for _ in range(2):
        spine.tell("person.account", unclaimed, spine.day, ACCOUNT, source="citizen")

    assert kinds(EDV) == ["grant", "suspend", "resume"]


def test_no_rule_grants_again_what_stands(spine, unclaimed):
    spine.disabled(unclaimed, "III", date(2026, 8, 20), date(2028, 3, 1), act="2")

    assert kinds(EDV) == ["grant", "suspend"]


@pytest.fixture
def miner(spine):
    man = spine.person("Пётр", date(1960, 3, 3), "M")
    pension = {"type": "old_age", "amount_kopecks": 2_500_000, "ipk": None}
    spine.tell("pension", man, date(2025, 3, 3), pension, source="sfr")
    record = {"flight_years": "0", "left_for_health": False, "underground_years": "26", "leading_years": "0"}
    spine.tell("trade.record", man, date(2025, 1, 1), {**record, "full_kopecks": 4_000_000}, source="sfr")
    spine.tell("trade.quarter", man, date(2025, 1, 1), {"trade": "coal", "ratio": "1"}, source="sfr")
    spine.tell("application", man, spine.day, {"measure": MINER, "channel": "epgu"}, source="epgu")
    assert MINER in spine.live(man)
    spine.until(date(2026, 5, 12), daily_work=False)
    return man


def test_back_to_the_mine_and_out_of_it_again(spine, miner):
    spine.tell("trade.employment", miner, date(2026, 5, 4), {"trade": "coal"}, thing="mine", source="sfr")
    assert spine.awards(miner, MINER)[-1].stop.stops_on == date(2026, 6, 1)
    spine.until(date(2026, 9, 14), daily_work=False)

    until = date(2026, 9, 8)
    spine.tell("trade.employment", miner, date(2026, 5, 4), {"trade": "coal"}, thing="mine", until=until, source="sfr")

    assert spine.awards(miner, MINER)[-1].first_day == date(2026, 10, 1)
    assert kinds(MINER) == ["grant", "suspend", "resume"]
