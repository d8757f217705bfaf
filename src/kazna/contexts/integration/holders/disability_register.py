"""Extract of the disability register (ФРИ), pushed and asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from kazna.contexts.integration.contracts import ActEdition, ActKey, DisabilityReported, Kind, PersonRef
from kazna.contexts.integration.holders.extracts import Extract
from kazna.contexts.integration.readers.elements import (
    Placed,
    closed_period,
    day,
    is_true,
    needed,
    needed_day,
    place,
    required,
    value,
)
from kazna.contexts.integration.readers.people import SEX, plain_name, snils
from kazna.contexts.integration.readers.xml_format import XmlFormat

GROUPS = {"1": "I", "2": "II", "3": "III", "4": "child"}
FOR_LIFE_FROM = date(2100, 1, 1)


def disabilities(root: etree._Element) -> Iterator[Placed]:
    """ВыпискаФРИ: the current state of one person's disability.

    The extract has no other way to say "for life" than a last day of the next century or later.
    """
    about = required(root, "ПерсональныеДанные")
    state = required(about, "АктуальныеСведенияОбИнвалидности")
    last = needed_day(state, "ДатаПо")
    period = closed_period(needed_day(state, "ДатаС"), None if last >= FOR_LIFE_FROM else last, place(state))
    cause = value(state, "НаименованиеПричиныИнвалидности")
    group = GROUPS.get(needed(state, "ГруппаИнвалидности").lstrip("+0"))
    yield Placed(
        place(state),
        DisabilityReported(
            act=_edition(root, state),
            person=_person(about),
            group="child" if group and is_true(value(state, "Ребенок")) else group,
            cause=cause,
            is_from_childhood="с детства" in (cause or "").lower(),
            valid_from=period.start,
            valid_to=period.end,
            next_examination_on=day(state, "ОчередноеОсвидетельствование"),
        ),
    )


def formed_on(root: etree._Element) -> date:
    return needed_day(root, "ВремяФормирования")


def _edition(root: etree._Element, state: etree._Element) -> ActEdition:
    """Each extract is an edition of the act it quotes: the one formed later holds."""
    formed = needed(root, "ВремяФормирования")
    number = value(state, "НомерАктаМСЭ") or value(state, "НомерСправкиМСЭ") or needed(root, "Идентификатор")
    known_on = day(state, "ДатаАктаМСЭ") or day(state, "ДатаСправкиМСЭ") or needed_day(state, "ДатаС")
    seconds = datetime.fromisoformat(formed[:19]) - datetime(1970, 1, 1)
    return ActEdition(
        key=ActKey("disability", "mse", number, known_on),
        version=int(seconds.total_seconds()),
        dated_on=formed_on(root),
    )


def _person(about: etree._Element) -> PersonRef:
    return PersonRef(
        surname=plain_name(value(about, "Фамилия")) or "",
        forename=plain_name(value(about, "Имя")) or "",
        patronymic=plain_name(value(about, "Отчество")),
        birth_date=needed_day(about, "ДатаРождения"),
        snils=snils(value(about, "СНИЛС")),
        sex=SEX[needed(about, "Пол")],
    )


SCHEMAS = ("egisso/schemas/gisfri/RequestExtract.xsd", "smev_vs/Fri/fri-extract-schema-v1.5.xsd")
ASKED = Extract("fri", "disability", "инвалидность", "urn://kazna-own/fri/extract/1", "own/fri-extract-1.xsd")
TOPICS = (ASKED.topic(),)
FORMATS = {
    "{http://fri.pfr.ru}ВыпискаФРИ": XmlFormat(Kind.DISABILITY, "fri", SCHEMAS, disabilities, formed_on),
    **ASKED.formats(),
}
