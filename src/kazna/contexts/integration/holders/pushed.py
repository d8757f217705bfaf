"""What a holder sends without being asked: whom it speaks of, on which day, and the document of an answer.

Official kinds of information that are only asked for have no message to push them, and some of their answers name
nobody. Our own envelope carries the missing words; the document inside is held to its own schema and read as an answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kazna.contexts.integration.contracts import Kind, PersonTold
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.readers.elements import Placed, place, required
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

SCHEMA = "own/pushed-1.xsd"


def document(root: etree._Element) -> etree._Element:
    """The document inside."""
    return next(required(root, "Документ").iterchildren("*"))


def about(root: etree._Element) -> Iterator[Placed]:
    yield Placed(place(root), PersonTold(own_messages.read_person(required(root, "СведФЛ")), informed_on(root)))


FORMATS = {"{urn://kazna-own/pushed/1}Сообщение": XmlFormat(Kind.PUSHED, "", (SCHEMA,), about, informed_on)}
