"""A person as a message describes them: a reference, not yet anybody in the registers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """Identity document: two-digit kind («21» is a passport, «03» a birth certificate), series and number
    together without spaces."""

    code: str
    series_number: str
    issued_on: date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Place of living: the address as written, ОКТМО of 8 or 11 digits, region of two digits."""

    text: str | None = None
    oktmo: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRef:
    """What a message says about a person.

    `snils` is eleven digits; surname and forename are empty strings when the message says there is none;
    `sex` is "M" or "F"; `citizenship` a three-digit ОКСМ code ("643" is Russia); `inn` twelve digits.
    """

    surname: str
    forename: str
    patronymic: str | None = None
    birth_date: date | None = None
    snils: str | None = None
    sex: str | None = None
    document: IdentityDocument | None = None
    citizenship: str | None = None
    residence: Residence | None = None
    inn: str | None = field(default=None, repr=False)  # left out of digests of bodies, which came before it
