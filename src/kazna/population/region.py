"""What a synthetic region is made of: people by columns, employers, and two years of happenings.

Numbers of people are positions in the columns: person 17 is element 17 of each of them. Those alive at
the start come first, those born during the life after them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import numpy as np

NOBODY = -1  # in columns of person and employer numbers


@dataclass(frozen=True, slots=True)
class Passport:
    series: str  # four digits
    number: str  # six digits
    issued_on: date
    issuer: str


@dataclass(frozen=True, slots=True)
class Pension:
    """type: old_age, disability, social_old_age, social_disability or survivor."""

    type: str
    amount_kopecks: int
    ipk_thousandths: int
    since: date


@dataclass(frozen=True, slots=True)
class Disability:
    """group: I, II, III or child; `since` to `until` half-open, until None means for life."""

    group: str
    cause: str
    since: date
    until: date | None
    from_childhood: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person as of the start of the life (a newborn as of birth); None where there is nothing."""

    index: int
    sex: str  # M or F
    birth_date: date
    snils: str  # eleven digits
    surname: str
    forename: str
    patronymic: str | None
    mother: int | None
    father: int | None
    spouse: int | None
    married_on: date | None
    passport: Passport | None
    city: str
    oktmo: str
    address: str
    household: int
    alive_at_start: bool
    insurance_years_tenths: int
    ipk_thousandths: int
    employer: int | None
    employed_since: date | None
    wage_kopecks: int  # per month at the start
    unemployed_since: date | None
    pension: Pension | None
    disability: Disability | None
    bik: str | None
    account: str | None
    account_trouble: str
    student: bool
    email: str | None


def dates(size: int) -> np.ndarray:
    return np.full(size, np.datetime64("NaT"), dtype="datetime64[D]")


def texts(size: int) -> np.ndarray:
    column = np.empty(size, dtype=object)
    column[:] = ""
    return column


def nobody(size: int) -> np.ndarray:
    return np.full(size, NOBODY, dtype=np.int32)


@dataclass(slots=True)
class People:
    """Columns, one element per person: text as str objects ("" means none), days as datetime64[D] (NaT
    means none), money in kopecks, the insurance record in tenths of a year, IPK in thousandths.
    """

    size: int
    sex: np.ndarray = field(init=False)  # "M", "F"
    birth_date: np.ndarray = field(init=False)
    snils: np.ndarray = field(init=False)
    surname: np.ndarray = field(init=False)
    forename: np.ndarray = field(init=False)
    patronymic: np.ndarray = field(init=False)
    mother: np.ndarray = field(init=False)  # number or NOBODY
    father: np.ndarray = field(init=False)
    spouse: np.ndarray = field(init=False)
    married_on: np.ndarray = field(init=False)
    household: np.ndarray = field(init=False)  # people of one household share the address
    city: np.ndarray = field(init=False)
    oktmo: np.ndarray = field(init=False)
    address: np.ndarray = field(init=False)
    alive_at_start: np.ndarray = field(init=False)
    passport: np.ndarray = field(init=False)  # "4512 123456"
    passport_issued_on: np.ndarray = field(init=False)
    passport_issuer: np.ndarray = field(init=False)
    insurance_years_tenths: np.ndarray = field(init=False)
    ipk_thousandths: np.ndarray = field(init=False)
    employer: np.ndarray = field(init=False)  # number in Employers or NOBODY
    employed_since: np.ndarray = field(init=False)
    wage_kopecks: np.ndarray = field(init=False)  # what the person earns or would earn a month, 2024 money
    unemployed_since: np.ndarray = field(init=False)
    pension_type: np.ndarray = field(init=False)
    pension_kopecks: np.ndarray = field(init=False)
    pension_since: np.ndarray = field(init=False)
    disability_group: np.ndarray = field(init=False)
    disability_cause: np.ndarray = field(init=False)
    disability_since: np.ndarray = field(init=False)
    disability_until: np.ndarray = field(init=False)
    disability_from_childhood: np.ndarray = field(init=False)
    bik: np.ndarray = field(init=False)
    account: np.ndarray = field(init=False)  # twenty digits with a valid key
    account_trouble: np.ndarray = field(init=False)  # "", "closed", "other_holder"
    student: np.ndarray = field(init=False)
    email: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        for name, make in COLUMNS.items():
            setattr(self, name, make(self.size))

    def __len__(self) -> int:
        return self.size

    def cut(self, size: int) -> None:
        """Keep the first `size` people."""
        self.size = size
        for name in COLUMNS:
            setattr(self, name, getattr(self, name)[:size].copy())

    def person(self, index: int) -> Person:
        """A readable view of one person."""
        i = index
        pension = self.pension_type[i] and Pension(
            self.pension_type[i],
            int(self.pension_kopecks[i]),
            int(self.ipk_thousandths[i]),
            self.pension_since[i].item(),
        )
        disability = self.disability_group[i] and Disability(
            self.disability_group[i],
            self.disability_cause[i],
            self.disability_since[i].item(),
            self.disability_until[i].item(),
            bool(self.disability_from_childhood[i]),
        )
        passport = self.passport[i] and Passport(
            *self.passport[i].split(), self.passport_issued_on[i].item(), self.passport_issuer[i]
        )
        return Person(
            index=i,
            sex=self.sex[i],
            birth_date=self.birth_date[i].item(),
            snils=self.snils[i],
            surname=self.surname[i],
            forename=self.forename[i],
            patronymic=self.patronymic[i] or None,
            mother=some(self.mother[i]),
            father=some(self.father[i]),
            spouse=some(self.spouse[i]),
            married_on=self.married_on[i].item(),
            passport=passport or None,
            city=self.city[i],
            oktmo=self.oktmo[i],
            address=self.address[i],
            household=int(self.household[i]),
            alive_at_start=bool(self.alive_at_start[i]),
            insurance_years_tenths=int(self.insurance_years_tenths[i]),
            ipk_thousandths=int(self.ipk_thousandths[i]),
            employer=some(self.employer[i]),
            employed_since=self.employed_since[i].item(),
            wage_kopecks=int(self.wage_kopecks[i]),
            unemployed_since=self.unemployed_since[i].item(),
            pension=pension or None,
            disability=disability or None,
            bik=self.bik[i] or None,
            account=self.account[i] or None,
            account_trouble=self.account_trouble[i],
            student=bool(self.student[i]),
            email=self.email[i] or None,
        )


