"""Two years of working days, one after another; a stop at any moment resumes at the same day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import httpx
from django.db import DatabaseError, connection

from kazna.cli.demo.crew import Crew
from kazna.contexts.reference import public as reference
from kazna.plumbing import clock
from kazna.plumbing.work import wait_for

PATIENCE_SECONDS = 120


def working_days(start: date, end: date, step: int = 1) -> list[date]:
    """Days on which agencies report: every `step`-th working day, the last one always."""
    span = (start + timedelta(days=n) for n in range((end - start).days + 1))
    days = [day for day in span if reference.is_working_day(day)]
    return sorted({*days[::step], days[-1]})


@dataclass(slots=True)
class Spent:
    """Seconds of the run: agencies reporting (with intake), the spine at work."""

    reporting: float = 0
    spine: float = 0


def live_through(crew: Crew, days: list[date], progress: Callable[[int, int, date], None]) -> Spent:
    """For each day: agencies report, the spine works, the day closes. Finished days are not repeated."""
    spent = Spent()
    current = _patiently(crew, clock.stored_day)
    for done, day in enumerate(days, 1):
        if current and (day < current.day or (day == current.day and current.state == clock.State.CLOSED)):
            continue
        if current is None or day > current.day:
            _patiently(crew, lambda day=day: clock.set_day(day, clock.State.FILLING))
        began = time.monotonic()
        _report(crew, day)
        reported = time.monotonic()
        _patiently(crew, lambda day=day: clock.set_day(day, clock.State.WORKING))
        _wait_closed(crew, day)
        spent.reporting += reported - began
        spent.spine += time.monotonic() - reported
        progress(done, len(days), day)
    return spent


def _report(crew: Crew, day: date) -> None:
    """Let the agencies push the day's documents; pushing twice changes nothing."""

    def push() -> None:
        httpx.post(f"{crew.agencies_url}/clock/{day}", timeout=PATIENCE_SECONDS).raise_for_status()

    _patiently(crew, push)


def _wait_closed(crew: Crew, day: date) -> None:
    began = time.monotonic()
    checked = began
    while not _patiently(crew, lambda: _is_closed(day)):
        now = time.monotonic()
        if now - checked > 0.5:
            crew.keep_alive()
            checked = now
        if now - began > PATIENCE_SECONDS:
            raise RuntimeError(f"день {day} не закрывается; смотрите var/log/worker.log и монитор")
        _patiently(crew, lambda: wait_for(clock.CLOSED_CHANNEL, 0.1))


def _is_closed(day: date) -> bool:
    stored = clock.stored_day()
    return stored is not None and stored.day == day and stored.state == clock.State.CLOSED


def _patiently(crew: Crew, act: Callable):
    """Do it, waiting out restarts of what was killed."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except (DatabaseError, httpx.HTTPError):
            if time.monotonic() > deadline:
                raise
            connection.close()
            crew.keep_alive()
            time.sleep(0.2)
