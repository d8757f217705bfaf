"""The thread of a worker that keeps the bus going: send, receive, and wait out a broker that is down."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import OperationalError, connection

from kazna.plumbing.bus.broker import Broker, BusTrouble
from kazna.plumbing.bus.receive import receive
from kazna.plumbing.bus.relay import relay
from kazna.plumbing.register import note

WAIT_SECONDS, LONGEST_PAUSE = 0.05, 10.0
log = logging.getLogger("kazna.bus")


def carry(stop: threading.Event) -> None:
    """Until `stop`. A lost broker or database is waited for, longer each time; nothing is lost meanwhile."""
    pause, is_lost = 0.2, False
    while not stop.is_set():
        broker = None
        try:
            broker = Broker(settings.KAZNA_BUS, settings.KAZNA_BUS_GROUP)
            if is_lost:
                note("BusRegained")
            pause, is_lost = 0.2, False
            while not stop.is_set():
                turn(broker)
        except BusTrouble as trouble:
            if not is_lost:
                log.warning("the bus is lost: %s", trouble)
                _note_quietly("BusLost", error=str(trouble))
            is_lost = True
        except OperationalError:
            connection.close()
        finally:
            if broker is not None:
                broker.close()
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    connection.close()


def turn(broker: Broker) -> int:
    """Send and take in once; return how many messages moved."""
    return relay(broker) + receive(broker, WAIT_SECONDS)


def settle_all(broker: Broker, seconds: float = 30) -> None:
    """Until nothing is under way on the bus; for tests and for a worker that stops when idle."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not turn(broker) and not broker.backlog():
            return


def start(stop: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=carry, args=(stop,), name="bus", daemon=True)
    thread.start()
    return thread


def _note_quietly(kind: str, **payload: str) -> None:
    try:
        note(kind, **payload)
    except OperationalError:
        connection.close()
