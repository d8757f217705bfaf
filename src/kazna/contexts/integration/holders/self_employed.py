"""ФНС on request: income of payers of the tax on professional income (НПД), our own format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import Kind, Question, YearIncomeAnswered
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.holders.topic import Topic
from kazna.contexts.integration.readers.elements import (
    Placed,
    children,
    is_true,
    kopecks,
    needed,
    place,
    required,
    value,
)
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on
from kazna.contexts.integration.writers.elements import set_attributes, to_bytes

AGENCY, TOPIC = "fns", "self_employed"
NAMESPACE, SCHEMA = "urn://kazna-own/fns/self-employed/1", "own/fns-self-employed-1.xsd"


def write_question(request_id: UUID, question: Question) -> bytes:
    """Запрос for the year `about`. Raises QuestionIncomplete without a birth date."""
    root = etree.Element(f"{{{NAMESPACE}}}Запрос", nsmap={None: NAMESPACE})
    set_attributes(root, {"ИдЗапрос": str(request_id), "ОтчетГод": question.about})
    own_messages.write_person(root, NAMESPACE, question.person)
    return to_bytes(root)


def read_answer(root: etree._Element) -> Iterator[Placed]:
    months: Counter[int] = Counter()
    for row in children(root, "Доход"):
        months[int(needed(row, "Месяц"))] += kopecks(needed(row, "Сумма"))
    yield Placed(
        place(root),
        YearIncomeAnswered(
            request_id=value(root, "ИдЗапрос"),
            nature=TOPIC,
            person=own_messages.read_person(required(root, "СведФЛ")),
            year=int(needed(root, "ОтчетГод")[:4]),
            kopecks=sum(months.values()),
            kopecks_by_month=dict(sorted(months.items())),
            is_registered=is_true(value(root, "ПризнНПД")),
        ),
    )


TOPICS = (Topic(AGENCY, TOPIC, "доходы плательщика НПД", "/fns/self_employed", SCHEMA, write_question),)
FORMATS = {
    f"{{{NAMESPACE}}}Ответ": XmlFormat(
        Kind.YEAR_INCOME_ANSWER, AGENCY, (SCHEMA,), read_answer, informed_on, is_pushed=True
    )
}
