"""Blocks that the civil registry's messages share: names, places, papers, offices, corrections.

The birth message (4.0.5) keeps series and number in one field; the later ones (4.0.6, 4.0.2)
split them and require every missing detail to be marked as missing.
"""

from __future__ import annotations

from datetime import date

from kazna.kernel.identifiers import format_snils
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.tree import Element, Vocabulary

ABSENT = "1"
SEX_CODES = {"M": "1", "F": "2"}
COUNTRY = "Российская Федерация"
FIRST_ENTRY = "0113"  # СОСТАГС: «Запись первичная. Внесена.»
FIRST_ENTRY_TITLE = "Запись первичная. Внесена."
PAPER_TITLES = {
    "21": "Паспорт гражданина Российской Федерации",
    "10": "Паспорт иностранного гражданина",
    "03": "Свидетельство о рождении",
}
CURRENT_SECTION = "1"  # РазделЕГР: acts of Russian offices


def birth_snils(snils: str | None) -> str | None:
    """«083 367 324 77», the form of the birth message."""
    return snils and f"{snils[:3]} {snils[3:6]} {snils[6:9]} {snils[9:]}"


def dashed_snils(snils: str | None) -> str | None:
    """«083-367-324 77», the form of the later messages."""
    return snils and format_snils(snils)


def write_names(types: Vocabulary, parent: Element, surname: str, card: PersonCard) -> None:
    types(parent, "Фамилия", surname)
    types(parent, "Имя", card.forename)
    write_patronymic(types, parent, card)


def write_patronymic(types: Vocabulary, parent: Element, card: PersonCard) -> None:
    if card.patronymic:
        types(parent, "Отчество", card.patronymic)
    else:
        types(parent, "ПрОтчество", ABSENT)


def write_place(here: Vocabulary, parent: Element, name: str, card: PersonCard) -> None:
    """A place inside the card's region; the registry of a region knows its own people's places best."""
    here(
        parent,
        name,
        ПризнМесто="1",
        МестоТекст=f"{COUNTRY}, {card.region_name}",
        КодСтраны="643",
        НаимСтраны=COUNTRY,
        Регион=card.region,
        НаимСубъект=card.region_name,
        ОКТМО=card.oktmo,
    )


def write_address(here: Vocabulary, types: Vocabulary, parent: Element, name: str, card: PersonCard) -> None:
    inside = types(here(parent, name), "АдрМЖРФ")
    types(inside, "АдрТекст", card.address)


def write_split_paper(here: Vocabulary, types: Vocabulary, parent: Element, card: PersonCard) -> None:
    """Identity paper of the later messages: series apart from number, gaps marked."""
    paper = here(parent, "УдЛичнФЛ")
    series, _, number = card.document_number.rpartition(" ")
    types(paper, "КодВидДок", card.document_code)
    types(paper, "СерДок", series) if series else types(paper, "ПрСерДок", ABSENT)
    types(paper, "НомДок", number)
    if card.document_date:
        types(paper, "ДатаДокКаленд", card.document_date)
    else:
        types(paper, "ПрДатаДок", ABSENT)
    types(paper, "ВыдДок", card.document_issuer)
    types(paper, "ПрКодВыдДок", ABSENT)


def write_office(here: Vocabulary, parent: Element, act: CivilAct) -> None:
    here(parent, "ОрганЗАГС", НаимЗАГС=act.office_name, КодЗАГС=act.office_code)


def write_correction(here: Vocabulary, types: Vocabulary, parent: Element, act: CivilAct) -> None:
    """СведИспрАГС for a corrected version, nothing for the first entry."""
    if act.correction:
        block = here(parent, "СведИспрАГС", ДатаВнесИспр=act.version_on, СодержИспр=act.correction)
        types(block, "ПрСведДокИспрАГС", ABSENT)


def open_later_message(
    here: Vocabulary, prefixes: dict[str, str], *, root: str, record: str, act: CivilAct
) -> tuple[Element, Element]:
    """Root and record of the later messages, with the version of the entry in the register (ЕГР ЗАГС)."""
    message = here.root(root, prefixes=prefixes, ИдСвед=act.message_id, ДатаСвед=act.version_on)
    entry = here(
        message,
        record,
        РазделЕГР=CURRENT_SECTION,
        НомерЗаписЕГР=act.number,
        ДатаВерс=act.version_on,
        НомерВерс=act.version,
        КодСостСтат=FIRST_ENTRY,
    )
    here(entry, "ДатаЗапис", act.recorded_on)
    write_office(here, entry, act)
    return message, entry


def write_birth_date(here: Vocabulary, parent: Element, born: date) -> None:
    here(parent, "ДатаРождКаленд", born)
