"""How our own formats tell states that last: a record per term, asked for or pushed by their holder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from lxml import etree

from kazna.contexts.integration.contracts import AnswerGiven, Kind, PersonRef, StateReported
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.holders.topic import Topic
from kazna.contexts.integration.readers.elements import Placed, children, needed_day, place, required, value
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

Details = Callable[[etree._Element], dict[str, str | int]]


@dataclass(frozen=True, slots=True)
class StateFormat:
    """One holder's format: `record` is the element of a term, `details` reads what else it says."""

    agency: str
    subject: str
    title: str
    namespace: str
    schema: str
    record: str
    kind: Kind
    details: Details

    def topic(self) -> Topic:
        return Topic(
            agency=self.agency,
            name=self.subject,
            title=self.title,
            path=f"/{self.agency}/{self.subject}",
            schema=self.schema,
            write=partial(own_messages.write_question, self.namespace),
        )

    def formats(self) -> dict[str, XmlFormat]:
        schemas = (self.schema,)
        return {
            f"{{{self.namespace}}}Ответ": XmlFormat(
                Kind.STATE_ANSWER, self.agency, schemas, self.read_answer, informed_on
            ),
            f"{{{self.namespace}}}Сообщение": XmlFormat(self.kind, self.agency, schemas, self.read_pushed, informed_on),
        }

    def read_answer(self, root: etree._Element) -> Iterator[Placed]:
        person = own_messages.read_person(required(root, "СведФЛ"))
        records = list(children(root, self.record))
        answered_on = needed_day(root, "ДатаСвед")
        given = AnswerGiven(value(root, "ИдЗапрос"), self.subject, person, answered_on, bool(records))
        yield Placed(place(root), given)
        for record in records:
            yield Placed(place(record), self.state(person, record))

    def read_pushed(self, root: etree._Element) -> Iterator[Placed]:
        for told in children(root, "Сведение"):
            person = own_messages.read_person(required(told, "СведФЛ"))
            yield Placed(place(told), self.state(person, required(told, self.record)))

    def state(self, person: PersonRef, record: etree._Element) -> StateReported:
        return StateReported(
            act=own_messages.edition(self.subject, self.agency, record),
            subject=self.subject,
            person=person,
            period=own_messages.term(record),
            details=self.details(record),
        )
