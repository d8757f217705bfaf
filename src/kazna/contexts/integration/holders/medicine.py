"""Medical organisations: registration of pregnancy and deliveries, our own formats (no official schemas were found)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kazna.contexts.integration.contracts import DeliveryReported, Kind
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.holders.states import StateFormat
from kazna.contexts.integration.readers.elements import Placed, children, needed, needed_day, place, required
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

AGENCY = "med"
DELIVERY, DELIVERY_SCHEMA = "urn://kazna-own/med/delivery/1", "own/med-delivery-1.xsd"


def details(record: etree._Element) -> dict[str, str | int]:
    return {"registered_week": int(needed(record, "НеделяУчет"))}


PREGNANCY = StateFormat(
    agency=AGENCY,
    subject="pregnancy",
    title="учёт по беременности",
    namespace="urn://kazna-own/med/pregnancy/1",
    schema="own/med-pregnancy-1.xsd",
    record="Учет",
    kind=Kind.PREGNANCY,
    details=details,
)


def read_deliveries(root: etree._Element) -> Iterator[Placed]:
    for record in children(root, "Роды"):
        yield Placed(
            place(record),
            DeliveryReported(
                act=own_messages.edition("delivery", AGENCY, record),
                mother=own_messages.read_person(required(record, "СведМать")),
                happened_on=needed_day(record, "ДатаРодов"),
                born=int(needed(record, "ЧислоРод")),
                alive=int(needed(record, "ЧислоЖив")),
            ),
        )


TOPICS = (PREGNANCY.topic(),)
FORMATS = PREGNANCY.formats() | {
    f"{{{DELIVERY}}}Сообщение": XmlFormat(Kind.DELIVERY, AGENCY, (DELIVERY_SCHEMA,), read_deliveries, informed_on)
}
