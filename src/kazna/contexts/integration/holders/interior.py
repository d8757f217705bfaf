"""МВД on request: registration at a place of living and of staying, messages 1.1.0.

The answers name nobody: they are found by the number of the request that the envelope carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import Kind, Question, RegistrationAnswered, Residence
from kazna.contexts.integration.holders.regions import region_by_oktmo
from kazna.contexts.integration.holders.topic import QuestionIncomplete, Topic, known
from kazna.contexts.integration.readers.elements import Placed, child, closed_period, day, needed_day, place, value
from kazna.contexts.integration.readers.xml_format import XmlFormat, undated
from kazna.contexts.integration.writers.elements import add, to_bytes

AGENCY = "mvd"
COMMONS = "urn://mvd/guvm/registration-commons/1.2.0"
BASIC = "urn://mvd/guvm/basic-types/1.2.0"
PASSPORT, BIRTH_CERTIFICATE = "21", "03"
PLACE_PARTS = ("region", "district", "settlement", "street", "house", "building", "flat")
LIVING, STAYING = "living", "staying"
SCHEMAS = {
    LIVING: "smev_vs/Mvd/guvm-living-place-registration-1.1.0.xsd",
    STAYING: "smev_vs/Mvd2/guvm-staying-place-registration-1.1.0.xsd",
}


def namespace(which: str) -> str:
    return f"urn://mvd/guvm/{which}-place-registration/1.1.0"


def write_question(which: str, request_id: UUID, question: Question) -> bytes:
    """…PlaceRegistrationRequest. Raises QuestionIncomplete without a birth date or a document with its day."""
    person = question.person
    root = etree.Element(f"{{{namespace(which)}}}{which}PlaceRegistrationRequest", nsmap={None: namespace(which)})
    about = add(root, COMMONS, "personInfo")
    add(about, BASIC, "lastName", known(person.surname, "фамилия"))
    add(about, BASIC, "firstName", known(person.forename, "имя"))
    if person.patronymic:
        add(about, BASIC, "middleName", person.patronymic)
    add(about, COMMONS, "birthDate", known(person.birth_date, "дата рождения").isoformat())
    _write_document(add(root, COMMONS, "document"), question)
    return to_bytes(root)


def _write_document(parent: etree._Element, question: Question) -> None:
    paper = known(question.person.document, "документ, удостоверяющий личность")
    issued_on = known(paper.issued_on, "дата выдачи документа").isoformat()
    number = re.sub(r"[\s№]", "", paper.series_number)
    if paper.code == PASSPORT and re.fullmatch(r"\d{10}", number):
        name, series, number = "russianPassport", number[:4], number[4:]
    elif paper.code == BIRTH_CERTIFICATE and (found := re.fullmatch(r"([IVXLCDM]{1,10})-?([А-Я]{2})(\d{6})", number)):
        name, series, number = "birthCertificate", f"{found[1]}-{found[2]}", found[3]
    else:
        raise QuestionIncomplete(field="паспорт или свидетельство о рождении")
    told = add(parent, COMMONS, name)
    add(told, BASIC, "series", series)
    add(told, BASIC, "number", number)
    add(told, BASIC, "issueDate", issued_on)


def read_answer(which: str, root: etree._Element) -> Iterator[Placed]:
    told = child(root, "registrationInfo")
    if told is None:
        yield Placed(place(root), RegistrationAnswered(None, which == LIVING, None, None))
        return
    since, until = needed_day(told, "registrationDateFrom"), day(told, "registrationDateTo")
    oktmo = value(told, "regionOktmo")
    text = value(told, "unstructuredAddress") or ", ".join(filter(None, (value(told, part) for part in PLACE_PARTS)))
    home = Residence(text=text or None, oktmo=oktmo, region=region_by_oktmo(oktmo))
    yield Placed(
        place(told), RegistrationAnswered(None, which == LIVING, home, closed_period(since, until, place(told)))
    )


TOPICS = tuple(
    Topic(AGENCY, which, title, f"/mvd/{which}", SCHEMAS[which], partial(write_question, which))
    for which, title in ((LIVING, "регистрация по месту жительства"), (STAYING, "регистрация по месту пребывания"))
)
FORMATS = {
    f"{{{namespace(which)}}}{which}PlaceRegistrationResponse": XmlFormat(
        Kind.REGISTRATION_ANSWER, AGENCY, (SCHEMAS[which],), partial(read_answer, which), undated, is_pushed=True
    )
    for which in (LIVING, STAYING)
}
