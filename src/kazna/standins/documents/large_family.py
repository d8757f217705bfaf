"""The file about a family with many children, VO_SVMNDET 4.01; «nothing is known» where no official form says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lxml import etree

from kazna.kernel.identifiers import format_snils
from kazna.standins.documents.cards import PersonCard
from kazna.standins.documents.people_in_answers import repeat_person
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

DAY = "%d.%m.%Y"
BODY = {"НаимОрг": "Департамент труда и социальной защиты", "ИННЮЛ": "7704253064", "КПП": "770401001"}


def write_large_family(parent: PersonCard, children: Sequence[PersonCard], stated_on: date, number: str) -> bytes:
    root = etree.Element("Файл", ИдФайл=number, ВерсФорм="4.01", ТипИнф="СВЕД_МНОГОДЕТ", КолДок="1")
    etree.SubElement(root, "СвОргРег", **BODY, ОГРН="1037704003270")
    etree.SubElement(root, "НО", КодНО="7704")
    document = etree.SubElement(root, "Документ", ИдДок="1", КНД="1114014", ДатаДок=f"{stated_on:{DAY}}", ТипДок="01")
    told = etree.SubElement(document, "СодСвед", КолДет=str(len(children)))
    for name, card in (("СведФЛ", parent), *(("СведДет", child) for child in children)):
        write_person(etree.SubElement(told, name), card)
    return etree.tostring(root, xml_declaration=True, encoding="windows-1251")


def write_person(block: Element, card: PersonCard) -> None:
    if card.snils:
        block.set("СНИЛС", format_snils(card.snils).replace(" ", "-"))
    block.set("ДатаРожд", f"{card.birth_date:{DAY}}")
    name = etree.SubElement(block, "ФИО", Фамилия=card.surname, Имя=card.forename)
    if card.patronymic:
        name.set("Отчество", card.patronymic)


def write_nothing(request: Element, day: date) -> bytes:
    """In the namespace of the question, which names the person."""
    here = Vocabulary(etree.QName(request).namespace)
    answer = here.root("Ответ", prefixes={"k": here.namespace}, ИдЗапрос=request.get("ИдЗапрос"), ДатаСвед=day)
    repeat_person(answer, request)
    return to_bytes(answer)
