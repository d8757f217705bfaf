"""Birth record, message ROGD 4.0.5: one child, mother, father if the record names one."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.civil_parts import (
    ABSENT,
    COUNTRY,
    FIRST_ENTRY,
    FIRST_ENTRY_TITLE,
    PAPER_TITLES,
    SEX_CODES,
    birth_snils,
    write_address,
    write_birth_date,
    write_correction,
    write_names,
    write_office,
    write_place,
)
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-zags-rogd/root/112-01/4.0.5")
TYPES = Vocabulary("urn://x-artefacts-zags-rogd/types/4.0.5")
PREFIXES = {"ns": HERE.namespace, "ns1": TYPES.namespace}
LIVE = "0"  # ЖивМертв, as in the official sample
SINGLE, MULTIPLE = "1", "2"  # ПризнакРодов


@dataclass(frozen=True, slots=True)
class BirthRecord:
    """`order` counts the mother's children; `born_together` is above one for twins."""

    act: CivilAct
    child: PersonCard
    mother: PersonCard | None
    father: PersonCard | None
    order: int
    born_together: int = 1
    place_among_twins: int = 1


def write_birth(record: BirthRecord) -> bytes:
    """ROGDRequest with one СведРегРожд.

    The birth message has no version number: a later version of the same act differs by
    ИдСвед, ДатаСвед, СостСтатЗаписи/@ДатаНачСостСтат and carries СведИспрАГС.
    """
    act = record.act
    message = HERE.root("ROGDRequest", prefixes=PREFIXES, ИдСвед=act.message_id, ДатаСвед=act.version_on)
    entry = HERE(message, "СведРегРожд", НомерЗапис=act.number)
    HERE(entry, "ДатаЗапис", act.recorded_on)
    write_office(HERE, entry, act)
    HERE(
        entry,
        "СостСтатЗаписи",
        ДатаНачСостСтат=act.version_on,
        КодСостСтат=FIRST_ENTRY,
        НаимСостСтат=FIRST_ENTRY_TITLE,
    )
    facts = HERE(entry, "ПрдСведРег")
    HERE(HERE(facts, "СведСчетРебен"), "СчетРебен", record.order)
    write_delivery(facts, record)
    write_child(facts, record.child)
    write_parent(facts, record.mother, "СведМать", "ПрМать")
    write_parent(facts, record.father, "СведОтец", "ПрОтец")
    HERE(facts, "ПрСведДокОснОтец", ABSENT)
    HERE(facts, "ПрСведДокРод", ABSENT)
    write_correction(HERE, TYPES, entry, act)
    return to_bytes(message)


def write_delivery(facts: Element, record: BirthRecord) -> None:
    delivery = HERE(facts, "СведРоды")
    HERE(delivery, "ПризнакРодов", SINGLE if record.born_together == 1 else MULTIPLE)
    if record.born_together > 1:
        twins = HERE(delivery, "СведМногоплРоды")
        HERE(twins, "ЧислоРодДетей", record.born_together)
        HERE(twins, "Счет", record.place_among_twins)


def write_child(facts: Element, child: PersonCard) -> None:
    block = HERE(facts, "СведРодившемся", СНИЛС=birth_snils(child.snils))
    HERE(block, "ЖивМертв", LIVE)
    HERE(block, "Пол", SEX_CODES[child.sex])
    write_names(TYPES, HERE(block, "ФИОРожд"), child.surname, child)
    write_birth_date(HERE, block, child.birth_date)
    write_place(HERE, block, "МестоРожден", child)


def write_parent(facts: Element, parent: PersonCard | None, name: str, absent: str) -> None:
    if parent is None:
        HERE(facts, absent, ABSENT)
        return
    block = HERE(facts, name, СНИЛС=birth_snils(parent.snils))
    TYPES(block, "Гражданство", ОКСМ=parent.citizenship, НаимСтраны=country_title(parent.citizenship))
    write_names(TYPES, TYPES(block, "ФИО"), parent.surname, parent)
    write_birth_date(TYPES, block, parent.birth_date)
    write_place(TYPES, block, "МестоРожден", parent)
    write_whole_paper(block, parent)
    write_address(TYPES, TYPES, block, "АдрМЖ", parent)


def write_whole_paper(block: Element, card: PersonCard) -> None:
    """Identity paper of the birth message: series and number in one field."""
    paper = TYPES(block, "УдЛичнФЛ")
    TYPES(paper, "КодВидДок", card.document_code)
    TYPES(paper, "НаимДок", PAPER_TITLES[card.document_code])
    TYPES(paper, "СерНомДок", card.document_number)
    if card.document_date:
        TYPES(paper, "ДатаДокКаленд", card.document_date)
    else:
        TYPES(paper, "ПрДатаДок", ABSENT)
    TYPES(paper, "ВыдДок", card.document_issuer)


def country_title(oksm: str) -> str:
    return COUNTRY if oksm == "643" else "Иностранное государство"
