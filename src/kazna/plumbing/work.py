"""The worker: drains the outbox, does the day's tasks, sleeps until woken."""

from __future__ import annotations

import signal
import threading

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection

from kazna.plumbing import clock, daily, rounds
from kazna.plumbing.bus import carry
from kazna.plumbing.bus.broker import Broker
from kazna.plumbing.bus.relay import under_way, unsent
from kazna.plumbing.bus.replay import take_back_unsent
from kazna.plumbing.deliver import drain
from kazna.plumbing.hands import Hands
from kazna.plumbing.outbox import CHANNEL
from kazna.plumbing.register import note

IDLE_SECONDS = 0.5


def work(stop: threading.Event, hands: Hands | None = None) -> None:
    """Run until `stop` is set; a lost database connection is waited out. `hands`: who helps when many wait."""
    has_begun, hands = False, hands or Hands(0)
    if settings.KAZNA_BUS:
        carry.start(stop)
    while not stop.is_set():
        try:
            if not has_begun:
                _begin()
                has_begun = True
            if not work_once(hands):
                rounds.run_due(rehearsed=settings.KAZNA_STORED_CLOCK)
                _wait_for_news(stop)
        except OperationalError:
            close_old_connections()
            connection.close()
            stop.wait(IDLE_SECONDS)
    hands.dismiss()


def _begin() -> None:
    note("WorkerBegan", bus=bool(settings.KAZNA_BUS))
    if not settings.KAZNA_BUS:
        take_back_unsent()


def work_once(hands: Hands | None = None) -> bool:
    """One turn: True when something was done. While agencies are still reporting the day, the spine waits.

    The outbox is drained before each of the day's tasks, by whoever helps too: a later task sees what the earlier ones
    set going.
    """
    call = (hands or Hands(0)).call
    stored = clock.stored_day()
    if stored and stored.state == clock.State.FILLING:
        return False
    handled = drain(much=call)
    if stored and stored.state == clock.State.CLOSED:
        return handled > 0
    day = stored.day if stored else clock.today()
    tasks = daily.pending(day)
    for task in tasks:
        daily.perform(task, day)
        drain(much=call)
    if stored and settings.KAZNA_CLOSE_DAYS and not (settings.KAZNA_BUS and under_way()):
        return clock.close_day(stored.day)
    return handled > 0 or bool(tasks)


def work_until_idle(hands: Hands | None = None) -> None:
    """Turn after turn until nothing waits here or is under way on the bus."""
    hands = hands or Hands(0)
    broker = Broker(settings.KAZNA_BUS, settings.KAZNA_BUS_GROUP) if settings.KAZNA_BUS else None
    try:
        while True:
            if broker:
                carry.settle_all(broker)
            if not work_once(hands) and not (broker and unsent()[0]):
                return
    finally:
        hands.dismiss()
        if broker:
            broker.close()


def _wait_for_news(stop: threading.Event) -> None:
    if not stop.is_set():
        wait_for(CHANNEL, IDLE_SECONDS)


def wait_for(channel: str, seconds: float) -> bool:
    """Sleep until a notification on the channel, or for so many seconds; whether one came."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {channel}")
    return any(True for _ in connection.connection.notifies(timeout=seconds, stop_after=1))


def stop_on_signals() -> threading.Event:
    """An event set by SIGTERM and SIGINT, for `work`."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
