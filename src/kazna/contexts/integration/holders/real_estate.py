"""Росреестр on request: real estate of a person on a day, our own format (only the request's schema was found)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from lxml import etree

from kazna.contexts.integration.contracts import Kind, RealtyAnswered, RealtyObject
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.holders.topic import Topic
from kazna.contexts.integration.readers.elements import (
    Placed,
    children,
    is_true,
    needed,
    needed_day,
    place,
    required,
    value,
)
from kazna.contexts.integration.readers.refusals import unreadable
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

AGENCY, TOPIC = "rosreestr", "realty"
NAMESPACE, SCHEMA = "urn://kazna-own/rosreestr/realty/1", "own/rosreestr-realty-1.xsd"
NATURES = {
    "квартира": "flat",
    "дом": "house",
    "садовый дом": "dacha",
    "гараж": "garage",
    "нежилое": "nonresidential",
    "участок": "land",
}
SQUARE_METRES_IN_HECTARE = 10_000


def read_answer(root: etree._Element) -> Iterator[Placed]:
    """One object per cadastral number and share: a repeated row is refused, not counted twice."""
    objects: dict[str, RealtyObject] = {}
    for row in children(root, "Объект"):
        number = needed(row, "КадНомер")
        if number in objects:
            raise unreadable("object_repeated", place(row), number=number)
        objects[number] = _object(row)
    yield Placed(
        place(root),
        RealtyAnswered(
            request_id=value(root, "ИдЗапрос"),
            person=own_messages.read_person(required(root, "СведФЛ")),
            as_of=needed_day(root, "ДатаСвед"),
            objects=tuple(one for _, one in sorted(objects.items())),
        ),
    )


def _object(row: etree._Element) -> RealtyObject:
    nature, area = NATURES[needed(row, "Вид")], Fraction(needed(row, "Площадь"))
    return RealtyObject(
        nature=nature,
        area=area / SQUARE_METRES_IN_HECTARE if nature == "land" else area,
        share=Fraction(value(row, "Доля") or "1/1"),
        is_urban=is_true(value(row, "Город") or "true"),
        is_barred=is_true(value(row, "Арест")),
        is_unfit=is_true(value(row, "Непригодно")),
        is_support=is_true(value(row, "МераПоддержки")),
        is_common=is_true(value(row, "Общедомовое")),
    )


TOPICS = (
    Topic(AGENCY, TOPIC, "недвижимость", "/rosreestr/realty", SCHEMA, partial(own_messages.write_question, NAMESPACE)),
)
FORMATS = {
    f"{{{NAMESPACE}}}Ответ": XmlFormat(Kind.REALTY_ANSWER, AGENCY, (SCHEMA,), read_answer, informed_on, is_pushed=True)
}
