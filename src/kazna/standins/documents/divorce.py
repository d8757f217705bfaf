"""Divorce record, message BRAKR 4.0.2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kazna.standins.documents.cards import CivilAct
from kazna.standins.documents.civil_parts import ABSENT, open_later_message, write_correction, write_office
from kazna.standins.documents.spouses import Spouse, write_spouse
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-zags-brakr/root/112-48/4.0.2")
TYPES = Vocabulary("urn://x-artefacts-zags-brakr/types/4.0.2")
PREFIXES = {"ns": HERE.namespace, "ns1": TYPES.namespace}
MARRIAGE_ACT = "02"  # ТипАГС; only "01" (birth) occurs in the official samples, "02" is unverified


@dataclass(frozen=True, slots=True)
class DivorceRecord:
    """`marriage` is the act that ends, None when it was recorded before the register began."""

    act: CivilAct
    ended_on: date
    marriage: CivilAct | None
    husband: Spouse
    wife: Spouse


def write_divorce(record: DivorceRecord) -> bytes:
    message, entry = open_later_message(HERE, PREFIXES, root="BRAKRRequest", record="СведРастБрак", act=record.act)
    facts = HERE(entry, "ПрдСведРег")
    HERE(facts, "ДатаРастБракКаленд", record.ended_on)
    write_marriage_act(facts, record.marriage)
    write_spouse(HERE, TYPES, facts, "Супруг", record.husband)
    write_spouse(HERE, TYPES, facts, "Супруга", record.wife)
    write_correction(HERE, TYPES, entry, record.act)
    return to_bytes(message)


def write_marriage_act(facts: Element, marriage: CivilAct | None) -> None:
    if marriage is None:
        HERE(facts, "ПрСведДокЗаклБрак", ABSENT)
        return
    reference = TYPES(
        HERE(facts, "СведДокЗаклБрак"),
        "ЗапАктОсн",
        ТипАГС=MARRIAGE_ACT,
        НаимТипЗапис="Запись акта о заключении брака",
        НомерЗапис=marriage.number,
    )
    TYPES(reference, "ДатаЗапис", marriage.recorded_on)
    write_office(TYPES, reference, marriage)
