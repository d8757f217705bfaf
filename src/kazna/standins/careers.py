"""Who worked for whom and when: jobs held at the start, then hirings and dismissals; death ends them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kazna.kernel.periods import Period, next_month
from kazna.population import NOBODY
from kazna.standins.life import Life

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """At one employer, half-open; the day of dismissal is worked."""

    employer: int
    period: Period


class Careers:
    def __init__(self, life: Life) -> None:
        self.jobs: dict[int, list[Job]] = defaultdict(list)
        people = life.people
        for person, employer in enumerate(people.employer.tolist()):
            if employer != NOBODY and people.alive_at_start[person]:
                self.jobs[person].append(Job(employer, Period(people.employed_since[person].item())))
        moves = life.of_kind["hired"] + life.of_kind["dismissed"] + life.of_kind["death"]
        for event in sorted(moves, key=lambda event: event.day):
            if event.kind == "hired":
                self.jobs[event.person].append(Job(event.other, Period(event.day)))
            else:
                self.close(event.person, event.day, employer=event.other)

    def close(self, person: int, on: date, *, employer: int | None) -> None:
        """End the open jobs, at this employer or (None) at all."""
        self.jobs[person] = [
            replace(job, period=Period(job.period.start, on + DAY))
            if job.period.end is None and employer in (None, job.employer)
            else job
            for job in self.jobs[person]
        ]

    def works(self, person: int, on: date) -> bool:
        return any(job.period.holds(on) for job in self.jobs.get(person, ()))

    def employer_of_month(self, person: int, first: date) -> int | None:
        """The last employer of a calendar month, None when there was none in it."""
        month = Period(first, next_month(first))
        held = [job.employer for job in self.jobs.get(person, ()) if job.period.overlaps(month)]
        return held[-1] if held else None
