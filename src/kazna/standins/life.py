"""The region as agencies look things up: who is called what on a day, who works where, who is dead.

Built once from `kazna.population`; every answer is as of a day, because a document says what was
known on the day it was written. Persons are numbers in the region's columns.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kazna.population import NOBODY, Happening, Region
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.naming import NameHistory, name_history
from kazna.standins.numbers import BIRTH, MARRIAGE, act_number, pair_serial

RUSSIA = "643"
PASSPORT, BIRTH_CERTIFICATE = "21", "03"
BANK_OF_NEW_ACCOUNTS = "044525225"


class Life:
    """Look-ups over one region and its happenings."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.people = region.people
        self.registered: dict[date, list[Happening]] = defaultdict(list)
        self.of_kind: dict[str, list[Happening]] = defaultdict(list)
        for happening in region.happenings:
            self.registered[happening.registered_on].append(happening)
            self.of_kind[happening.kind].append(happening)
        self.deaths = {happening.person: happening for happening in self.of_kind["death"]}
        self.births = {happening.person: happening for happening in self.of_kind["birth"]}
        self.names: NameHistory = name_history(region, self.births)
        self.addresses: dict[int, list[tuple[date, str]]] = defaultdict(list)
        for move in self.of_kind["move"]:
            self.addresses[move.person].append((move.registered_on, move.details["address"]))
        self.by_snils = {snils: number for number, snils in enumerate(self.people.snils) if snils}
        self.snils_given_on = {given.person: given.registered_on for given in self.of_kind["newborn_snils"]}
        self.children: dict[int, list[int]] = defaultdict(list)
        for parents in (self.people.mother, self.people.father):
            for child, parent in enumerate(parents.tolist()):
                if parent != NOBODY:
                    self.children[parent].append(child)

    def eldest_first(self, parent: int) -> list[int]:
        """Children of the parent by age, those of one birthday (twins) in the order of their numbers."""
        return sorted(self.children[parent], key=lambda child: (self.people.birth_date[child], child))

    def card(self, person: int, on: date) -> PersonCard:
        """The person as papers showed on that day; a newborn has no СНИЛС before it is given."""
        people, names = self.people, self.names.on(person, on)
        papers = self.papers(person)
        return PersonCard(
            snils=self.snils(person, on),
            surname=names.surname,
            forename=names.forename,
            patronymic=names.patronymic,
            sex=people.sex[person],
            birth_date=people.birth_date[person].item(),
            citizenship=RUSSIA,
            document_code=papers[0],
            document_number=papers[1],
            document_date=papers[2],
            document_issuer=papers[3],
            region=self.region.code,
            region_name=self.region.name,
            oktmo=people.oktmo[person],
            address=self.address(person, on),
        )

    def snils(self, person: int, on: date) -> str | None:
        if person not in self.births:
            return self.people.snils[person]
        given_on = self.snils_given_on.get(person)
        return self.people.snils[person] if given_on and given_on <= on else None

    def papers(self, person: int) -> tuple[str, str, date | None, str]:
        """Code, series and number, day, issuer: a passport, or a birth certificate for those without one."""
        people = self.people
        if people.passport[person]:
            return (
                PASSPORT,
                people.passport[person],
                people.passport_issued_on[person].item(),
                people.passport_issuer[person],
            )
        return BIRTH_CERTIFICATE, f"IV-МЮ {person % 1_000_000:06d}", None, self.office()[0]

    def address(self, person: int, on: date) -> str:
        address = self.people.address[person]
        for since, moved_to in self.addresses[person]:
            if since <= on:
                address = moved_to
        return address

    def office(self) -> tuple[str, str]:
        """Name and code of the registry office; one office keeps the acts of the whole region."""
        return f"Управление ЗАГС, {self.region.name}", f"R{self.region.code}00001"

    def act(self, kind: int, recorded_on: date, serial: int) -> CivilAct:
        name, code = self.office()
        number = act_number(kind, region=self.region.code, recorded_on=recorded_on, serial=serial)
        return CivilAct(number, recorded_on, name, code, version=1, version_on=recorded_on)

    def birth_act(self, child: int) -> CivilAct:
        happening = self.births.get(child)
        born_on = self.people.birth_date[child].item()
        return self.act(BIRTH, happening.registered_on if happening else born_on, child + 1)

    def marriage_act(self, husband: int, wife: int, recorded_on: date) -> CivilAct:
        return self.act(MARRIAGE, recorded_on, pair_serial(husband, wife))

    def bik(self, person: int) -> str:
        """The person's bank: the one the Fund knows, else the one where new accounts are opened."""
        return self.people.bik[person] or BANK_OF_NEW_ACCOUNTS

    def is_alive(self, person: int, on: date) -> bool:
        death = self.deaths.get(person)
        was_born = self.people.birth_date[person].item() <= on
        return was_born and (death is None or death.day > on)
