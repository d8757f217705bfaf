"""The employment service (СЗН): answers since when a person is registered as unemployed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from kazna.kernel.periods import Period
from kazna.standins.documents.requests import read_unemployment_request
from kazna.standins.documents.unemployment_answer import write_unemployment_answer
from kazna.standins.life import Life
from kazna.standins.parcels import Document

AGENCY = "szn"


class EmploymentService:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.periods = unemployment(life)

    def answer(self, body: bytes, digest: str, day: date) -> Document:
        """The answer to one request; a person never registered gets PresenceData false."""
        request = read_unemployment_request(body)
        person = self.life.by_snils.get(request.person.snils)
        periods = [known_on(period, day) for period in self.periods.get(person, ()) if period.start <= day]
        answer = write_unemployment_answer(request, periods, answered_on=day)
        return Document(f"unemployment-{digest[:16]}.xml", answer)


def known_on(period: Period, day: date) -> Period:
    """An end in the future is not known yet."""
    return replace(period, end=None) if period.end and period.end > day else period


def unemployment(life: Life) -> dict[int, list[Period]]:
    """Registered periods, half-open: those open at the start, then those of the life; death ends them."""
    periods: dict[int, list[Period]] = defaultdict(list)
    people = life.people
    for person, since in enumerate(people.unemployed_since.tolist()):
        if since is not None:
            periods[person].append(Period(since))
    events = sorted(
        life.of_kind["unemployed_from"] + life.of_kind["unemployed_to"] + life.of_kind["death"],
        key=lambda event: event.day,
    )
    for event in events:
        if event.kind == "unemployed_from":
            periods[event.person].append(Period(event.day))
        elif event.person in periods:
            own = periods[event.person]
            if own[-1].end is None and own[-1].start <= event.day:
                own[-1] = replace(own[-1], end=event.day)
    return periods
