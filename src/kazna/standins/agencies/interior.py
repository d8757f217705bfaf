"""The interior ministry's migration service (МВД): changes of residence of a day."""

from __future__ import annotations

from datetime import date

from kazna.standins.documents.own_archive import Table, own_archive_bytes
from kazna.standins.life import Life
from kazna.standins.parcels import Document

AGENCY = "mvd"
RESIDENCE = "own_mvd_residence/1"
RESIDENCE_COLUMNS = ("snils", "region", "oktmo", "address", "moved_on")


class Interior:
    def __init__(self, life: Life) -> None:
        self.life = life

    def documents_of(self, day: date) -> list[Document]:
        """Only people who already have a СНИЛС: the file knows no other key."""
        life = self.life
        rows = [
            (snils, life.region.code, life.people.oktmo[move.person], move.details["address"], move.day)
            for move in life.registered.get(day, ())
            if move.kind == "move" and (snils := life.snils(move.person, day))
        ]
        if not rows:
            return []
        body = own_archive_bytes(
            format_name=RESIDENCE,
            region=life.region.code,
            as_of=day,
            tables=[Table("residence.csv", RESIDENCE_COLUMNS, rows)],
        )
        return [Document(f"own_mvd_residence-{day}.zip", body)]
