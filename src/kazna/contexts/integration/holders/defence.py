"""Минобороны: military service, our own format (no official schema was found)."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.holders.states import StateFormat
from kazna.contexts.integration.readers.elements import needed

TYPES = {"1": "conscript", "2": "mobilised", "3": "contract", "4": "volunteer", "5": "cadet"}


def details(record: etree._Element) -> dict[str, str | int]:
    return {"type": TYPES[needed(record, "ВидСлужбы")]}


SERVICE = StateFormat(
    agency="mod",
    subject="service",
    title="военная служба",
    namespace="urn://kazna-own/mod/service/1",
    schema="own/mod-service-1.xsd",
    record="Служба",
    kind=Kind.SERVICE,
    details=details,
)
TOPICS, FORMATS = (SERVICE.topic(),), SERVICE.formats()
