"""ФНС on request: income paid by tax agents (2-НДФЛ), DOHFLNA 260-18/4.0.1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import IdentityDocument, IncomeAnswered, Kind, PersonRef, Question
from kazna.contexts.integration.holders.topic import Topic, known
from kazna.contexts.integration.readers.elements import Placed, child, children, day, kopecks, needed, place, value
from kazna.contexts.integration.readers.people import plain_name, plain_number
from kazna.contexts.integration.readers.xml_format import XmlFormat
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes

AGENCY = "fns"
NAMESPACE = "urn://x-artefacts-fns-dohflna/root/260-18/4.0.1"
SCHEMA = "smev_vs/Dohflna/fns-dohflna-ru-root.xsd"
SIGNED_BY_OFFICIAL = "PERSONAL_SIGNATURE"


def write_question(request_id: UUID, question: Question) -> bytes:
    """DOHFLNARequest 260-18/4.0.1: income of the year `about`. Raises QuestionIncomplete."""
    person = question.person
    born_on = known(person.birth_date, "дата рождения").isoformat()
    paper = known(person.document, "документ, удостоверяющий личность")
    root = etree.Element(f"{{{NAMESPACE}}}DOHFLNARequest", nsmap={"ns": NAMESPACE})
    set_attributes(root, {"Id": SIGNED_BY_OFFICIAL, "ИдЗапрос": str(request_id), "ОтчетГод": question.about})
    about = add(root, NAMESPACE, "СвФЛ", ДатаРожд=born_on, СНИЛС=person.snils)
    add(
        about, NAMESPACE, "ФИОФЛ",
        FamilyName=person.surname, FirstName=person.forename, Patronymic=person.patronymic,
    )  # fmt: skip
    add(
        about, NAMESPACE, "УдЛичн",
        DocumentCode=paper.code, SeriesNumber=paper.series_number,
    )  # fmt: skip
    return to_bytes(root)


def read_answer(root: etree._Element) -> Iterator[Placed]:
    """DOHFLNAResponse 4.0.1: months of all tax agents added up; declarations give only the year."""
    told = next(children(root, "ДохФЛ"))
    by_month: Counter[int] = Counter()
    declared = 0
    for agent in children(told, "ДохФЛ_НА"):
        for paid in children(agent, "СведДох_2НДФЛ"):
            for sum_ in children(paid, "ДохВыч"):
                for row in children(sum_, "СвСумДох"):
                    by_month[int(needed(row, "Месяц"))] += kopecks(needed(row, "СумДоход"))
        for stated in children(agent, "СведДох_НДПриб"):
            declared += kopecks(value(child(stated, "ДохНалПер"), "СумДохОбщ") or "0")
    yield Placed(
        place(told),
        IncomeAnswered(
            request_id=value(root, "ИдЗапрос"),
            person=_person(child(told, "ДохФЛ_НА", "ПолучДох")),
            year=int(needed(told, "ОтчетГод")[:4]),
            kopecks_by_month=dict(sorted(by_month.items())),
            declared_kopecks=declared,
        ),
    )


def _person(element: etree._Element | None) -> PersonRef | None:
    if element is None:
        return None
    name, document = child(element, "ФИО"), child(element, "УдЛичнФЛ")
    return PersonRef(
        surname=plain_name(value(name, "FamilyName")) or "",
        forename=plain_name(value(name, "FirstName")) or "",
        patronymic=plain_name(value(name, "Patronymic")),
        birth_date=day(element, "ДатаРожд"),
        document=None
        if document is None
        else IdentityDocument(needed(document, "DocumentCode"), plain_number(needed(document, "SeriesNumber"))),
    )


def _year_end(root: etree._Element) -> date:
    """An answer carries no day of its own; it speaks of a whole year."""
    return date(int(needed(root[0], "ОтчетГод")[:4]), 12, 31)


TOPICS = (Topic(AGENCY, "", "доходы от налоговых агентов", "/fns/income", SCHEMA, write_question),)
FORMATS = {
    f"{{{NAMESPACE}}}DOHFLNAResponse": XmlFormat(
        Kind.INCOME_ANSWER, AGENCY, (SCHEMA,), read_answer, _year_end, is_pushed=True
    )
}
