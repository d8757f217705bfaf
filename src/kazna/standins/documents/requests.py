"""Read what the product asks: an income request and an unemployment request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kazna.standins.documents.reading import attribute, element, optional_text, read_root, text_of


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """The person as the request names them; the answer repeats it, known or not."""

    snils: str
    surname: str
    forename: str
    patronymic: str | None
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class IncomeRequest:
    request_id: str | None
    person: AskedPerson
    document_code: str
    document_number: str
    year: int


@dataclass(frozen=True, slots=True)
class UnemploymentRequest:
    person: AskedPerson
    asked_on: date


def read_income_request(body: bytes) -> IncomeRequest:
    """DOHFLNARequest 260-18/4.0.1; the stand-in finds people only by СНИЛС and insists on it."""
    root = read_root(body, "DOHFLNARequest")
    person, names, paper = (element(root, name) for name in ("СвФЛ", "ФИОФЛ", "УдЛичн"))
    return IncomeRequest(
        request_id=root.get("ИдЗапрос"),
        person=AskedPerson(
            snils=attribute(person, "СНИЛС"),
            surname=attribute(names, "FamilyName"),
            forename=attribute(names, "FirstName"),
            patronymic=names.get("Patronymic"),
            birth_date=day_of(attribute(person, "ДатаРожд")),
        ),
        document_code=attribute(paper, "DocumentCode"),
        document_number=attribute(paper, "SeriesNumber"),
        year=int(attribute(root, "ОтчетГод")[:4]),
    )


def read_unemployment_request(body: bytes) -> UnemploymentRequest:
    """SZNRequest 1.0.1."""
    root = read_root(body, "SZNRequest")
    born = optional_text(root, "BirthDate")
    return UnemploymentRequest(
        person=AskedPerson(
            snils=text_of(root, "Snils"),
            surname=text_of(root, "LastName"),
            forename=text_of(root, "FirstName"),
            patronymic=optional_text(root, "MiddleName"),
            birth_date=day_of(born) if born else None,
        ),
        asked_on=day_of(text_of(root, "DateQuery")),
    )


def day_of(text: str) -> date:
    """xs:date, whose time zone, if any, is left out."""
    return date.fromisoformat(text[:10])
