"""Jobs over time: those held at the start, then hirings and dismissals; death ends them all."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kazna.kernel.periods import Period
from kazna.population import NOBODY
from kazna.standins.life import Life

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """At one employer, half-open; the wage is for a whole month."""

    employer: int
    period: Period
    wage_kopecks: int

    def wage_of_month(self, first: date) -> int:
        """The month's wage by the share of calendar days employed, down to a kopeck."""
        length = calendar.monthrange(first.year, first.month)[1]
        start = max(self.period.start, first)
        end = min(self.period.end or date.max, first + DAY * length)
        return self.wage_kopecks * max((end - start).days, 0) // length


class Careers:
    def __init__(self, life: Life) -> None:
        self.jobs: dict[int, list[Job]] = defaultdict(list)
        people = life.people
        for person, employer in enumerate(people.employer.tolist()):
            if employer != NOBODY and people.alive_at_start[person]:
                since = people.employed_since[person].item()
                self.jobs[person].append(Job(employer, Period(since), int(people.wage_kopecks[person])))
        moves = life.of_kind["hired"] + life.of_kind["dismissed"] + life.of_kind["death"]
        for event in sorted(moves, key=lambda event: event.day):
            if event.kind == "hired":
                job = Job(event.other, Period(event.day), event.details["wage_kopecks"])
                self.jobs[event.person].append(job)
            else:
                self.close(event.person, event.day, employer=event.other)

    def close(self, person: int, on: date, *, employer: int | None) -> None:
        """End the open jobs, at this employer or at all; the day itself is still one at work."""
        self.jobs[person] = [
            replace(job, period=Period(job.period.start, on + DAY))
            if job.period.end is None and employer in (None, job.employer)
            else job
            for job in self.jobs[person]
        ]

    def of(self, person: int) -> list[Job]:
        return self.jobs.get(person, [])

    def works(self, person: int, on: date) -> bool:
        return any(job.period.holds(on) for job in self.of(person))
