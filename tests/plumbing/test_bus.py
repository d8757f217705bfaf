"""Events by a real broker: at least once on the wire, once in effect, in order for each person, whatever dies."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.plumbing.broker import NatsServer
from tests.plumbing.lamps import LampLit
from tests.web.conftest import PASSWORD, signed_in

from kazna.contexts.identity import public as identity
from kazna.kernel.places import ROOT
from kazna.plumbing import clock, outbox
from kazna.plumbing.bus import carry
from kazna.plumbing.bus.broker import Arrival, Broker, BusTrouble
from kazna.plumbing.bus.receive import land
from kazna.plumbing.bus.relay import relay, unsent
from kazna.plumbing.bus.replay import replay, take_back_unsent
from kazna.plumbing.deliver import drain, retry_stuck
from kazna.plumbing.models import Delivery, Event
from kazna.plumbing.register import Wanted, events

pytestmark = pytest.mark.django_db(transaction=True)
ANNA, BORIS = uuid4(), uuid4()


@pytest.fixture(scope="module")
def nats(tmp_path_factory):
    server = NatsServer(tmp_path_factory.mktemp("nats"))
    yield server
    server.kill()


@pytest.fixture
def bus(nats, settings):
    """Settings with the bus on, each test with a stream of its own and a reader of its own."""
    settings.KAZNA_BUS, settings.KAZNA_BUS_GROUP = nats.url, f"t{uuid4().hex[:8]}"
    broker = Broker(nats.url, settings.KAZNA_BUS_GROUP)
    broker._run(broker._stream.purge_stream("KAZNA"))
    yield broker
    broker.close()


@pytest.fixture
def heard():
    told: list[LampLit] = []
    kept = dict(outbox.consumers)

    @outbox.consumes(LampLit, name="test.lamps", stage=1)
    def hear(batch):
        if any(event.room == "dark" for event in batch):
            raise RuntimeError("it is dark")
        told.extend(batch)

    yield told
    outbox.consumers.clear()
    outbox.consumers.update(kept)
    outbox._by_event.pop(LampLit)


def rooms(told, person: UUID | None = None):
    return [event.room for event in told if person in (None, event.person_id)]


def test_events_travel_by_the_broker(bus, heard):
    outbox.publish(LampLit("hall", ANNA), LampLit("attic", BORIS))
    drain()
    assert heard == []  # nothing is handed out beside the bus

    carry.settle_all(bus)
    drain()

    assert rooms(heard) == ["hall", "attic"]
    assert unsent()[0] == 0


def test_a_relay_killed_before_marking_sends_twice_and_nothing_happens_twice(bus, heard):
    outbox.publish(LampLit("hall", ANNA))
    relay(bus)
    Event.objects.update(sent_at=None, sendings=0)  # as if it had died before the mark
    relay(bus)
    carry.settle_all(bus)
    Event.objects.update(sent_at=None)  # and once more, past the broker's own memory: another message id
    carry.settle_all(bus)

    drain()

    assert rooms(heard) == ["hall"]
    assert Delivery.objects.filter(event="LampLit").count() == 1


def test_a_reader_killed_before_acknowledging_gets_it_again(bus, heard):
    outbox.publish(LampLit("hall", ANNA))
    relay(bus)
    arrivals = bus.fetch(10, 1)
    land(arrivals)  # written, not acknowledged
    bus.settle([], arrivals, 0.01)  # the broker hands it out again

    carry.settle_all(bus)
    drain()

    assert rooms(heard) == ["hall"]


def test_what_overtook_its_predecessor_waits_for_it(bus, heard):
    outbox.publish(LampLit("1", ANNA))
    outbox.publish(LampLit("2", ANNA), LampLit("3", BORIS))
    relay(bus)
    first, second, third = sorted(bus.fetch(10, 1), key=lambda one: json.loads(one.body)["id"])

    done, later = land([third, second])  # the first is late
    assert (done, later) == ([third], [second])
    bus.settle([third], [first, second], 0.05)
    carry.settle_all(bus)
    drain()

    assert rooms(heard, ANNA) == ["1", "2"]


def test_a_gap_that_never_closes_is_written_down_and_holds_nobody_for_ever(heard):
    message = {
        "id": 10_000_001,
        "kind": "LampLit",
        "persons": [str(ANNA)],
        "event": {"room": "x", "person_id": str(ANNA)},
    }
    arrival = Arrival("LampLit", "10000000", json.dumps(message).encode(), 99, None)

    land([arrival])
    drain()

    assert rooms(heard) == ["x"]
    assert events(Wanted(kind="BusGap"))[0].payload["missing"] == [10_000_000]


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"id": "1"}', b'{"id": 1, "kind": "Other"}'])
def test_rubbish_on_the_bus_is_written_down_and_passed(body, heard):
    arrival = Arrival("LampLit", "", body, 1, None)

    assert land([arrival]) == ([arrival], [])
    assert events(Wanted(kind="BusMessageUnreadable"))


def test_later_events_of_a_person_wait_while_an_earlier_one_is_tried_again(heard):
    outbox.publish(LampLit("dark", ANNA), LampLit("hall", ANNA), LampLit("attic", BORIS))

    drain()
    assert rooms(heard) == ["attic"]

    Delivery.objects.filter(attempts=1).update(attempts=5)  # used up: set aside for a person
    drain()
    assert rooms(heard) == ["attic", "hall"]
    Delivery.objects.filter(payload__room="dark").update(payload={"room": "light", "person_id": str(ANNA)})
    assert retry_stuck() == 1
    drain()
    assert rooms(heard) == ["attic", "hall", "light"]


def test_replay_gives_what_was_missed_and_repeats_only_when_asked(bus, heard):
    outbox.publish(LampLit("hall", ANNA), LampLit("attic", BORIS))
    carry.settle_all(bus)
    drain()
    Delivery.objects.filter(payload__room="attic").delete()  # lost by a careless hand
    start = Event.objects.filter(kind="LampLit").order_by("id").first()

    replay(since=start.id)
    carry.settle_all(bus)
    drain()
    assert rooms(heard) == ["hall", "attic", "attic"]

    assert replay(since=start.recorded_at, only=["test.lamps"], again=True) == (0, 2)
    drain()
    assert rooms(heard)[3:] == ["hall", "attic"]


def test_a_bus_switched_off_leaves_nothing_behind(bus, heard, settings):
    outbox.publish(LampLit("hall", ANNA))
    settings.KAZNA_BUS = ""

    assert take_back_unsent() == 1
    drain()

    assert rooms(heard) == ["hall"]


def test_the_broker_killed_in_the_middle_loses_nothing(nats, bus, heard):
    stop = threading.Event()
    thread = carry.start(stop)
    try:
        for number in range(60):
            outbox.publish(LampLit(str(number), ANNA if number % 2 else BORIS))
            if number == 20:
                nats.kill()
            if number == 40:
                nats.start()
        deadline = time.monotonic() + 30
        while len(heard) < 60 and time.monotonic() < deadline:
            drain()
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join(15)

    assert rooms(heard, ANNA) == [str(number) for number in range(60) if number % 2]
    assert rooms(heard, BORIS) == [str(number) for number in range(60) if number % 2 == 0]


def test_the_monitor_shows_what_waits_for_a_dead_broker_and_what_is_set_aside(nats, bus, heard):
    clock.set_day(date(2026, 2, 16))
    identity.create_account(login="chief", password=PASSWORD, role="administrator", shown_name="Седов Олег Ильич")
    browser = signed_in("chief")
    carry.settle_all(bus)
    nats.kill()
    outbox.publish(LampLit("dark", ANNA), LampLit("hall", BORIS))

    assert f"ждут отправки: {unsent()[0]}<" in browser.get("/monitor/").content.decode() and unsent()[0] >= 2

    nats.start()
    stop = threading.Event()
    thread = carry.start(stop)
    try:
        deadline = time.monotonic() + 30
        while not (heard and Delivery.objects.filter(attempts__gte=1)) and time.monotonic() < deadline:
            drain()
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join(15)
    Delivery.objects.filter(attempts=1).update(attempts=5)  # used up: set aside for a person
    page = browser.get("/monitor/").content.decode()

    assert "ждут отправки: 0<" in page
    assert "LampLit → test" in page and "it is dark" in page and "застряло" in page


def test_a_broker_that_is_down_is_said_in_words(settings):
    with pytest.raises(BusTrouble):
        Broker("nats://127.0.0.1:9", "x")


def test_a_consumer_killed_in_the_middle_does_nothing_twice(nats, bus, heard):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE heard_lamps (seq bigserial, room text, person uuid)")
    try:
        outbox.publish_many([LampLit(str(number), ANNA if number % 3 else BORIS) for number in range(40)])
        workers = [_worker(nats, "0.02") for _ in range(2)]
        time.sleep(2.5)
        for worker in workers:
            worker.kill()
            worker.wait()
        last = _worker(nats, "0")
        try:
            told = _heard_by_workers(40)
        finally:
            last.kill()
            last.wait()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE heard_lamps")

    assert sorted(int(room) for room, _person in told) == list(range(40))
    for person in (ANNA, BORIS):
        mine = [int(room) for room, who in told if who == person]
        assert mine == sorted(mine)


def _worker(nats: NatsServer, pause: str) -> subprocess.Popen:
    from django.conf import settings

    told = connection.settings_dict
    place = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    environment = os.environ | {
        "KAZNA_DATABASE_URL": f"postgresql://{place}", "KAZNA_BUS": nats.url, "DJANGO_SETTINGS_MODULE": BASE,
        "KAZNA_BUS_GROUP": settings.KAZNA_BUS_GROUP, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "KAZNA_CLOCK": "stored",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.plumbing.bus_worker", pause]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)


BASE = "kazna.config.settings.base"


def _heard_by_workers(count: int) -> list[tuple[str, UUID]]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT room, person FROM heard_lamps ORDER BY seq")
            if len(rows := cursor.fetchall()) >= count:
                return rows
        time.sleep(0.1)
    return rows


def test_the_register_is_searched_by_person_kind_and_time(heard):
    outbox.publish(LampLit("hall", ANNA), LampLit("attic", BORIS))
    newest = events(Wanted(kind="LampLit"))

    assert [event.payload["room"] for event in newest] == ["attic", "hall"]
    assert [event.payload["room"] for event in events(Wanted(person=ANNA, kind="LampLit"), limit=1)] == ["hall"]
    assert events(Wanted(since=newest[0].recorded_at, kind="LampLit")) != []
    assert events(Wanted(until=newest[-1].recorded_at, kind="LampLit")) == []
    assert events(Wanted(before=newest[0].number, kind="LampLit"), limit=1)[0].number == newest[1].number
    assert replace(newest[0], deliveries=1, handled=0) == newest[0]
