"""Education: studies of a person, our own format (no official schema was found)."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.holders.states import StateFormat
from kazna.contexts.integration.readers.elements import needed

FORMS = {"1": "fulltime", "2": "evening", "3": "correspondence"}
LEVELS = {"школа": "school", "спо": "college", "высшее": "university"}


def details(record: etree._Element) -> dict[str, str | int]:
    return {"form": FORMS[needed(record, "ФормаОбуч")], "level": LEVELS[needed(record, "УровеньОбр")]}


STUDIES = StateFormat(
    agency="edu",
    subject="studies",
    title="обучение",
    namespace="urn://kazna-own/edu/studies/1",
    schema="own/edu-studies-1.xsd",
    record="Обучение",
    kind=Kind.STUDIES,
    details=details,
)
TOPICS, FORMATS = (STUDIES.topic(),), STUDIES.formats()
