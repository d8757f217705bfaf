"""The region while it is being drawn: the columns and what only the generator needs to know."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from kazna.population.addresses import AddressBook
from kazna.population.days import whole_years
from kazna.population.fertility import leanings
from kazna.population.people import People, dates, nobody
from kazna.population.region import Employers


@dataclass(slots=True)
class Draft:
    """`count` people are alive at the start; the columns have room for those born later."""

    seed: int
    region_code: str
    start: date
    end: date
    count: int
    room: int
    people: People = field(init=False)
    employers: Employers = field(init=False)
    addresses: AddressBook = field(init=False)
    former_spouse: np.ndarray = field(init=False)  # the other side of a past marriage, if known
    formerly_from: np.ndarray = field(init=False)  # days of the past marriage, half-open
    formerly_until: np.ndarray = field(init=False)
    partner: np.ndarray = field(init=False)  # lives together without marriage
    family_name: np.ndarray = field(init=False)  # row of surnames, now
    forename_row: np.ndarray = field(init=False)  # row of forenames; men only matter (patronymics)
    absent_father_row: np.ndarray = field(init=False)  # of each mother: forename of the unknown father
    jobless_since: np.ndarray = field(init=False)  # last dismissal
    children: np.ndarray = field(init=False)  # of each mother, so far
    last_birth: np.ndarray = field(init=False)
    leaning: np.ndarray = field(init=False)  # how much each woman wants children, around 1

    def __post_init__(self) -> None:
        self.people = People.blank(self.room)
        self.addresses = AddressBook(self.region_code, self.stream("addresses"))
        for name in ("former_spouse", "partner", "family_name", "forename_row", "absent_father_row"):
            setattr(self, name, nobody(self.room))
        for name in ("formerly_from", "formerly_until", "jobless_since", "last_birth"):
            setattr(self, name, dates(self.room))
        self.children = np.zeros(self.room, dtype=int)
        self.leaning = leanings(self.stream("leanings"), self.room)

    def stream(self, name: str) -> np.random.Generator:
        """Chance of one part of the work, independent of the others."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])

    @property
    def first_day(self) -> np.datetime64:
        return np.datetime64(self.start)

    def ages(self) -> np.ndarray:
        """Whole years of the people at the start."""
        return whole_years(self.people.birth_date[: self.count], self.first_day)

    def women(self) -> np.ndarray:
        return self.people.sex[: self.count] == "F"
