"""The disability register (ФРИ): pushes an extract when a disability is set or renewed."""

from __future__ import annotations

from datetime import date, timedelta

from kazna.population import Happening
from kazna.standins.documents.disability_extract import DisabilityExtract, write_disability_extract
from kazna.standins.life import Life
from kazna.standins.numbers import assessment_number
from kazna.standins.parcels import Document

AGENCY = "fri"


class DisabilityRegister:
    def __init__(self, life: Life) -> None:
        self.life = life

    def documents_of(self, day: date) -> list[Document]:
        return [
            self.extract(event)
            for event in self.life.registered.get(day, ())
            if event.kind in ("disability_set", "disability_renewed")
        ]

    def known(self, person: int, day: date) -> Document | None:
        """The extract about the last state known by the day, None when there never was one."""
        told = [
            event
            for kind in ("disability_set", "disability_renewed")
            for event in self.life.of_kind[kind]
            if event.person == person and event.registered_on <= day
        ]
        if told:
            return self.extract(max(told, key=lambda event: event.registered_on))
        return self.extract_at_start(person) if self.life.people.disability_group[person] else None

    def extract_at_start(self, person: int) -> Document:
        """What was known before the life played here began."""
        life, people = self.life, self.life.people
        since, until = people.disability_since[person].item(), people.disability_until[person].item()
        extract = DisabilityExtract(
            person=life.card(person, life.region.start),
            group=people.disability_group[person],
            cause=people.disability_cause[person],
            first_day=since,
            last_day=until and until - timedelta(days=1),
            act=assessment_number(person, since, life.region.code),
            assessed_on=since,
            is_first=False,
            first_assessed_on=since,
            written_on=life.region.start,
        )
        return Document(f"disability-{person}.xml", write_disability_extract(extract))

    def extract(self, event: Happening) -> Document:
        life, details = self.life, event.details
        since = date.fromisoformat(details["from"])
        until = details["to"] and date.fromisoformat(details["to"])
        act = assessment_number(event.person, since, life.region.code)
        extract = DisabilityExtract(
            person=life.card(event.person, event.registered_on),
            group=details["group"],
            cause=details["cause"],
            first_day=since,
            last_day=until and until - timedelta(days=1),
            act=act,
            assessed_on=event.day,
            is_first=event.kind == "disability_set",
            first_assessed_on=self.first_assessed_on(event),
            written_on=event.registered_on,
        )
        name = act.replace("/", "-")
        return Document(f"disability-{name}.xml", write_disability_extract(extract))

    def first_assessed_on(self, event: Happening) -> date:
        """The start known to the region before the life, else the first time within it."""
        at_start = self.life.people.disability_since[event.person].item()
        within = [each.day for each in self.life.of_kind["disability_set"] if each.person == event.person]
        return min([day for day in [at_start, *within] if day], default=event.day)
