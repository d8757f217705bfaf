"""Parts that our own message formats share: the person, the record of a holder, the question."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import ActEdition, ActKey, IdentityDocument, PersonRef, Question
from kazna.contexts.integration.holders.topic import known
from kazna.contexts.integration.readers.elements import (
    child,
    closed_period,
    day,
    is_true,
    needed,
    needed_day,
    place,
    value,
)
from kazna.contexts.integration.readers.people import SEX, full_name, plain_number, snils
from kazna.contexts.integration.readers.refusals import unreadable
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes
from kazna.kernel.identifiers import format_snils
from kazna.kernel.periods import Period

VERSIONS_A_DAY = 100_000
SEX_CODES = {"M": "1", "F": "2"}


def write_question(namespace: str, request_id: UUID, question: Question, **further: str) -> bytes:
    """Запрос as of the day `about`; `further`: attributes of its own.

    Raises QuestionIncomplete without a birth date.
    """
    root = etree.Element(f"{{{namespace}}}Запрос", nsmap={None: namespace})
    set_attributes(
        root, {"ИдЗапрос": str(request_id), "НаДату": date.fromisoformat(question.about).isoformat(), **further}
    )
    write_person(root, namespace, question.person)
    return to_bytes(root)


def write_person(parent: etree._Element, namespace: str, person: PersonRef) -> None:
    types = "urn://kazna-own/types/1"
    about = add(
        parent,
        namespace,
        "СведФЛ",
        СНИЛС=format_snils(person.snils) if person.snils else None,
        ИННФЛ=person.inn,
        ДатаРожд=known(person.birth_date, "дата рождения").isoformat(),
        Пол=SEX_CODES.get(person.sex or ""),
    )
    surname, forename = known(person.surname, "фамилия"), known(person.forename, "имя")
    add(about, types, "ФИО", Фамилия=surname, Имя=forename, Отчество=person.patronymic)
    if paper := person.document:
        issued_on = paper.issued_on.isoformat() if paper.issued_on else None
        add(about, types, "УдЛичнФЛ", КодВидДок=paper.code, СерНомДок=paper.series_number, ДатаДок=issued_on)


def read_person(element: etree._Element) -> PersonRef:
    surname, forename, patronymic = full_name(child(element, "ФИО"))
    paper = child(element, "УдЛичнФЛ")
    return PersonRef(
        surname=surname,
        forename=forename,
        patronymic=patronymic,
        birth_date=needed_day(element, "ДатаРожд"),
        snils=snils(value(element, "СНИЛС")),
        sex=SEX.get(value(element, "Пол") or ""),
        document=paper
        if paper is None
        else IdentityDocument(
            needed(paper, "КодВидДок"), plain_number(needed(paper, "СерНомДок")), day(paper, "ДатаДок")
        ),
        inn=value(element, "ИННФЛ"),
    )


def edition(register: str, office: str, record: etree._Element) -> ActEdition:
    """The edition of a holder's record: the later day holds, within a day the greater number."""
    number, dated_on = int(needed(record, "НомерВерс")), needed_day(record, "ДатаВерс")
    if number >= VERSIONS_A_DAY:
        expected = f"меньше {VERSIONS_A_DAY}"
        raise unreadable("number_range", place(record), field="Номер версии", value=number, expected=expected)
    return ActEdition(
        key=ActKey(register, office, needed(record, "НомерЗапис"), needed_day(record, "ДатаЗапис")),
        version=dated_on.toordinal() * VERSIONS_A_DAY + number,
        dated_on=dated_on,
        is_annulled=is_true(value(record, "ПризнАннул")),
    )


def term(record: etree._Element) -> Period:
    return closed_period(needed_day(record, "ДатаНач"), day(record, "ДатаОкон"), place(record))
