"""Read what the product asks: an income request and an unemployment request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kazna.standins.documents.reading import attribute, every, read_root, text_of


@dataclass(frozen=True, slots=True)
class IncomeRequest:
    request_id: str | None
    snils: str
    year: int


@dataclass(frozen=True, slots=True)
class UnemploymentRequest:
    snils: str
    asked_on: date


def read_income_request(body: bytes) -> IncomeRequest:
    """DOHFLNARequest 260-18/4.0.1; the stand-in finds people only by СНИЛС."""
    root = read_root(body, "DOHFLNARequest")
    person = next(every(root, "СвФЛ"), root)
    return IncomeRequest(
        request_id=root.get("ИдЗапрос"),
        snils=attribute(person, "СНИЛС"),
        year=int(attribute(root, "ОтчетГод")[:4]),
    )


def read_unemployment_request(body: bytes) -> UnemploymentRequest:
    """SZNRequest 1.0.1."""
    root = read_root(body, "SZNRequest")
    return UnemploymentRequest(
        snils=text_of(root, "Snils"), asked_on=date.fromisoformat(text_of(root, "DateQuery")[:10])
    )
