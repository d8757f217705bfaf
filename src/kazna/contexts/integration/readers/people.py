"""Persons inside civil registry messages: names, documents, places of living."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.contracts import IdentityDocument, PersonRef, Residence
from kazna.contexts.integration.readers.elements import calendar_day, child, day, value
from kazna.kernel.identifiers import plain_snils

SEX = {"1": "M", "2": "F", "M": "M", "F": "F"}


def person(element: etree._Element, *, name: str = "ФИО", sex: str | None = None) -> PersonRef:
    """A person whose particulars are the children of `element`; `name` is the element of the full name."""
    surname, forename, patronymic = full_name(child(element, name))
    return PersonRef(
        surname=surname,
        forename=forename,
        patronymic=patronymic,
        birth_date=calendar_day(element, "ДатаРождКаленд", "ДатаРождДок"),
        snils=snils(value(element, "СНИЛС")),
        sex=sex,
        document=identity_document(child(element, "УдЛичнФЛ")),
        citizenship=citizenship(element),
        residence=residence(child(element, "АдрМЖ")),
    )


def full_name(element: etree._Element | None) -> tuple[str, str, str | None]:
    """Surname, forename, patronymic; the first two are empty strings when the message says there is none."""
    return (
        plain_name(value(element, "Фамилия")) or "",
        plain_name(value(element, "Имя")) or "",
        plain_name(value(element, "Отчество")),
    )


def plain_name(text: str | None) -> str | None:
    """One space between words; «ПРЕСНЯКОВ» as registers in capitals write it becomes «Пресняков»."""
    if text is None:
        return None
    name = " ".join(text.split())
    return name.title() if name.isupper() and len(name) > 1 else name


def snils(text: str | None) -> str | None:
    """Eleven digits; anything else is kept as it is for the check to refuse."""
    return plain_snils(text) if text else None


def identity_document(element: etree._Element | None) -> IdentityDocument | None:
    """None when the message knows no document or no number of it."""
    if element is None:
        return None
    together = value(element, "СерНомДок")
    apart = (value(element, "СерДок") or "") + (value(element, "НомДок") or "")
    number = plain_number(together or apart)
    if not number:
        return None
    return IdentityDocument(
        code=value(element, "КодВидДок") or "",
        series_number=number,
        issued_on=day(element, "ДатаДокКаленд") or day(element, "ДатаДок"),
        issuer=value(element, "ВыдДок"),
    )


def plain_number(text: str) -> str:
    """«45 07 123456» → «4507123456»: documents are compared without spaces."""
    return "".join(text.split()).upper()


def citizenship(element: etree._Element) -> str | None:
    """Three digits of ОКСМ, or None when unknown."""
    return value(child(element, "Гражданство"), "ОКСМ") or value(element, "ГраждОКСМ")


def residence(element: etree._Element | None) -> Residence | None:
    """The address as written with what codes stand beside it; addresses abroad keep the text only."""
    if element is None:
        return None
    inside = child(element, "АдрМЖРФ")
    if inside is None:
        text = value(element, "АдрМЖКонв") or value(child(element, "АдрМЖИн"), "АдрТекст")
        return Residence(text=text) if text else None
    coded = next((one for one in inside if one.get("КодРегион")), inside)
    return Residence(
        text=value(coded, "АдрТекст") or value(inside, "АдрТекст") or value(inside, "АдрРФТекст"),
        oktmo=value(coded, "ОКТМО"),
        region=value(coded, "КодРегион"),
    )
