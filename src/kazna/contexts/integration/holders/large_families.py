"""Families with three and more small children as regions state them, file VO_SVMNDET 4.01 (КНД 1114014).

The file goes from a region's body to the tax service. We take it from regions that keep the register
themselves, and write it for the tax service where we keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from kazna.contexts.integration.contracts import (
    ActEdition,
    ActKey,
    IdentityDocument,
    Kind,
    LargeFamilyReported,
    PersonRef,
)
from kazna.contexts.integration.holders.extracts import Extract
from kazna.contexts.integration.readers.elements import Placed, child, children, needed, place, required, value
from kazna.contexts.integration.readers.people import full_name, plain_number, snils
from kazna.contexts.integration.readers.refusals import unreadable
from kazna.contexts.integration.readers.xml_format import XmlFormat
from kazna.contexts.integration.writers.elements import set_attributes
from kazna.kernel.identifiers import format_snils

AGENCY = "dszn"
SCHEMA = "smev_vs/NalogMnogodet/VO_SVMNDET_2_312_49_04_01_01.xsd"
DAY = "%d.%m.%Y"
FIRST, CORRECTED = "01", "02"


@dataclass(frozen=True, slots=True)
class RegionalBody:
    """The body that states: name, ИНН, КПП, ОГРН; `tax_office` is the code of the recipient."""

    name: str
    inn: str
    kpp: str
    ogrn: str
    tax_office: str


def read_file(root: etree._Element) -> Iterator[Placed]:
    """One statement per parent. A correction («02») of a document takes the place of the first («01»)."""
    body = needed(required(root, "СвОргРег"), "ОГРН")
    for document in children(root, "Документ"):
        stated_on = _day(needed(document, "ДатаДок"), place(document))
        for number, told in enumerate(children(document, "СодСвед"), start=1):
            small = list(children(told, "СведДет"))
            if len(small) != int(needed(told, "КолДет")):
                raise unreadable("children_count", place(told), count=needed(told, "КолДет"), told=len(small))
            parent = _person(required(told, "СведФЛ"))
            key = ActKey("large_family", body, parent.snils or f"{needed(document, 'ИдДок')}/{number}", stated_on)
            yield Placed(
                place(told),
                LargeFamilyReported(
                    act=ActEdition(key, int(needed(document, "ТипДок")), stated_on),
                    parent=parent,
                    children=tuple(_person(one) for one in small),
                    stated_on=stated_on,
                ),
            )


def write_file(file_id: str, body: RegionalBody, families: Sequence[LargeFamilyReported]) -> bytes:
    """The file about these families in windows-1251, as the tax service takes it; one document per day stated."""
    root = etree.Element("Файл")
    days = sorted({(one.stated_on, one.act.version) for one in families})
    set_attributes(
        root,
        {"ИдФайл": file_id, "ВерсФорм": "4.01", "ТипИнф": "СВЕД_МНОГОДЕТ", "КолДок": str(len(days))},
    )
    set_attributes(
        etree.SubElement(root, "СвОргРег"),
        {"НаимОрг": body.name, "ИННЮЛ": body.inn, "КПП": body.kpp, "ОГРН": body.ogrn},
    )
    set_attributes(etree.SubElement(root, "НО"), {"КодНО": body.tax_office})
    for number, (stated_on, version) in enumerate(days, start=1):
        document = etree.SubElement(root, "Документ")
        set_attributes(
            document,
            {
                "ИдДок": f"{number}",
                "КНД": "1114014",
                "ДатаДок": stated_on.strftime(DAY),
                "ТипДок": FIRST if version == 1 else CORRECTED,
            },
        )
        for family in families:
            if (family.stated_on, family.act.version) == (stated_on, version):
                told = etree.SubElement(document, "СодСвед")
                told.set("КолДет", str(len(family.children)))
                _write_person(etree.SubElement(told, "СведФЛ"), family.parent)
                for one in family.children:
                    _write_person(etree.SubElement(told, "СведДет"), one)
    return etree.tostring(root, xml_declaration=True, encoding="windows-1251", pretty_print=True)


def _person(element: etree._Element) -> PersonRef:
    surname, forename, patronymic = full_name(child(element, "ФИО"))
    born, paper = value(element, "ДатаРожд"), child(element, "УдЛичнФЛ")
    return PersonRef(
        surname=surname,
        forename=forename,
        patronymic=patronymic,
        birth_date=_day(born, place(element)) if born else None,
        snils=snils(value(element, "СНИЛС")),
        document=None
        if paper is None
        else IdentityDocument(
            needed(paper, "КодВидДок"),
            plain_number(needed(paper, "СерНомДок")),
            _day(needed(paper, "ДатаДок"), place(paper)),
            value(paper, "ВыдДок"),
        ),
        inn=value(element, "ИННФЛ"),
    )


def _write_person(element: etree._Element, person: PersonRef) -> None:
    number = format_snils(person.snils).replace(" ", "-") if person.snils else None
    born_on = person.birth_date and person.birth_date.strftime(DAY)
    set_attributes(element, {"ИННФЛ": person.inn, "СНИЛС": number, "ДатаРожд": born_on})
    name = etree.SubElement(element, "ФИО")
    set_attributes(name, {"Фамилия": person.surname, "Имя": person.forename, "Отчество": person.patronymic})
    if (paper := person.document) and paper.issued_on and paper.issuer:
        set_attributes(
            etree.SubElement(element, "УдЛичнФЛ"),
            {
                "КодВидДок": paper.code,
                "СерНомДок": paper.series_number,
                "ДатаДок": paper.issued_on.strftime(DAY),
                "ВыдДок": paper.issuer,
            },
        )


def _day(text: str, where: str) -> date:
    try:
        return datetime.strptime(text, DAY).date()
    except ValueError as problem:
        what = f"Дата «{text}» не читается."
        raise unreadable("schema", where, what=what, expected="дата вида 14.03.2025") from problem


def first_day(root: etree._Element) -> date:
    told = required(root, "Документ")
    return _day(needed(told, "ДатаДок"), place(told))


ASKED = Extract(
    AGENCY, "large_family", "многодетная семья", "urn://kazna-own/dszn/large-family/1", "own/dszn-large-family-1.xsd"
)
TOPICS = (ASKED.topic(),)
FORMATS = {"Файл": XmlFormat(Kind.LARGE_FAMILIES, AGENCY, (SCHEMA,), read_file, first_day), **ASKED.formats()}
