"""Death record, message FATAL 4.0.6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.civil_parts import (
    ABSENT,
    SEX_CODES,
    dashed_snils,
    open_later_message,
    write_address,
    write_birth_date,
    write_correction,
    write_names,
    write_place,
    write_split_paper,
)
from kazna.standins.documents.tree import Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-zags-fatal/root/112-04/4.0.6")
TYPES = Vocabulary("urn://x-artefacts-zags-fatal/types/4.0.6")
PREFIXES = {"ns": HERE.namespace, "ns1": TYPES.namespace}


@dataclass(frozen=True, slots=True)
class DeathRecord:
    act: CivilAct
    deceased: PersonCard
    died_on: date


def write_death(record: DeathRecord) -> bytes:
    """FATALRequest with one СведРегСмерт; the version stands in НомерВерс and ДатаВерс."""
    deceased = record.deceased
    message, entry = open_later_message(HERE, PREFIXES, root="FATALRequest", record="СведРегСмерт", act=record.act)
    facts = HERE(entry, "ПрдСведРег", СНИЛС=dashed_snils(deceased.snils))
    HERE(facts, "Пол", SEX_CODES[deceased.sex])
    HERE(facts, "ГраждОКСМ", deceased.citizenship)
    write_names(TYPES, HERE(facts, "ФИОУмер"), deceased.surname, deceased)
    write_birth_date(HERE, facts, deceased.birth_date)
    write_place(HERE, facts, "МестоРожден", deceased)
    write_address(HERE, TYPES, facts, "МЖПосл", deceased)
    write_split_paper(HERE, TYPES, facts, deceased)
    HERE(facts, "ДатаСмертКаленд", record.died_on)
    HERE(facts, "ПрВремяСмерт", ABSENT)
    write_place(HERE, facts, "МестоСмерт", deceased)
    write_correction(HERE, TYPES, entry, record.act)
    return to_bytes(message)
