"""ЦЗН on request: registration as unemployed, SZN 1.0.1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import Kind, PersonRef, Question, UnemploymentAnswered
from kazna.contexts.integration.holders.topic import Topic, known
from kazna.contexts.integration.readers.elements import (
    Placed,
    child,
    children,
    closed_period,
    day,
    is_true,
    needed,
    needed_day,
    place,
    value,
)
from kazna.contexts.integration.readers.people import plain_name, snils
from kazna.contexts.integration.readers.xml_format import XmlFormat
from kazna.contexts.integration.writers.elements import add, to_bytes
from kazna.kernel.periods import Period

AGENCY = "szn"
NAMESPACE = "http://se2.data.service.smev.pfr.ru/SZN/1.0.1"
SCHEMA = "smev_vs/Szn/SZN-1.0.1.xsd"


def write_question(request_id: UUID, question: Question) -> bytes:
    """SZNRequest 1.0.1: unemployment as of the day `about`. Raises QuestionIncomplete.

    The message has no identifier; the answer is matched by СНИЛС and DateQuery.
    """
    person = question.person
    number = known(person.snils, "СНИЛС")
    region = known(person.residence and person.residence.oktmo, "ОКТМО места жительства")
    root = etree.Element(f"{{{NAMESPACE}}}SZNRequest", nsmap={"szn": NAMESPACE})
    add(root, NAMESPACE, "RegionCode", region)
    add(root, NAMESPACE, "LastName", person.surname)
    add(root, NAMESPACE, "FirstName", person.forename)
    if person.patronymic:
        add(root, NAMESPACE, "MiddleName", person.patronymic)
    add(root, NAMESPACE, "Snils", number)
    if person.birth_date:
        add(root, NAMESPACE, "BirthDate", person.birth_date.isoformat())
    add(root, NAMESPACE, "DateQuery", date.fromisoformat(question.about).isoformat())
    return to_bytes(root)


def read_answer(root: etree._Element) -> Iterator[Placed]:
    """SZNResponse 1.0.1: periods as unemployed; periods of merely looking for work are not taken."""
    number = snils(needed(root, "Snils")) or ""
    yield Placed(
        place(root),
        UnemploymentAnswered(
            person=PersonRef(
                surname=plain_name(value(root, "LastName")) or "",
                forename=plain_name(value(root, "FirstName")) or "",
                patronymic=plain_name(value(root, "MiddleName")),
                birth_date=day(root, "BirthDate"),
                snils=number,
            ),
            snils=number,
            asked_on=needed_day(root, "DateQuery"),
            is_present=is_true(value(root, "PresenceData")),
            periods=tuple(_periods(root)),
        ),
    )


def _periods(root: etree._Element) -> Iterator[Period]:
    listed = child(root, "RegistrationAccountPeriods")
    for one in () if listed is None else children(listed, "RegistrationAccountPeriod"):
        period = child(one, "AsTheUnemployed")
        if period is not None and (first := day(period, "DateStart")):
            yield closed_period(first, day(period, "DateEnd"), place(period))


def _answered_on(root: etree._Element) -> date:
    return day(root, "DateFormationData") or needed_day(root, "DateQuery")


def _correlate(request_id: UUID, question: Question) -> str:
    return f"{question.person.snils}/{question.about}"


TOPICS = (Topic(AGENCY, "", "учёт безработного", "/szn/unemployment", SCHEMA, write_question, _correlate),)
FORMATS = {
    f"{{{NAMESPACE}}}SZNResponse": XmlFormat(
        Kind.UNEMPLOYMENT_ANSWER, AGENCY, (SCHEMA,), read_answer, _answered_on, is_pushed=True
    )
}
