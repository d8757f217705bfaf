"""The civil registry (ЗАГС): pushes every act on the day it is recorded, corrects and repeats some."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kazna.population import Happening
from kazna.standins.chance import between, share
from kazna.standins.documents.birth import BirthRecord, write_birth
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.death import DeathRecord, write_death
from kazna.standins.documents.divorce import DivorceRecord, write_divorce
from kazna.standins.documents.marriage import MarriageRecord, write_marriage
from kazna.standins.documents.name_change import NameChange, write_name_change
from kazna.standins.documents.spouses import Spouse
from kazna.standins.life import Life
from kazna.standins.naming import correction_day
from kazna.standins.numbers import DEATH, DIVORCE, NAME_CHANGE, pair_serial
from kazna.standins.parcels import Document

AGENCY = "zags"
REPEATED_SHARE = 0.005
REPEATED_AFTER_DAYS = (1, 3)
RECENT_DAYS = 120  # longer than any correction or repetition takes
CORRECTED_CHILD = "Исправлено имя ребёнка"
CORRECTED_DEATH = "Исправлена дата смерти"
DAY = timedelta(days=1)


class CivilRegistry:
    """Every document of the same act and version has the same bytes whenever it is sent."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.seed = life.region.seed
        self.writers = {
            "birth": self.birth,
            "death": self.death,
            "marriage": self.marriage,
            "divorce": self.divorce,
            "name_change": self.name_change,
        }

    def documents_of(self, day: date) -> list[Document]:
        """Acts recorded on the day, then corrections of earlier ones, then repetitions."""
        first = [self.writers[act.kind](act, 1) for act in self.acts_recorded_on(day)]
        return first + self.corrections_of(day) + self.repetitions_of(day)

    def acts_recorded_on(self, day: date) -> list[Happening]:
        return [event for event in self.life.registered.get(day, ()) if event.kind in self.writers]

    def corrections_of(self, day: date) -> list[Document]:
        return [
            self.writers[act.kind](act, 2)
            for act in self.recent_acts(day)
            if act.kind in ("birth", "death") and correction_day(self.seed, act) == day
        ]

    def repetitions_of(self, day: date) -> list[Document]:
        return [self.writers[act.kind](act, 1) for act in self.recent_acts(day) if self.repeats_on(act) == day]

    def recent_acts(self, day: date) -> list[Happening]:
        days = (day - DAY * back for back in range(RECENT_DAYS, 0, -1))
        return [act for recent in days for act in self.acts_recorded_on(recent)]

    def repeats_on(self, act: Happening) -> date | None:
        key = ("repetition", act.kind, act.person, act.registered_on)
        if share(self.seed, *key) >= REPEATED_SHARE:
            return None
        return act.registered_on + DAY * between(*REPEATED_AFTER_DAYS, self.seed, *key, "days")

    def version(self, first: CivilAct, act: Happening, version: int, what: str) -> CivilAct:
        if version == 1:
            return first
        return replace(first, version=version, version_on=correction_day(self.seed, act), correction=what)

    def birth(self, happening: Happening, version: int) -> Document:
        record = self.birth_record(happening, version)
        return Document(f"birth-{record.act.number}-{record.act.version}.xml", write_birth(record))

    def birth_record(self, happening: Happening, version: int = 1) -> BirthRecord:
        life, child, details = self.life, happening.person, happening.details
        act = self.version(life.birth_act(child), happening, version, CORRECTED_CHILD)
        together = [
            twin.person
            for twin in life.registered[happening.registered_on]
            if twin.kind == "birth" and twin.other == happening.other and twin.day == happening.day
        ]
        return BirthRecord(
            act=act,
            child=life.card(child, act.version_on),
            mother=life.card(happening.other, happening.registered_on),
            father=self.parent(details["father"], happening.registered_on),
            order=details["order"],
            born_together=details["multiple"],
            place_among_twins=together.index(child) + 1,
        )

    def parent(self, person: int | None, on: date) -> PersonCard | None:
        return None if person is None else self.life.card(person, on)

    def death(self, happening: Happening, version: int) -> Document:
        record = self.death_record(happening, version)
        return Document(f"death-{record.act.number}-{record.act.version}.xml", write_death(record))

    def death_record(self, happening: Happening, version: int) -> DeathRecord:
        """The first entry of a death that is corrected later names the day before the right one."""
        life, person = self.life, happening.person
        first = life.act(DEATH, happening.registered_on, person + 1)
        act = self.version(first, happening, version, CORRECTED_DEATH)
        died_on = happening.day
        if version == 1 and correction_day(self.seed, happening):
            died_on = max(died_on - DAY, life.people.birth_date[person].item())
        return DeathRecord(act, life.card(person, happening.registered_on), died_on)

    def marriage(self, happening: Happening, version: int) -> Document:
        record = self.marriage_record(happening)
        return Document(f"marriage-{record.act.number}-1.xml", write_marriage(record))

    def marriage_record(self, happening: Happening) -> MarriageRecord:
        husband, wife, day = happening.person, happening.other, happening.registered_on
        act = self.life.marriage_act(husband, wife, day)
        return MarriageRecord(act, self.spouse(husband, day), self.spouse(wife, day))

    def divorce(self, happening: Happening, version: int) -> Document:
        record = self.divorce_record(happening)
        return Document(f"divorce-{record.act.number}-1.xml", write_divorce(record))

    def divorce_record(self, happening: Happening) -> DivorceRecord:
        life, husband, wife, day = self.life, happening.person, happening.other, happening.registered_on
        act = life.act(DIVORCE, day, pair_serial(husband, wife))
        married_on = happening.details["married_on"]
        return DivorceRecord(
            act=act,
            ended_on=happening.day,
            marriage=married_on and life.marriage_act(husband, wife, date.fromisoformat(married_on)),
            husband=self.spouse(husband, day),
            wife=self.spouse(wife, day),
        )

    def spouse(self, person: int, day: date) -> Spouse:
        """Before the act and after it: the surname the act gives is in use from its day on."""
        after = self.life.names.on(person, day).surname
        return Spouse(self.life.card(person, day - DAY), after)

    def name_change(self, happening: Happening, version: int) -> Document:
        record = self.name_record(happening)
        return Document(f"name-change-{record.act.number}-1.xml", write_name_change(record))

    def name_record(self, happening: Happening) -> NameChange:
        life, person, day = self.life, happening.person, happening.registered_on
        act = life.act(NAME_CHANGE, day, (person + 1) * 10_000 + day.month * 100 + day.day)
        return NameChange(act, life.card(person, day - DAY), life.card(person, day))
