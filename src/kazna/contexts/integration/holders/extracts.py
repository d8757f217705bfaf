"""Our own questions to holders who answer by an official extract; «nothing is known» has no official form either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lxml import etree

from kazna.contexts.integration.contracts import AnswerGiven, Kind
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.holders.topic import Topic
from kazna.contexts.integration.readers.elements import Placed, needed_day, place, required, value
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on


@dataclass(frozen=True, slots=True)
class Extract:
    """One question. The extract that answers it is found by the number its envelope carries."""

    agency: str
    subject: str
    title: str
    namespace: str
    schema: str

    def topic(self) -> Topic:
        write = partial(own_messages.write_question, self.namespace)
        return Topic(self.agency, self.subject, self.title, f"/{self.agency}/{self.subject}", self.schema, write)

    def formats(self) -> dict[str, XmlFormat]:
        form = XmlFormat(Kind.STATE_ANSWER, self.agency, (self.schema,), self.read_nothing, informed_on)
        return {f"{{{self.namespace}}}Ответ": form}

    def read_nothing(self, root: etree._Element) -> Iterator[Placed]:
        person = own_messages.read_person(required(root, "СведФЛ"))
        day = needed_day(root, "ДатаСвед")
        yield Placed(place(root), AnswerGiven(value(root, "ИдЗапрос"), self.subject, person, day, is_present=False))
