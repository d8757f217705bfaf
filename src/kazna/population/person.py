"""One synthetic person in a readable form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
    """One person as of the start of the life (a newborn as of birth).

    Where there is nothing: None, and "" for text.
    """

    index: int
    sex: str  # M or F
    birth_date: date
    snils: str  # eleven digits
    surname: str
    forename: str
    patronymic: str
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
    bik: str
    account: str
    account_trouble: str  # "", closed or other_holder: why a credit would be refused
    student: bool
    email: str
