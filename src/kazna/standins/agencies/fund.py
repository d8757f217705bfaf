"""The Fund's own files of a day: hires and dismissals (ЕФС-1), СНИЛС given to newborns."""

from __future__ import annotations

from datetime import date

from kazna.population import Happening
from kazna.standins.documents.own_archive import Table, own_archive_bytes
from kazna.standins.life import Life
from kazna.standins.parcels import Document

AGENCY = "sfr"
EMPLOYMENT = "own_sfr_employment/1"
EMPLOYMENT_COLUMNS = ("snils", "employer_inn", "event", "date", "reason")
NEWBORNS = "own_sfr_snils/1"
NEWBORN_COLUMNS = (
    "snils",
    "birth_act",
    "surname",
    "forename",
    "patronymic",
    "birth_date",
    "mother_snils",
)


class Fund:
    def __init__(self, life: Life) -> None:
        self.life = life

    def documents_of(self, day: date) -> list[Document]:
        events = self.life.registered.get(day, ())
        moves = [self.employment_row(event) for event in events if event.kind in ("hired", "dismissed")]
        newborns = [self.newborn_row(event) for event in events if event.kind == "newborn_snils"]
        return [
            *self.archive(day, EMPLOYMENT, Table("employment.csv", EMPLOYMENT_COLUMNS, moves), moves),
            *self.archive(day, NEWBORNS, Table("snils.csv", NEWBORN_COLUMNS, newborns), newborns),
        ]

    def archive(self, day: date, format_name: str, table: Table, rows: list) -> list[Document]:
        if not rows:
            return []
        body = own_archive_bytes(format_name=format_name, region=self.life.region.code, as_of=day, tables=[table])
        return [Document(f"{format_name.split('/')[0]}-{day}.zip", body)]

    def employment_row(self, event: Happening) -> tuple[object, ...]:
        inn = self.life.region.employers.inn[event.other]
        reason = event.details.get("reason", "")
        return self.life.people.snils[event.person], inn, event.kind, event.day, reason

    def newborn_row(self, event: Happening) -> tuple[object, ...]:
        card = self.life.card(event.person, event.registered_on)
        act = self.life.birth_act(event.person)
        mother = self.life.people.snils[event.other]
        return (
            card.snils,
            act.number,
            card.surname,
            card.forename,
            card.patronymic,
            card.birth_date,
            mother,
        )
