"""Measures provided by an electronic certificate: programme, classes of goods, how long it holds.

Law: 181-FZ art. 11.1, Government decree № 240 (a year; absorbents 90 days). The codes of programmes and the catalogue
of classes (КТРУ) are not published openly: those here are our own, of the official shape.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Programme:
    """`goods`: code (15–30 characters) → name. `days`: how many days the certificate holds."""

    code: str
    goods: dict[str, str]
    days: int


PROGRAMMES = {
    "ru-technical-aid": Programme(
        code="OWNP0001",
        goods={
            "30.92.20.000-00000010": "Кресло-коляска",
            "32.50.22.190-00000020": "Слуховой аппарат",
            "32.50.22.150-00000030": "Протез",
        },
        days=365,
    ),
    "ru-absorbents": Programme(
        code="OWNP0002", goods={"17.22.12.130-00000010": "Абсорбирующее бельё, подгузники"}, days=90
    ),
}
