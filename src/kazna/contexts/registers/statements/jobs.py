"""Hirings and dismissals, put together into jobs.

Days of work are half-open: the last day of work is the day of dismissal (Трудовой кодекс РФ, статья 84.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from kazna.contexts.integration.public import EmploymentReported
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.entries import Entry

WHO = "Работник"


@dataclass(frozen=True, slots=True)
class Job:
    """From hiring to the last day; `since` None when only the dismissal is known so far."""

    since: date | None
    last_day: date | None
    reason: str | None


def record_employment(desk: Desk, told: EmploymentReported) -> None:
    """Work out the jobs at this employer anew, so that a dismissal may come before its hiring."""
    card = desk.by_snils(told.snils, WHO)
    known = [e for e in desk.book.live(card.person_id, *KINDS) if e.value["employer_inn"] == told.employer_inn]
    if told.event == "hired":
        desk.alive_on(card, told.happened_on, WHO)
    hirings, dismissals = _events(known)
    if told.event == "hired":
        hirings.add(told.happened_on)
    else:
        dismissals[told.happened_on] = told.reason
    _write(desk, card.person_id, told.employer_inn, known, jobs(hirings, dismissals))


KINDS = ("employment", "employment.dismissal")


def jobs(hirings: set[date], dismissals: dict[date, str | None]) -> list[Job]:
    """Pair each hiring with the first dismissal on or after it and before the next hiring; the rest are loose."""
    found, left = [], dict(dismissals)
    starts = sorted(hirings)
    for since, following in pairwise([*starts, None]):
        assert since is not None
        ends = sorted(day for day in left if day >= since and (following is None or day < following))
        last_day = ends[0] if ends else None
        found.append(Job(since, last_day, left.pop(last_day) if last_day else None))
    return found + [Job(None, day, reason) for day, reason in sorted(left.items())]


def _events(known: list[Entry]) -> tuple[set[date], dict[date, str | None]]:
    hirings = {e.valid_from for e in known if e.kind == "employment"}
    dismissals = {
        (e.valid_to - timedelta(days=1)) if e.kind == "employment" else e.valid_from: e.value.get("reason")
        for e in known
        if e.kind != "employment" or e.valid_to
    }
    return hirings, dismissals


def _write(desk: Desk, person_id: UUID, inn: str, known: list[Entry], wanted: list[Job]) -> None:
    """Put the jobs under the statements they already have; withdraw loose dismissals that found their hiring."""
    by_start = {e.valid_from: e for e in known if e.kind == "employment"}
    loose = {e.valid_from: e for e in known if e.kind != "employment"}
    for job in wanted:
        value = {"employer_inn": inn, "reason": job.reason}
        if job.since is None:
            assert job.last_day is not None
            loose.pop(job.last_day, None)
            desk.put("employment.dismissal", person_id, job.last_day, value, thing=f"{inn}/{job.last_day}")
            continue
        end = job.last_day + timedelta(days=1) if job.last_day else None
        thing = by_start[job.since].thing if job.since in by_start else f"{inn}/{job.since}"
        desk.put("employment", person_id, job.since, value, valid_to=end, thing=thing)
    for entry in loose.values():
        desk.book.annul(entry)
