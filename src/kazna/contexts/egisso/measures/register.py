"""The register of local measures: found, described, checked, versioned, taken in from a table and written to one."""

from kazna.contexts.egisso.measures.drafts import (
    DraftRecorded,
    DraftUnknown,
    Judgement,
    MeasureOfAnother,
    drafts,
    drop,
    judge,
    record,
    save,
    start,
)
from kazna.contexts.egisso.measures.drafts import get as draft
from kazna.contexts.egisso.measures.listing import cards_of, choices, own_package, take_table
from kazna.contexts.egisso.measures.names import NameRemark, check_name
from kazna.contexts.egisso.measures.printed import PRINTED, RuleUnknown, print_card
from kazna.contexts.egisso.measures.search import FoundMeasure, search
from kazna.contexts.egisso.measures.sheet import write_measures
from kazna.contexts.egisso.measures.suggest import Suggestions, suggest
from kazna.contexts.egisso.measures.versions import Different, Uses, Version, different, line_of, uses_of
from kazna.contexts.egisso.measures.versions import get as measure
from kazna.contexts.egisso.measures.written import criteria_of, criteria_said, numbered

__all__ = [
    "PRINTED",
    "Different",
    "DraftRecorded",
    "DraftUnknown",
    "FoundMeasure",
    "Judgement",
    "MeasureOfAnother",
    "NameRemark",
    "RuleUnknown",
    "Suggestions",
    "Uses",
    "Version",
    "cards_of",
    "check_name",
    "choices",
    "criteria_of",
    "criteria_said",
    "different",
    "draft",
    "drafts",
    "drop",
    "judge",
    "line_of",
    "measure",
    "numbered",
    "own_package",
    "print_card",
    "record",
    "save",
    "search",
    "start",
    "suggest",
    "take_table",
    "uses_of",
    "write_measures",
]
