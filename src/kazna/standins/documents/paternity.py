"""Record of paternity established, message PARENT 4.0.6."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.civil_parts import (
    ABSENT,
    SEX_CODES,
    open_later_message,
    write_address,
    write_birth_date,
    write_correction,
    write_names,
    write_office,
    write_place,
    write_split_paper,
)
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-zags-parent/root/112-08/4.0.6")
TYPES = Vocabulary("urn://x-artefacts-zags-parent/types/4.0.6")
PREFIXES = {"ns": HERE.namespace, "ns1": TYPES.namespace}
BIRTH_ACT = "01"  # ТипАГС


@dataclass(frozen=True, slots=True)
class PaternityRecord:
    """`child` under the name before the act; `birth` is the act of the child's birth, None when it is not named."""

    act: CivilAct
    child: PersonCard
    child_after: PersonCard
    father: PersonCard
    mother: PersonCard | None
    birth: CivilAct | None


def write_paternity(record: PaternityRecord) -> bytes:
    message, entry = open_later_message(HERE, PREFIXES, root="PARENTRequest", record="СведРегОтцов", act=record.act)
    facts = HERE(entry, "ПрдСведРег")
    write_child(HERE, TYPES, facts, record)
    write_parent(HERE, TYPES, facts, "СведОтец", record.father)
    if record.mother:
        write_parent(HERE, TYPES, facts, "СведМать", record.mother)
    else:
        HERE(facts, "ПрСведМать", ABSENT)
    HERE(facts, "ПрСведДокОсн", ABSENT)
    write_correction(HERE, TYPES, entry, record.act)
    return to_bytes(message)


def write_child(here: Vocabulary, types: Vocabulary, facts: Element, record: PaternityRecord) -> None:
    block = here(facts, "СведРебенок")
    here(block, "Пол", SEX_CODES[record.child.sex])
    write_names(types, here(block, "ФИОДо"), record.child.surname, record.child)
    write_names(types, here(block, "ФИОПосле"), record.child_after.surname, record.child_after)
    write_birth_date(here, block, record.child.birth_date)
    write_place(here, block, "МестоРожден", record.child)
    if record.birth is None:
        here(block, "ПрСведРегРожд", ABSENT)
        return
    reference = types(
        here(block, "СведРегРожд"),
        "ЗапАктОсн",
        ТипАГС=BIRTH_ACT,
        НаимТипЗапис="Запись акта о рождении",
        НомерЗапис=record.birth.number,
    )
    types(reference, "ДатаЗапис", record.birth.recorded_on)
    write_office(types, reference, record.birth)


def write_parent(here: Vocabulary, types: Vocabulary, facts: Element, name: str, parent: PersonCard) -> None:
    block = here(facts, name)
    types(block, "ГраждОКСМ", parent.citizenship)
    write_names(types, types(block, "ФИО"), parent.surname, parent)
    write_birth_date(types, block, parent.birth_date)
    write_place(types, block, "МестоРожден", parent)
    write_split_paper(types, types, block, parent)
    write_address(types, types, block, "АдрМЖ", parent)
