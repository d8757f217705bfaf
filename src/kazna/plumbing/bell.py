"""Waiting in a web process until something is published: one LISTEN for all who wait, however many."""

from __future__ import annotations

import threading
import time

from django.db import OperationalError, connection

from kazna.plumbing.outbox import CHANNEL
from kazna.plumbing.work import wait_for

LONGEST_SECONDS = 1.0  # between looks at whether anybody still waits


class Bell:
    """Rings whenever the outbox does. Its thread and connection live as long as somebody waits."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = self._waiting = 0
        self._is_listening = False

    def wait(self, heard: int, seconds: float) -> int:
        """Sleep until it has rung more often than `heard`, or for so many seconds; how often it has rung."""
        with self._changed:
            self._waiting += 1
            if not self._is_listening:
                self._is_listening = True
                threading.Thread(target=self._listen, daemon=True).start()
            try:
                self._changed.wait_for(lambda: self._rings > heard, seconds)
                return self._rings
            finally:
                self._waiting -= 1

    def _listen(self) -> None:
        idle_since = time.monotonic()
        while True:
            try:
                has_rung = wait_for(CHANNEL, LONGEST_SECONDS)
            except OperationalError:
                connection.close()
                has_rung = False
                time.sleep(LONGEST_SECONDS)
            with self._changed:
                self._rings += has_rung
                self._changed.notify_all()
                idle_since = time.monotonic() if self._waiting else idle_since
                if time.monotonic() - idle_since > 2 * LONGEST_SECONDS:
                    self._is_listening = False
                    break
        connection.close()


bell = Bell()
