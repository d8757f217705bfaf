"""Messages of the civil registry: births, deaths, changes of name, marriages, divorces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kazna.contexts.integration.contracts import (
    BirthReported,
    DeathReported,
    DivorceReported,
    MarriageReported,
    NameChanged,
    PersonRef,
)
from kazna.contexts.integration.readers.acts import act_edition, certificate
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
        told = required(record, "ПрдСведРег")
        yield Placed(place(record), _birth(record, told))


def _birth(record: etree._Element, told: etree._Element) -> BirthReported:
    born = required(told, "СведРодившемся")
    mother, father = child(told, "СведМать"), child(told, "СведОтец")
    order = value(child(told, "СведСчетРебен"), "СчетРебен")
    together = value(child(told, "СведРоды", "СведМногоплРоды"), "ЧислоРодДетей")
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
        died_on = calendar_day(told, "ДатаСмертКаленд", "ДатаСмертДок")
        yield Placed(place(record), DeathReported(act_edition("death", record), died, died_on))


def name_changes(root: etree._Element) -> Iterator[Placed]:
    """PERNAMERequest 4.0.4 and 4.0.6: one statement per СведРегПерИмя."""
    for record in children(root, "СведРегПерИмя"):
        told = required(record, "ПрдСведРег")
        surname, forename, patronymic = full_name(child(told, "ФИОПосле"))
        act = act_edition("name_change", record)
        yield Placed(
            place(record),
            NameChanged(
                act=act,
                person=person(told, name="ФИОДо"),
                surname=surname,
                forename=forename,
                patronymic=patronymic,
                changed_on=act.key.registered_on,
            ),
        )


def marriages(root: etree._Element) -> Iterator[Placed]:
    """BRAKZRequest 4.0.2: one statement per record of marriage."""
    for record in root:
        told = required(record, "ПрдСведРег")
        husband, wife = required(told, "Супруг"), required(told, "Супруга")
        yield Placed(
            place(record),
            MarriageReported(
                act=act_edition("marriage", record),
                married_on=calendar_day(told, "ДатаБракКаленд", "ДатаБракДок"),
                husband=_spouse(husband, "M"),
                wife=_spouse(wife, "F"),
                husband_surname_after=plain_name(value(husband, "ФамилияПосле")),
                wife_surname_after=plain_name(value(wife, "ФамилияПосле")),
            ),
        )


def divorces(root: etree._Element) -> Iterator[Placed]:
    """BRAKRRequest 4.0.2: one statement per record of divorce."""
    for record in root:
        told = required(record, "ПрдСведРег")
        husband, wife = required(told, "Супруг"), required(told, "Супруга")
        yield Placed(
            place(record),
            DivorceReported(
                act=act_edition("divorce", record),
                divorced_on=calendar_day(told, "ДатаРастБракКаленд", "ДатаРастБракДок"),
                husband=_spouse(husband, "M"),
                wife=_spouse(wife, "F"),
                husband_surname_after=plain_name(value(husband, "ФамилияПосле")),
                wife_surname_after=plain_name(value(wife, "ФамилияПосле")),
            ),
        )


def _spouse(element: etree._Element, sex: str) -> PersonRef:
    """A spouse under the names before the act; these messages carry no СНИЛС."""
    return PersonRef(
        surname=plain_name(value(element, "ФамилияДо")) or "",
        forename=plain_name(value(element, "Имя")) or "",
        patronymic=plain_name(value(element, "Отчество")),
        birth_date=calendar_day(element, "ДатаРождКаленд", "ДатаРождДок"),
        sex=sex,
        document=identity_document(child(element, "УдЛичнФЛ")),
        citizenship=citizenship(element),
        residence=residence(child(element, "АдрМЖ")),
    )
