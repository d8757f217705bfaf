"""More hands for a worker that has more than a batch to do: processes that only deliver, and go when it is done."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from kazna.plumbing import clock
from kazna.plumbing.deliver import drain
from kazna.plumbing.register import note

MOST = 4
LOOK_SECONDS, LINGER_SECONDS = 0.2, 15.0
COMMAND = (sys.executable, "-m", "kazna.cli.main", "worker", "--hand")


def as_many_as_cores() -> int:
    """Beside the worker itself."""
    return min(MOST, os.cpu_count() or 1) - 1


class Hands:
    """The further processes of one worker. One event is as quick without them, so they come when many wait."""

    def __init__(self, most: int, command: Sequence[str] = COMMAND) -> None:
        self._most, self._command = most, command
        self._called: list[subprocess.Popen[bytes]] = []

    def call(self) -> None:
        """Have all of them at work; those that died are called again."""
        self._called = [one for one in self._called if one.poll() is None]
        missing = self._most - len(self._called)
        if missing > 0:
            note("HandsCalled", count=missing)
            self._called += [subprocess.Popen(self._command, stdin=subprocess.DEVNULL) for _ in range(missing)]

    def dismiss(self) -> None:
        for one in self._called:
            one.terminate()
        for one in self._called:
            one.wait()
        self._called = []


def lend_a_hand(parent: int) -> None:
    """Deliver beside the worker that called until there has been nothing for a while, or the worker is gone."""
    idle_since = time.monotonic()
    while os.getppid() == parent and time.monotonic() - idle_since < LINGER_SECONDS:
        stored = clock.stored_day()
        is_filling = stored is not None and stored.state == clock.State.FILLING
        if not is_filling and drain():
            idle_since = time.monotonic()
        time.sleep(LOOK_SECONDS)
