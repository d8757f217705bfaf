"""Bad documents on purpose, two of each kind in the two years, so that quarantine has something to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from kazna.kernel.periods import full_years
from kazna.population import Happening
from kazna.standins.agencies.civil_registry import CivilRegistry
from kazna.standins.chance import share
from kazna.standins.documents.birth import BirthRecord, write_birth
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.death import DeathRecord, write_death
from kazna.standins.life import Life
from kazna.standins.numbers import BIRTH, DEATH
from kazna.standins.parcels import Document

FIRST_AFTER_DAYS, APART_DAYS, AGAIN_AFTER_DAYS = 60, 11, 365
INVENTED_SERIAL = 900_000_000_000  # acts that no happening of the region has
LOOK_BACK_DAYS = 60
SATURDAY = 5
PARENT_AGES = range(22, 40)
DAY = timedelta(days=1)
XXE = b'<!DOCTYPE record [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n'


class Troubles:
    """Each kind is a method; the kinds take turns, and all of it follows from the seed."""

    def __init__(self, life: Life, registry: CivilRegistry) -> None:
        self.life = life
        self.registry = registry
        kinds: list[Callable[[date], Document | None]] = [
            self.broken_xml,
            self.wrong_schema,
            self.wrong_snils,
            self.born_tomorrow,
            self.same_act_other_body,
            self.death_before_birth,
            self.second_father,
            self.outside_entity,
            self.dead_mother,
        ]
        start = life.region.start
        self.kind_of_day = {
            weekday_from(start + DAY * (FIRST_AFTER_DAYS + APART_DAYS * place + again)): kind
            for place, kind in enumerate(kinds)
            for again in (0, AGAIN_AFTER_DAYS)
        }

    def documents_of(self, day: date) -> list[Document]:
        kind = self.kind_of_day.get(day)
        document = kind(day) if kind else None
        return [document] if document else []

    def broken_xml(self, day: date) -> Document:
        whole = self.invented_birth(day)
        return replace(whole, body=whole.body[: len(whole.body) // 2])

    def wrong_schema(self, day: date) -> Document:
        """The child's sex is coded 7, which the schema does not know."""
        whole = self.invented_birth(day)
        return replace(whole, body=whole.body.replace("Пол>2<".encode(), "Пол>7<".encode()))

    def wrong_snils(self, day: date) -> Document:
        """The right form with a control number that does not agree."""
        mother = self.parent(day, "F")
        control = (int(mother.snils[9:]) + 1) % 100
        return self.invented_birth(day, mother=replace(mother, snils=f"{mother.snils[:9]}{control:02d}"))

    def born_tomorrow(self, day: date) -> Document:
        return self.invented_birth(day, born_on=day + DAY)

    def dead_mother(self, day: date) -> Document | None:
        """Born long after the mother's registered death; nothing while no woman has died."""
        dead = [
            death.person
            for death in self.life.of_kind["death"]
            if self.life.people.sex[death.person] == "F" and death.registered_on + DAY * LOOK_BACK_DAYS < day
        ]
        return self.invented_birth(day, mother=self.life.card(dead[-1], day)) if dead else None

    def death_before_birth(self, day: date) -> Document:
        living = self.parent(day, "M")
        act = self.life.act(DEATH, day, INVENTED_SERIAL)
        body = write_death(DeathRecord(act, living, living.birth_date - DAY))
        return Document(f"death-{act.number}-1.xml", body)

    def outside_entity(self, day: date) -> Document:
        """Asks the reader to fetch a file of its own machine (XXE)."""
        whole = self.invented_birth(day)
        head, _, rest = whole.body.partition(b"\n")
        name = self.life.region.name.encode()
        return replace(whole, body=head + b"\n" + XXE + rest.replace(name, b"&secret;", 1))

    def same_act_other_body(self, day: date) -> Document | None:
        """A birth already sent, the same version of the same act, with another forename."""
        birth = self.recent_birth(day, lambda event: True)
        if birth is None:
            return None
        sent = self.registry.birth(birth, 1)
        forename = self.life.card(birth.person, birth.registered_on).forename
        body = sent.body.replace(f">{forename}<".encode(), f">{forename}а<".encode(), 1)
        return replace(sent, body=body)

    def second_father(self, day: date) -> Document | None:
        """A new act about a child who has a father already, naming another one."""
        birth = self.recent_birth(day, lambda event: event.details["father"] is not None)
        if birth is None:
            return None
        life = self.life
        return self.invented_birth(
            day,
            child=life.card(birth.person, day),
            mother=life.card(birth.other, day),
            father=self.parent(day, "M"),
        )

    def recent_birth(self, day: date, fits: Callable[[Happening], bool]) -> Happening | None:
        for back in range(5, LOOK_BACK_DAYS):
            for event in self.life.registered.get(day - DAY * back, ()):
                if event.kind == "birth" and fits(event):
                    return event
        return None

    def parent(self, day: date, sex: str) -> PersonCard:
        """A living grown-up of the region, another one for each day."""
        people = self.life.people
        fitting = [
            person
            for person in range(len(people))
            if people.sex[person] == sex
            and full_years(people.birth_date[person].item(), day) in PARENT_AGES
            and self.life.is_alive(person, day)
        ]
        chosen = min(fitting, key=lambda person: share(self.life.region.seed, "trouble", day, person))
        return self.life.card(chosen, day)

    def invented_birth(
        self,
        day: date,
        *,
        born_on: date | None = None,
        child: PersonCard | None = None,
        mother: PersonCard | None = None,
        father: PersonCard | None = None,
    ) -> Document:
        """A well-formed birth record of a child who is not in the region; its one fault is the caller's."""
        mother = mother or self.parent(day, "F")
        child = child or replace(
            mother,
            snils=None,
            forename="Анна",
            patronymic="Тестовна",
            sex="F",
            birth_date=born_on or day - DAY * 2,
        )
        act: CivilAct = self.life.act(BIRTH, day, INVENTED_SERIAL + day.toordinal())
        record = BirthRecord(act=act, child=child, mother=mother, father=father, order=1)
        return Document(f"birth-{act.number}-1.xml", write_birth(record))


def weekday_from(day: date) -> date:
    """The day itself or the Monday after it: a bad document must arrive on the day it is about."""
    return day + DAY * (7 - day.weekday()) if day.weekday() >= SATURDAY else day
