"""Change of name, message PERNAME 4.0.6. It names the person by name, birth date and paper: no СНИЛС."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.civil_parts import (
    ABSENT,
    open_later_message,
    write_address,
    write_birth_date,
    write_correction,
    write_names,
    write_place,
    write_split_paper,
)
from kazna.standins.documents.tree import Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-zags-pername/root/112-03/4.0.6")
TYPES = Vocabulary("urn://x-artefacts-zags-pername/types/4.0.6")
PREFIXES = {"ns": HERE.namespace, "ns1": TYPES.namespace}


@dataclass(frozen=True, slots=True)
class NameChange:
    """`before` also carries the paper and address shown at the office."""

    act: CivilAct
    before: PersonCard
    after: PersonCard


def write_name_change(record: NameChange) -> bytes:
    message, entry = open_later_message(HERE, PREFIXES, root="PERNAMERequest", record="СведРегПерИмя", act=record.act)
    before = record.before
    facts = HERE(entry, "ПрдСведРег")
    HERE(facts, "ГраждОКСМ", before.citizenship)
    write_names(TYPES, HERE(facts, "ФИОДо"), before.surname, before)
    write_names(TYPES, HERE(facts, "ФИОПосле"), record.after.surname, record.after)
    write_birth_date(HERE, facts, before.birth_date)
    write_place(HERE, facts, "МестоРожден", before)
    write_address(HERE, TYPES, facts, "АдрМЖ", before)
    write_split_paper(HERE, TYPES, facts, before)
    HERE(facts, "ПрСведРегРожд", ABSENT)
    write_correction(HERE, TYPES, entry, record.act)
    return to_bytes(message)
