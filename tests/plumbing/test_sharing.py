"""Several workers at one consumer: each person's events in their order, none twice, none lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.plumbing.lamps import LampLit

from kazna.kernel.places import ROOT
from kazna.plumbing import outbox, taking
from kazna.plumbing.deliver import deliver_batch, drain
from kazna.plumbing.hands import Hands
from kazna.plumbing.taking import Taken, in_order
from kazna.plumbing.taking_sql import BEFORE, BY_INDEX, HELD_BACK, IN_ORDER, OLDEST, TAKE

ANNA, BORIS, VERA = uuid4(), uuid4(), uuid4()
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class AtticLit:
    person_id: UUID


class Lamps:
    """Two consumers of lamps; who comes to the `held` room waits there until it is let go."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.held, self.is_held, self.let_go = "", threading.Event(), threading.Event()

    def hear(self, who: str):
        def heard(events: list[LampLit]) -> None:
            for event in events:
                if (who, event.room) == ("late", self.held):
                    self.is_held.set()
                    assert self.let_go.wait(PATIENCE)
                self.told.append((who, event.room))

        return heard

    def rooms(self, who: str) -> list[str]:
        return [room for name, room in self.told if name == who]


@pytest.fixture(params=[True, False], ids=["shared", "alone"])
def lamps(request):
    kept, heard = dict(outbox.consumers), Lamps()
    outbox.consumers.clear()
    outbox.consumes(LampLit, name="test.late", stage=2, shared=request.param)(heard.hear("late"))
    outbox.consumes(LampLit, name="test.early", stage=1, shared=True)(heard.hear("early"))
    heard.shared = request.param
    yield heard
    outbox.consumers.clear()
    outbox.consumers.update(kept)
    outbox._by_event.pop(LampLit)


