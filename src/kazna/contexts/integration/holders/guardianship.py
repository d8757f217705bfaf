"""Bodies of guardianship: who acts for a grown-up, our own format (no official schema was found)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kazna.contexts.integration.contracts import GuardianshipReported, Kind
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.readers.elements import Placed, children, needed, place, required
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

AGENCY, NAMESPACE, SCHEMA = "opeka", "urn://kazna-own/opeka/guardianship/1", "own/opeka-guardianship-1.xsd"
FORMS = {"1": "guardianship", "2": "trusteeship"}
LIMITS = {"1": "applications", "2": "accounts"}


def read_pushed(root: etree._Element) -> Iterator[Placed]:
    """One statement per ward: who is appointed, from when to when, and what the act forbids."""
    for told in children(root, "Сведение"):
        record = required(told, "Опека")
        yield Placed(
            place(told),
            GuardianshipReported(
                act=own_messages.edition("guardianship", AGENCY, record),
                ward=own_messages.read_person(required(told, "СведФЛ")),
                guardian=own_messages.read_person(required(told, "СведОпекун")),
                period=own_messages.term(record),
                form=FORMS[needed(record, "Форма")],
                limits=tuple(sorted({LIMITS[needed(one, "Действие")] for one in children(record, "Ограничение")})),
            ),
        )


FORMATS = {f"{{{NAMESPACE}}}Сообщение": XmlFormat(Kind.GUARDIANSHIP, AGENCY, (SCHEMA,), read_pushed, informed_on)}
