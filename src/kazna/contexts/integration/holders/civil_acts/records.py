"""Messages of the civil registry: births, deaths, changes of name, marriages, divorces, paternities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import (
    BirthReported,
    DeathReported,
    DivorceReported,
    MarriageReported,
    NameChanged,
    PaternityReported,
    PersonRef,
)
from kazna.contexts.integration.holders.civil_acts.parts import act_edition, certificate
from kazna.contexts.integration.readers.elements import (
    Placed,
    calendar_day,
    child,
    children,
    place,
    required,
    value,
)
from kazna.contexts.integration.readers.people import (
    SEX,
    citizenship,
    full_name,
    identity_document,
    person,
    plain_name,
    residence,
    snils,
)


def births(root: etree._Element) -> Iterator[Placed]:
    """ROGDRequest 4.0.5: one statement per СведРегРожд."""
    for record in children(root, "СведРегРожд"):
        yield Placed(place(record), birth_record(record))


def birth_record(record: etree._Element) -> BirthReported:
    told = required(record, "ПрдСведРег")
    born = required(told, "СведРодившемся")
    mother, father = child(told, "СведМать"), child(told, "СведОтец")
    order = value(child(told, "СведСчетРебен"), "СчетРебен") or value(told, "СчетМатер")
    delivery = child(told, "СведРоды")
    together = value(child(delivery, "СведМногоплРоды"), "ЧислоРодДетей") or value(delivery, "ЧислоРодДетей")
    return BirthReported(
        act=act_edition("birth", record),
        child=person(born, name="ФИОРожд", sex=SEX.get(value(born, "Пол") or "")),
        mother=None if mother is None else person(mother, sex="F"),
        father=None if father is None else person(father, sex="M"),
        order=int(order) if order else None,
        multiple=int(together) if together else 1,
        is_live=value(born, "ЖивМертв") != "1",
        certificate=certificate(record, "СвидетРожд"),
        birth_place=value(child(born, "МестоРожден"), "МестоТекст"),
    )


def deaths(root: etree._Element) -> Iterator[Placed]:
    """FATALRequest 4.0.6: one statement per СведРегСмерт."""
    for record in children(root, "СведРегСмерт"):
        yield Placed(place(record), death_record(record))


def death_record(record: etree._Element) -> DeathReported:
    told = required(record, "ПрдСведРег")
    surname, forename, patronymic = full_name(child(told, "ФИОУмер"))
    died = PersonRef(
        surname=surname,
        forename=forename,
        patronymic=patronymic,
        birth_date=calendar_day(told, "ДатаРождКаленд", "ДатаРождДок"),
        snils=snils(value(told, "СНИЛС")),
        sex=SEX.get(value(told, "Пол") or ""),
        document=identity_document(child(told, "УдЛичнФЛ")),
        citizenship=citizenship(told),
        residence=residence(child(told, "МЖПосл")),
    )
    return DeathReported(act_edition("death", record), died, calendar_day(told, "ДатаСмертКаленд", "ДатаСмертДок"))


def name_changes(root: etree._Element) -> Iterator[Placed]:
    """PERNAMERequest 4.0.4 and 4.0.6: one statement per СведРегПерИмя."""
    for record in children(root, "СведРегПерИмя"):
        yield Placed(place(record), name_change_record(record))


def name_change_record(record: etree._Element) -> NameChanged:
    told = required(record, "ПрдСведРег")
    surname, forename, patronymic = full_name(child(told, "ФИОПосле"))
    act = act_edition("name_change", record)
    return NameChanged(
        act=act,
        person=person(told, name="ФИОДо"),
        surname=surname,
        forename=forename,
        patronymic=patronymic,
        changed_on=act.key.registered_on,
    )


def marriages(root: etree._Element) -> Iterator[Placed]:
    """BRAKZRequest 4.0.2: one statement per record of marriage."""
    for record in root:
        yield Placed(place(record), marriage_record(record))


def marriage_record(record: etree._Element) -> MarriageReported:
    told = required(record, "ПрдСведРег")
    husband, wife = required(told, "Супруг"), required(told, "Супруга")
    return MarriageReported(
        act=act_edition("marriage", record),
        married_on=_first_day(told, ("ДатаБракКаленд", "ДатаБракДок"), ("ДатаЗаклБрак", "ДатаЗаклБракДок")),
        husband=_spouse(husband, "M"),
        wife=_spouse(wife, "F"),
        husband_surname_after=plain_name(value(husband, "ФамилияПосле")),
        wife_surname_after=plain_name(value(wife, "ФамилияПосле")),
    )


def divorces(root: etree._Element) -> Iterator[Placed]:
    """BRAKRRequest 4.0.2: one statement per record of divorce."""
    for record in root:
        yield Placed(place(record), divorce_record(record))


def divorce_record(record: etree._Element) -> DivorceReported:
    told = required(record, "ПрдСведРег")
    husband, wife = required(told, "Супруг"), required(told, "Супруга")
    return DivorceReported(
        act=act_edition("divorce", record),
        divorced_on=_first_day(told, ("ДатаРастБракКаленд", "ДатаРастБракДок"), ("ДатаПрекрБрак", "ДатаПрекрБракДок")),
        husband=_spouse(husband, "M"),
        wife=_spouse(wife, "F"),
        husband_surname_after=plain_name(value(husband, "ФамилияПосле")),
        wife_surname_after=plain_name(value(wife, "ФамилияПосле")),
    )


def paternities(root: etree._Element) -> Iterator[Placed]:
    """PARENTRequest 4.0.6: one statement per СведРегОтцов."""
    for record in children(root, "СведРегОтцов"):
        yield Placed(place(record), paternity_record(record))


def paternity_record(record: etree._Element) -> PaternityReported:
    told = required(record, "ПрдСведРег")
    child_told, mother = required(told, "СведРебенок"), child(told, "СведМать")
    before = child_told if child(child_told, "ФИОДо") is not None else None
    name_after = full_name(child(child_told, "ФИОПосле"))
    born = person(child_told, name="ФИОПосле" if before is None else "ФИОДо")
    return PaternityReported(
        act=act_edition("paternity", record),
        child=replace(born, sex=SEX.get(value(child_told, "Пол") or "")),
        surname_after=name_after[0],
        forename_after=name_after[1],
        patronymic_after=name_after[2],
        father=replace(person(required(told, "СведОтец")), sex="M"),
        mother=None if mother is None else replace(person(mother), sex="F"),
        birth_act=value(child(child_told, "СведРегРожд", "ЗапАктОсн"), "НомерЗапис"),
    )


def _first_day(told: etree._Element, *names: tuple[str, str]) -> date | None:
    """A day under the word of the pushed message or of the answer to a request."""
    return next((found for whole, parts in names if (found := calendar_day(told, whole, parts))), None)


def _spouse(element: etree._Element, sex: str) -> PersonRef:
    """A spouse under the names before the act; only answers to requests carry СНИЛС."""
    return PersonRef(
        surname=plain_name(value(element, "ФамилияДо")) or "",
        forename=plain_name(value(element, "Имя")) or "",
        patronymic=plain_name(value(element, "Отчество")),
        birth_date=calendar_day(element, "ДатаРождКаленд", "ДатаРождДок"),
        snils=snils(value(element, "СНИЛС")),
        sex=sex,
        document=identity_document(child(element, "УдЛичнФЛ")),
        citizenship=citizenship(element),
        residence=residence(child(element, "АдрМЖ")),
    )