def beside(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_holds_keeps_back_its_person_alone(lamps):
    lamps.held = "1"
    outbox.publish(LampLit("1", ANNA), LampLit("2", ANNA), LampLit("3", BORIS))
    other = beside(lambda: deliver_batch(1))
    assert lamps.is_held.wait(PATIENCE)

    while deliver_batch():
        pass
    # of Anna neither the second event nor what an earlier stage hears of the first
    assert lamps.told == ([("late", "3"), ("early", "3")] if lamps.shared else [])
    lamps.let_go.set()
    other.join()
    drain()

    assert [room for room in lamps.rooms("late") if room != "3"] == ["1", "2"]
    assert [room for room in lamps.rooms("early") if room != "3"] == ["1", "2"]
    assert len(lamps.told) == 6


@pytest.mark.django_db(transaction=True)
def test_a_drain_ends_when_the_others_have_nothing_in_their_hands(lamps):
    lamps.held = "1"
    outbox.publish(LampLit("1", ANNA))
    other = beside(lambda: deliver_batch(1))
    assert lamps.is_held.wait(PATIENCE)
    mine = beside(drain)
    time.sleep(0.3)
    assert mine.is_alive()

    lamps.let_go.set()
    other.join()
    mine.join()

    assert lamps.told == [("late", "1"), ("early", "1")]


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_passed_by_is_free_for_others_while_it_works(lamps):
    """Held back by Anna's late lamp, a worker goes on to the attic; it must not keep the early ones for itself."""
    is_busy, may_go = threading.Event(), threading.Event()

    def in_the_attic(_events: list[AtticLit]) -> None:
        is_busy.set()
        assert may_go.wait(PATIENCE)

    outbox.consumes(AtticLit, name="test.attic", stage=0)(in_the_attic)
    lamps.held = "1"
    outbox.publish(LampLit("1", ANNA), AtticLit(VERA))
    first = beside(lambda: deliver_batch(1))
    assert lamps.is_held.wait(PATIENCE)
    second = beside(deliver_batch)
    assert is_busy.wait(PATIENCE)
    lamps.let_go.set()
    first.join()

    deliver_batch()
    told = list(lamps.told)
    may_go.set()
    second.join()
    outbox._by_event.pop(AtticLit)

    assert told == [("late", "1"), ("early", "1")]


@pytest.mark.django_db(transaction=True)
def test_what_is_about_too_many_people_is_left_to_others(lamps, monkeypatch):
    monkeypatch.setattr(taking, "MOST_PERSONS", 2)
    outbox.publish(*(LampLit(str(number), uuid4()) for number in range(5)))

    assert deliver_batch() == (2 if lamps.shared else 5)
    drain()

    assert lamps.rooms("late") == lamps.rooms("early") == ["0", "1", "2", "3", "4"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_what_one_does(lamps):
    people = [uuid4() for _ in range(7)]
    sent = [LampLit(str(number), people[number * number % 7]) for number in range(120)]
    outbox.publish_many(sent)

    def work() -> None:
        while deliver_batch(5):
            pass
        drain()

    for worker in [beside(work) for _ in range(3)]:
        worker.join()

    for who in ("late", "early"):
        assert len(lamps.rooms(who)) == len(sent)
        for person in people:
            mine = {event.room for event in sent if event.person_id == person}
            told = [int(room) for room in lamps.rooms(who) if room in mine]
            assert told == sorted(told) and len(told) == len(mine)


@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_share_is_taken_over(lamps):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE heard_lamps (seq bigserial, room text, person uuid)")
    workers = []
    try:
        outbox.consumers.pop("test.early")
        outbox._by_event[LampLit] = [outbox.Consumer("test.lamps", LampLit, 1, lambda _: None, lamps.shared)]
        outbox.publish_many([LampLit(str(number), (ANNA, BORIS, VERA)[number % 3]) for number in range(60)])
        workers = [_worker("0.05", shared=lamps.shared) for _ in range(2)]
        _until(lambda: _locked() > 0)
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert _heard() == []  # nothing of a batch cut off stays
        workers.append(_worker("0", shared=lamps.shared))
        _until(lambda: len(_heard()) >= 60)
        told = _heard()
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE heard_lamps")

    assert sorted(int(room) for room, _ in told) == list(range(60))
    for person in (ANNA, BORIS, VERA):
        mine = [int(room) for room, who in told if who == person]
        assert mine == sorted(mine)


def _worker(pause: str, *, shared: bool) -> subprocess.Popen:
    told = connection.settings_dict
    place = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    environment = os.environ | {
        "KAZNA_DATABASE_URL": f"postgresql://{place}", "KAZNA_BUS": "", "KAZNA_CLOCK": "stored",
        "DJANGO_SETTINGS_MODULE": "kazna.config.settings.base", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.plumbing.bus_worker", pause, "shared" if shared else "alone"]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)


def _heard() -> list[tuple[str, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT room, person FROM heard_lamps ORDER BY seq")
        return cursor.fetchall()


def _locked() -> int:
    """Deliveries that somebody has in hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database()"
            " AND locktype = 'advisory' AND mode = 'ShareLock'"
        )
        return cursor.fetchone()[0]


def _until(is_true) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_hands_are_called_again_when_they_died_and_go_with_the_worker():
    hands = Hands(2, [sys.executable, "-c", "import time; time.sleep(60)"])
    hands.call()
    first = list(hands._called)
    first[0].kill()
    first[0].wait()
    hands.call()
    called = list(hands._called)
    hands.dismiss()

    assert len(called) == 2 and called[0] is first[1]
    assert all(one.poll() is not None for one in called)


@pytest.mark.django_db
def test_what_was_handled_is_not_read_again_whatever_the_planner_believes(lamps):
    """The table was counted while all of it waited."""
    outbox.publish_many([LampLit(str(number), uuid4()) for number in range(1500)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plumbing_delivery")
        cursor.execute("UPDATE plumbing_delivery SET handled_at = now() WHERE id % 1000 > 0")
        asked = {
            "consumer": "test.early", "oldest": 1, "above": ["test.late"], "batch": 1000, "most": 5,
            "persons": [ANNA], "ids": [1], "last": 10**9,
        }  # fmt: skip
        ways = ((TAKE.format(oldest=OLDEST), IN_ORDER), (HELD_BACK, BY_INDEX), (BEFORE, BY_INDEX))
        for query, how in ways:
            plan = " ".join(row for (row,) in taking._by_index(f"EXPLAIN {query}", asked, how))
            assert " delivery_waiting" in plan
            assert not any(other in plan for other in ("_pkey", "delivered_once", "Seq Scan"))


PERSON = st.sampled_from("abcd")


@given(
    events=st.lists(st.sets(PERSON, min_size=1, max_size=3), max_size=20),
    turns=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), max_size=60),
)
def test_whoever_takes_whatever_the_order_of_a_person_stays(events, turns):
    """Workers take and finish in any order; a turn is who, and how many at most."""
    free = [Taken(number, "", "{" + ",".join(sorted(of)) + "}") for number, of in enumerate(events)]
    hands: dict[int, list[Taken]] = {}
    begun: list[Taken] = []
    endless = [(who, 20) for _ in range(2 * len(events) + 2) for who in range(3)]
    for who, most in [*turns, *endless]:
        if who in hands:  # finish what is in hand
            del hands[who]
            continue
        locked = free[:most]
        others = [*free[most:], *(row for held in hands.values() for row in held)]
        before: dict[str, int] = {}
        for row in others:
            for person in row.persons:
                before[person] = min(row.id, before.get(person, row.id))
        taken = list(in_order(locked, before))
        for row in taken:
            assert not any(set(row.persons) & set(one.persons) for held in hands.values() for one in held)
            begun.append(row)
            free.remove(row)
        if taken:
            hands[who] = taken

    assert sorted(row.id for row in begun) == list(range(len(events)))
    for person in "abcd":
        mine = [row.id for row in begun if person in row.persons]
        assert mine == sorted(mine)
