"""The door of `measures`: rights, their replay, the catalogue of measures."""

from kazna.contexts.measures.actions.evaluate import evaluate
from kazna.contexts.measures.contracts import Ask, EditionCard, MeasureCard, Missing, Replay, Right
from kazna.contexts.measures.library import current as law_in_force
from kazna.contexts.measures.library import store_release
from kazna.contexts.measures.part_months import part_months
from kazna.contexts.measures.queries import counts, measure, measures_list, rights, rights_of
from kazna.contexts.measures.replay import replay

__all__ = [
    "Ask",
    "EditionCard",
    "MeasureCard",
    "Missing",
    "Replay",
    "Right",
    "counts",
    "evaluate",
    "law_in_force",
    "measure",
    "measures_list",
    "part_months",
    "replay",
    "right",
    "rights",
    "rights_of",
    "store_release",
]


def right(right_id):  # type: ignore[no-untyped-def]
    """One right by id; KeyError when there is none."""
    return rights([right_id])[right_id]
