"""People of a region as columns: person 17 is element 17 of each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from kazna.population.person import Disability, Passport, Pension, Person

NOBODY = -1  # in columns of person and employer numbers


def dates(size: int) -> np.ndarray:
    return np.full(size, np.datetime64("NaT"), dtype="datetime64[D]")


def texts(size: int) -> np.ndarray:
    return np.full(size, "", dtype=object)


def nobody(size: int) -> np.ndarray:
    return np.full(size, NOBODY, dtype=np.int32)


def flags(size: int) -> np.ndarray:
    return np.zeros(size, dtype=bool)


def numbers(size: int) -> np.ndarray:
    return np.zeros(size, dtype=np.int64)


MAKERS = {
    nobody: "mother father spouse household employer",
    dates: "birth_date married_on passport_issued_on employed_since unemployed_since"
    " pension_since disability_since disability_until",
    flags: "alive_at_start disability_from_childhood student",
    numbers: "insurance_years_tenths ipk_thousandths wage_kopecks pension_kopecks",
    texts: "sex snils surname forename patronymic city oktmo address passport passport_issuer"
    " pension_type disability_group disability_cause bik account account_trouble email",
}
COLUMNS = {name: make for make, names in MAKERS.items() for name in names.split()}


@dataclass(slots=True)
class People:
    """Columns, one element per person: text as str objects ("" means none), days as datetime64[D] (NaT
    means none), money in kopecks, the insurance record in tenths of a year, IPK in thousandths.
    """

    sex: np.ndarray  # "M", "F"
    birth_date: np.ndarray
    snils: np.ndarray
    surname: np.ndarray
    forename: np.ndarray
    patronymic: np.ndarray
    mother: np.ndarray  # number or NOBODY
    father: np.ndarray
    spouse: np.ndarray
    married_on: np.ndarray
    household: np.ndarray  # people of one household share the address
    city: np.ndarray
    oktmo: np.ndarray
    address: np.ndarray
    alive_at_start: np.ndarray
    passport: np.ndarray  # "4512 123456"
    passport_issued_on: np.ndarray
    passport_issuer: np.ndarray
    insurance_years_tenths: np.ndarray
    ipk_thousandths: np.ndarray
    employer: np.ndarray  # number in Employers or NOBODY
    employed_since: np.ndarray
    wage_kopecks: np.ndarray  # what the person earns or would earn a month, 2024 money
    unemployed_since: np.ndarray
    pension_type: np.ndarray
    pension_kopecks: np.ndarray
    pension_since: np.ndarray
    disability_group: np.ndarray
    disability_cause: np.ndarray
    disability_since: np.ndarray
    disability_until: np.ndarray
    disability_from_childhood: np.ndarray
    bik: np.ndarray
    account: np.ndarray  # twenty digits with a valid key
    account_trouble: np.ndarray  # "", "closed", "other_holder"
    student: np.ndarray
    email: np.ndarray

    @classmethod
    def blank(cls, size: int) -> People:
        return cls(**{name: make(size) for name, make in COLUMNS.items()})

    def __len__(self) -> int:
        return len(self.sex)

    def first(self, size: int) -> People:
        """A copy with the first `size` people only."""
        return People(**{name: getattr(self, name)[:size].copy() for name in COLUMNS})

    def person(self, index: int) -> Person:
        """A readable view of one person."""
        own = {name: plain(getattr(self, name)[index]) for name in PLAIN}
        return Person(
            index=index,
            **own,
            passport=self.passport_of(index),
            pension=self.pension_of(index),
            disability=self.disability_of(index),
        )

    def passport_of(self, i: int) -> Passport | None:
        if not self.passport[i]:
            return None
        series, number = self.passport[i].split()
        return Passport(series, number, self.passport_issued_on[i].item(), self.passport_issuer[i])

    def pension_of(self, i: int) -> Pension | None:
        if not self.pension_type[i]:
            return None
        return Pension(
            self.pension_type[i],
            int(self.pension_kopecks[i]),
            int(self.ipk_thousandths[i]),
            self.pension_since[i].item(),
        )

    def disability_of(self, i: int) -> Disability | None:
        if not self.disability_group[i]:
            return None
        return Disability(
            self.disability_group[i],
            self.disability_cause[i],
            self.disability_since[i].item(),
            self.disability_until[i].item(),
            bool(self.disability_from_childhood[i]),
        )


PLAIN = {field.name for field in fields(Person)} & (COLUMNS.keys() - {"passport"})


def plain(value: Any) -> Any:
    """A Python value of one element; numbers of nobody and missing days become None."""
    if isinstance(value, str):
        return value
    return None if isinstance(value, np.int32) and value == NOBODY else value.item()
