"""ФНС on request: what payers of insurance contributions paid to a person, SVVIPLFL 114-43/4.0.0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import Kind, PaymentsAnswered, PersonRef, Question
from kazna.contexts.integration.holders.topic import Topic, known
from kazna.contexts.integration.readers.elements import Placed, children, kopecks, needed, place, required, value
from kazna.contexts.integration.readers.people import full_name, snils
from kazna.contexts.integration.readers.xml_format import XmlFormat, undated
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes
from kazna.kernel.identifiers import format_snils

AGENCY, TOPIC = "fns", "payments"
NAMESPACE = "urn://x-artefacts-fns-svviplfl/root/114-43/4.0.0"
SCHEMA = "smev_vs/Dohflna/fns-svviplfl-ru-root.xsd"
MOST_YEARS = 3


def write_question(request_id: UUID, question: Question) -> bytes:
    """SVVIPLFLRequest: the message can ask for one, two or three years back from today, not for a year by name.

    `about` is the earliest year wanted.
    """
    person = question.person
    number = format_snils(known(person.snils, "СНИЛС")).replace(" ", "-")
    years = min(max(question.asked_on.year - int(question.about[:4]) + 1, 1), MOST_YEARS)
    root = etree.Element(f"{{{NAMESPACE}}}SVVIPLFLRequest", nsmap={"ns": NAMESPACE})
    set_attributes(
        root,
        {
            "ИдЗапрос": str(request_id),
            "СНИЛС": number,
            "ИННФЛ": person.inn,
            "ДатаРожд": known(person.birth_date, "дата рождения").isoformat(),
            "Период": str(years),
        },
    )
    add(root, NAMESPACE, "ФИО", Фамилия=person.surname, Имя=person.forename, Отчество=person.patronymic)
    return to_bytes(root)


def read_answer(root: etree._Element) -> Iterator[Placed]:
    """Months of all payers added up."""
    paid: Counter[tuple[int, int]] = Counter()
    for payer in children(root, "СведДох"):
        for row in children(payer, "СведВыпл"):
            paid[int(needed(row, "Год")[:4]), int(needed(row, "Месяц"))] += kopecks(needed(row, "СумДох"))
    surname, forename, patronymic = full_name(required(root, "ФИО"))
    person = PersonRef(surname, forename, patronymic, snils=snils(value(root, "СНИЛС")), inn=value(root, "ИННФЛ"))
    yield Placed(place(root), PaymentsAnswered(value(root, "ИдЗапрос"), person, dict(sorted(paid.items()))))


TOPICS = (Topic(AGENCY, TOPIC, "выплаты плательщиков взносов", "/fns/payments", SCHEMA, write_question),)
FORMATS = {
    f"{{{NAMESPACE}}}SVVIPLFLResponse": XmlFormat(
        Kind.PAYMENTS_ANSWER, AGENCY, (SCHEMA,), read_answer, undated, is_pushed=True
    )
}
