"""What an agency knows when it writes a document: a person's card and a civil act's card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

MESSAGES = UUID("6d7a5f0e-3c1b-5b52-9a4e-2f0f5b8c7d11")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person as known to the agency on the day it writes; `snils` None for a newborn."""

    snils: str | None
    surname: str
    forename: str
    patronymic: str | None
    sex: str  # "M" or "F"
    birth_date: date
    citizenship: str  # ОКСМ, three digits
    document_code: str
    document_number: str  # series and number, «4512 345678»
    document_date: date | None
    document_issuer: str
    region: str
    region_name: str
    oktmo: str
    address: str


@dataclass(frozen=True, slots=True)
class CivilAct:
    """A civil act and the version of it that a message carries; version 1 is the first entry.

    Identity of the act: `number` and `recorded_on`. A correction keeps both, raises `version`,
    moves `version_on` and says in `correction` what was mended.
    """

    number: str
    recorded_on: date
    office_name: str
    office_code: str
    version: int
    version_on: date
    correction: str | None = None

    @property
    def message_id(self) -> str:
        """ИдСвед: the same for every sending of the same version of the same act."""
        return str(uuid5(MESSAGES, f"{self.number}/{self.recorded_on}/{self.version}"))
