"""The tax service (ФНС): answers what employers paid to a person in a year, month by month."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from kazna.kernel.periods import Period, month_end, month_start
from kazna.population import NOBODY
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.requests import read_income_request
from kazna.standins.life import Life
from kazna.standins.parcels import Document

AGENCY = "fns"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    employer: int
    period: Period
    wage_kopecks: int


class TaxService:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.jobs = careers(life)

    def answer(self, body: bytes, digest: str, day: date) -> Document:
        """The answer to one request; a person the tax service does not know has no income known."""
        request = read_income_request(body)
        person = self.life.by_snils.get(request.person.snils)
        paid = {} if person is None else self.paid(person, request.year, day)
        employers = self.life.region.employers
        payers = [
            Payer(employers.inn[employer], employers.name[employer], months)
            for employer, months in sorted(paid.items())
        ]
        return Document(f"income-{digest[:16]}.xml", write_income_answer(request, payers))

    def paid(self, person: int, year: int, day: date) -> dict[int, dict[int, int]]:
        """Kopecks by employer and month; only months over by `day`, part months by calendar days."""
        paid: dict[int, dict[int, int]] = defaultdict(dict)
        for job in self.jobs.get(person, ()):
            for month in range(1, 13):
                first = date(year, month, 1)
                if month_end(first) >= month_start(day):
                    continue
                kopecks = wage_of_month(job, first)
                if kopecks:
                    months = paid[job.employer]
                    months[month] = months.get(month, 0) + kopecks
        return paid


def wage_of_month(job: Job, first: date) -> int:
    """The month's wage by the share of days employed, down to a kopeck."""
    length = calendar.monthrange(first.year, first.month)[1]
    start = max(job.period.start, first)
    end = min(job.period.end or date.max, first + DAY * length)
    days = max((end - start).days, 0)
    return job.wage_kopecks * days // length


def careers(life: Life) -> dict[int, list[Job]]:
    """Every job of every person: those held at the start, then hired and dismissed in the life."""
    people = life.people
    jobs: dict[int, list[Job]] = defaultdict(list)
    for person, employer in enumerate(people.employer.tolist()):
        if employer != NOBODY and people.alive_at_start[person]:
            since = people.employed_since[person].item()
            jobs[person].append(Job(employer, Period(since), int(people.wage_kopecks[person])))
    moves = sorted(life.of_kind["hired"] + life.of_kind["dismissed"], key=lambda event: event.day)
    for event in moves:
        if event.kind == "hired":
            jobs[event.person].append(Job(event.other, Period(event.day), event.details["wage_kopecks"]))
        else:
            close_job(jobs[event.person], event.other, event.day)
    for death in life.deaths.values():
        for job in list(jobs.get(death.person, ())):
            close_job(jobs[death.person], job.employer, death.day)
    return jobs


def close_job(jobs: list[Job], employer: int | None, on: date) -> None:
    """End the open job at this employer; the day of dismissal is the last day at work."""
    for place, job in enumerate(jobs):
        if job.employer == employer and job.period.end is None:
            jobs[place] = Job(job.employer, Period(job.period.start, on + DAY), job.wage_kopecks)
