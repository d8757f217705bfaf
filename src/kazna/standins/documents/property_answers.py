"""Answers about property: vehicles (benefit489 1.0) and real estate (our own format)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kazna.standins.documents.people_in_answers import repeat_person
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

VEHICLES = Vocabulary("urn://x-artefacts-gibdd-benefit489/data/1.0")
REALTY = Vocabulary("urn://kazna-own/rosreestr/realty/1")


@dataclass(frozen=True, slots=True)
class VehicleRow:
    guid: str
    year: int
    horses: str
    category: str = "B"


@dataclass(frozen=True, slots=True)
class RealtyRow:
    """`area` in square metres, whatever the nature; `marks` are the format's own yes-or-no attributes."""

    number: str
    nature: str
    area: str
    share: str = "1/1"
    urban: bool = True
    marks: tuple[str, ...] = ()


def write_vehicles_answer(rows: Sequence[VehicleRow], error: str | None = None) -> bytes:
    answer = VEHICLES.root("ResponseBenefit489", prefixes={"g": VEHICLES.namespace})
    VEHICLES(answer, "status", "ERROR" if error else "OK")
    if error:
        VEHICLES(answer, "errorText", error)
    for number, row in enumerate(rows, start=1):
        block = VEHICLES(answer, "ResponseBenefitData")
        VEHICLES(block, "UniqueRowNumber", number)
        VEHICLES(block, "GUID", row.guid)
        VEHICLES(block, "ManufacturedYear", row.year)
        VEHICLES(block, "EnginePowerHorse", row.horses)
        VEHICLES(block, "Category", row.category)
    return to_bytes(answer)


def write_realty_answer(request: Element, rows: Sequence[RealtyRow], day: date) -> bytes:
    answer = REALTY.root("Ответ", prefixes={"k": REALTY.namespace}, ИдЗапрос=request.get("ИдЗапрос"), ДатаСвед=day)
    repeat_person(answer, request)
    for row in rows:
        REALTY(
            answer, "Объект", КадНомер=row.number, Вид=row.nature, Площадь=row.area, Доля=row.share,
            Город="true" if row.urban else "false", **dict.fromkeys(row.marks, "true"),
        )  # fmt: skip
    return to_bytes(answer)
