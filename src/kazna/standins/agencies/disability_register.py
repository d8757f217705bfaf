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
