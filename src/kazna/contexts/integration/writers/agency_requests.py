"""Questions to other agencies as their official messages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import Question
from kazna.contexts.integration.holders.topic import QuestionIncomplete
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes

INCOME = "urn://x-artefacts-fns-dohflna/root/260-18/4.0.1"
INCOME_SCHEMA = "smev_vs/Dohflna/fns-dohflna-ru-root.xsd"
UNEMPLOYMENT = "http://se2.data.service.smev.pfr.ru/SZN/1.0.1"
UNEMPLOYMENT_SCHEMA = "smev_vs/Szn/SZN-1.0.1.xsd"
SIGNED_BY_OFFICIAL = "PERSONAL_SIGNATURE"


def income_request(request_id: UUID, question: Question) -> bytes:
    """DOHFLNARequest 260-18/4.0.1: income of the year `about`. Raises QuestionIncomplete."""
    person = question.person
    if person.birth_date is None:
        raise QuestionIncomplete(field="дата рождения")
    if person.document is None:
        raise QuestionIncomplete(field="документ, удостоверяющий личность")
    root = etree.Element(f"{{{INCOME}}}DOHFLNARequest", nsmap={"ns": INCOME})
    set_attributes(root, {"Id": SIGNED_BY_OFFICIAL, "ИдЗапрос": str(request_id), "ОтчетГод": question.about})
    about = add(root, INCOME, "СвФЛ", ДатаРожд=person.birth_date.isoformat(), СНИЛС=person.snils)
    add(
        about, INCOME, "ФИОФЛ",
        FamilyName=person.surname, FirstName=person.forename, Patronymic=person.patronymic,
    )  # fmt: skip
    add(
        about, INCOME, "УдЛичн",
        DocumentCode=person.document.code, SeriesNumber=person.document.series_number,
    )  # fmt: skip
    return to_bytes(root)


def unemployment_request(request_id: UUID, question: Question) -> bytes:
    """SZNRequest 1.0.1: unemployment as of the day `about`. Raises QuestionIncomplete.

    The message has no identifier; the answer is matched by СНИЛС and DateQuery.
    """
    person = question.person
    if person.snils is None:
        raise QuestionIncomplete(field="СНИЛС")
    region = (person.residence and person.residence.oktmo) or None
    if region is None:
        raise QuestionIncomplete(field="ОКТМО места жительства")
    root = etree.Element(f"{{{UNEMPLOYMENT}}}SZNRequest", nsmap={"szn": UNEMPLOYMENT})
    add(root, UNEMPLOYMENT, "RegionCode", region)
    add(root, UNEMPLOYMENT, "LastName", person.surname)
    add(root, UNEMPLOYMENT, "FirstName", person.forename)
    if person.patronymic:
        add(root, UNEMPLOYMENT, "MiddleName", person.patronymic)
    add(root, UNEMPLOYMENT, "Snils", person.snils)
    if person.birth_date:
        add(root, UNEMPLOYMENT, "BirthDate", person.birth_date.isoformat())
    add(root, UNEMPLOYMENT, "DateQuery", date.fromisoformat(question.about).isoformat())
    return to_bytes(root)