def some(number: int) -> int | None:
    return None if number == NOBODY else int(number)


def flags(size: int) -> np.ndarray:
    return np.zeros(size, dtype=bool)


def numbers(size: int) -> np.ndarray:
    return np.zeros(size, dtype=np.int64)


PERSON_NUMBERS = {"mother", "father", "spouse", "household", "employer"}
DAYS = {"birth_date", "married_on", "passport_issued_on", "employed_since", "unemployed_since"} | {
    "pension_since",
    "disability_since",
    "disability_until",
}
FLAGS = {"alive_at_start", "disability_from_childhood", "student"}
NUMBERS = {"insurance_years_tenths", "ipk_thousandths", "wage_kopecks", "pension_kopecks"}


def maker(name: str) -> Any:
    for names, make in ((PERSON_NUMBERS, nobody), (DAYS, dates), (FLAGS, flags), (NUMBERS, numbers)):
        if name in names:
            return make
    return texts


COLUMNS = {column.name: maker(column.name) for column in fields(People) if column.name != "size"}


@dataclass(slots=True)
class Employers:
    """One element per employer; the number is the position."""

    inn: list[str]  # ten digits
    name: list[str]
    okved: list[str]

    def __len__(self) -> int:
        return len(self.inn)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on `day` and was written down by an office on `registered_on`.

    kind, person / other, details (days as ISO strings, so that details are plain JSON):
    - birth: child / mother; father (number or null), order, multiple, live
    - newborn_snils: child / mother; {}
    - death: the dead; {}
    - marriage: husband / wife; new_surname (the wife's, null when she keeps hers)
    - divorce: husband / wife; wife_surname (the wife's after it, null when unchanged), married_on
    - name_change: person; surname, forename, patronymic, reason
    - move: person; address, household
    - hired: person / employer number; wage_kopecks
    - dismissed: person / employer number; reason (own_will, liquidation, staff_cut, retirement, agreement)
    - unemployed_from, unemployed_to: person; {}
    - disability_set, disability_renewed: person; group, cause, from_childhood, from, to (null: for life)
    - disability_ended: person; group
    - pension_age: person; {}
    """

    day: date
    kind: str
    person: int
    other: int | None
    registered_on: date
    details: dict[str, Any]


@dataclass(slots=True)
class Region:
    """A region and its life in `[start, end]`; happenings are sorted by day, then kind, then person."""

    code: str
    name: str
    seed: int
    start: date
    end: date
    people: People
    employers: Employers
    happenings: list[Happening]

    def person(self, index: int) -> Person:
        return self.people.person(index)
