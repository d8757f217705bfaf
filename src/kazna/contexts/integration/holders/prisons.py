"""ФСИН: imprisonment, our own format (no official schema was found)."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.holders.states import StateFormat
from kazna.contexts.integration.readers.elements import needed

FORMS = {"1": "custody", "2": "sentence"}


def details(record: etree._Element) -> dict[str, str | int]:
    return {"form": FORMS[needed(record, "ВидСодерж")]}


IMPRISONMENT = StateFormat(
    agency="fsin",
    subject="imprisonment",
    title="лишение свободы",
    namespace="urn://kazna-own/fsin/imprisonment/1",
    schema="own/fsin-imprisonment-1.xsd",
    record="Содержание",
    kind=Kind.IMPRISONMENT,
    details=details,
)
TOPICS, FORMATS = (IMPRISONMENT.topic(),), IMPRISONMENT.formats()
