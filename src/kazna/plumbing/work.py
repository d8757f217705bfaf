"""The worker: drains the outbox, does the day's tasks, sleeps until woken."""

from __future__ import annotations

import signal
import threading

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection

from kazna.plumbing import clock, daily, rounds
from kazna.plumbing.deliver import drain
from kazna.plumbing.outbox import CHANNEL

IDLE_SECONDS = 0.5


def work(stop: threading.Event) -> None:
    """Run until `stop` is set; a lost database connection is waited out."""
    while not stop.is_set():
        try:
            if not work_once():
                if not settings.KAZNA_STORED_CLOCK:  # a rehearsed day exchanges by its daily tasks alone
                    rounds.run_due()
                _wait_for_news(stop)
        except OperationalError:
            close_old_connections()
            connection.close()
            stop.wait(IDLE_SECONDS)


def work_once() -> bool:
    """One turn: True when something was done. While agencies are still reporting the day, the spine waits.

    The outbox is drained before each of the day's tasks: a later task sees what the earlier ones set going.
    """
    stored = clock.stored_day()
    if stored and stored.state == clock.State.FILLING:
        return False
    handled = drain()
    if stored and stored.state == clock.State.CLOSED:
        return handled > 0
    day = stored.day if stored else clock.today()
    tasks = daily.pending(day)
    for task in tasks:
        daily.perform(task, day)
        drain()
    if stored and settings.KAZNA_CLOSE_DAYS:
        return clock.close_day(stored.day)
    return handled > 0 or bool(tasks)


def _wait_for_news(stop: threading.Event) -> None:
    if not stop.is_set():
        wait_for(CHANNEL, IDLE_SECONDS)


def wait_for(channel: str, seconds: float) -> None:
    """Sleep until a notification on the channel, or for so many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {channel}")
    for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
        return


def stop_on_signals() -> threading.Event:
    """An event set by SIGTERM and SIGINT, for `work`."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
