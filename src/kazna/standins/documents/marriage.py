"""Marriage record, message BRAKZ 4.0.2."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.standins.documents.cards import CivilAct
from kazna.standins.documents.civil_parts import open_later_message, write_correction
from kazna.standins.documents.spouses import Spouse, write_spouse
from kazna.standins.documents.tree import Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-zags-brakz/root/112-46/4.0.2")
TYPES = Vocabulary("urn://x-artefacts-zags-brakz/types/4.0.2")
PREFIXES = {"ns": HERE.namespace, "ns1": TYPES.namespace}


@dataclass(frozen=True, slots=True)
class MarriageRecord:
    """The marriage is concluded on the day the act is recorded."""

    act: CivilAct
    husband: Spouse
    wife: Spouse


def write_marriage(record: MarriageRecord) -> bytes:
    message, entry = open_later_message(HERE, PREFIXES, root="BRAKZRequest", record="СведРегБрак", act=record.act)
    facts = HERE(entry, "ПрдСведРег")
    HERE(facts, "ДатаБракКаленд", record.act.recorded_on)
    write_spouse(HERE, TYPES, facts, "Супруг", record.husband)
    write_spouse(HERE, TYPES, facts, "Супруга", record.wife)
    write_correction(HERE, TYPES, entry, record.act)
    return to_bytes(message)
