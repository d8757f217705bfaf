"""Work done over and over between the day's tasks: exchanges with the outside that cannot wait for tomorrow."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError

from kazna.kernel.errors import DomainError

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """`next_at`: the process's own clock (time.monotonic). `always`: also while days are rehearsed."""

    name: str
    seconds: float
    run: Callable[[], None]
    always: bool = False
    next_at: float = 0.0


_rounds: dict[str, Round] = {}


def every(seconds: float, *, name: str, always: bool = False) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register work for the idle worker; it must be repeatable and keep its own transactions.

    `always`: also when the clock is stored; a rehearsed day exchanges with agencies by its daily tasks alone, but
    what is told to others by the real clock need not wait.
    """

    def register(run: Callable[[], None]) -> Callable[[], None]:
        _rounds[name] = Round(name, seconds, run, always)
        return run

    return register


def run_due(now: float | None = None, *, rehearsed: bool = False) -> int:
    """Run what is due, of a rehearsed day only what runs always.

    A foreseen refusal (a missing key, a bad setting) is logged and tried the next round.
    """
    moment = time.monotonic() if now is None else now
    due = [one for one in _rounds.values() if one.next_at <= moment and (one.always or not rehearsed)]
    for one in due:
        try:
            one.run()
        except OperationalError:
            raise
        except DomainError as refusal:
            log.warning("%s: %s", one.name, refusal)
        one.next_at = moment + one.seconds
    return len(due)
