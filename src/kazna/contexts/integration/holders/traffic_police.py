"""ГИБДД on request: vehicles of a person, message benefit489 1.0.

The answer names nobody: it is found by the number of the request that the envelope carries.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import Kind, Question, Vehicle, VehiclesAnswered
from kazna.contexts.integration.holders.topic import Topic, known
from kazna.contexts.integration.readers.elements import Placed, children, needed, place, value
from kazna.contexts.integration.readers.refusals import unreadable
from kazna.contexts.integration.readers.xml_format import XmlFormat, undated
from kazna.contexts.integration.writers.elements import add, to_bytes

AGENCY = "gibdd"
NAMESPACE = "urn://x-artefacts-gibdd-benefit489/data/1.0"
SCHEMA = "smev_vs/Gibdd/GIBDDBenefit.xsd"
HORSES_IN_KILOWATT = Fraction(135962, 100000)


def write_question(request_id: UUID, question: Question) -> bytes:
    """RequestBenefit489 about the owner. Raises QuestionIncomplete without a birth date."""
    person = question.person
    root = etree.Element(f"{{{NAMESPACE}}}RequestBenefit489", nsmap={None: NAMESPACE})
    add(root, NAMESPACE, "OwnerLastName", known(person.surname, "фамилия"))
    add(root, NAMESPACE, "OwnerFirstName", known(person.forename, "имя"))
    if person.patronymic:
        add(root, NAMESPACE, "OwnerMiddleName", person.patronymic)
    add(root, NAMESPACE, "OwnerBirthDate", known(person.birth_date, "дата рождения").isoformat())
    return to_bytes(root)


def read_answer(root: etree._Element) -> Iterator[Placed]:
    """An answer with status ERROR tells nothing and is refused: the question stays open."""
    if needed(root, "status") == "ERROR":
        detail = value(root, "errorText") or "причина не названа"
        raise unreadable("answer_error", place(root), detail=detail[:200])
    rows = {needed(row, "GUID"): row for row in children(root, "ResponseBenefitData")}
    yield Placed(place(root), VehiclesAnswered(None, tuple(_vehicle(row) for _, row in sorted(rows.items()))))


def _vehicle(row: etree._Element) -> Vehicle:
    year, horses, kilowatts = (
        value(row, "ManufacturedYear"),
        value(row, "EnginePowerHorse"),
        value(row, "EnginePowerkVt"),
    )
    power = Fraction(horses) if horses else Fraction(kilowatts) * HORSES_IN_KILOWATT if kilowatts else None
    return Vehicle((value(row, "Category") or "").upper(), int(year) if year else None, power)


TOPICS = (Topic(AGENCY, "vehicles", "транспорт", "/gibdd/vehicles", SCHEMA, write_question),)
FORMATS = {
    f"{{{NAMESPACE}}}ResponseBenefit489": XmlFormat(
        Kind.VEHICLES_ANSWER, AGENCY, (SCHEMA,), read_answer, undated, is_pushed=True
    )
}
