"""The door of `measures`: rights, their replay, the catalogue of measures."""

from kazna.contexts.measures.actions.evaluate import evaluate
from kazna.contexts.measures.actions.publish import (
    EditionExists,
    LaterEdition,
    LawBroken,
    PastFigures,
    StrangePath,
    publish_law,
    try_law,
)
from kazna.contexts.measures.actions.recount import ask_for, keep, recount
from kazna.contexts.measures.calculators import Asked, NoCalculator, calculators, reckon
from kazna.contexts.measures.calculators import questions_of as calculator_questions
from kazna.contexts.measures.columns.checking import Checked, check_part
from kazna.contexts.measures.columns.part import Decided, Part, decide_part
from kazna.contexts.measures.columns.scenario import keep_store, open_kept, rights_in
from kazna.contexts.measures.columns.scenes import scenes_of_awards
from kazna.contexts.measures.columns.store import parquet
from kazna.contexts.measures.columns.taking_over import Before
from kazna.contexts.measures.contracts import (
    Ask,
    EditionCard,
    FamilyLawUnknown,
    FamilyMember,
    FamilyView,
    Holder,
    Indexed,
    Leaflet,
    LeafletSum,
    MeasureCard,
    Missing,
    Question,
    Reckoning,
    Recounted,
    Replay,
    Right,
    Sum,
    SumAsked,
    Suspension,
    Touched,
)
from kazna.contexts.measures.delivery import offer_days, statuses, suspensions
from kazna.contexts.measures.families import family, family_laws
from kazna.contexts.measures.finding import find_measures
from kazna.contexts.measures.form import Answered, FormTurn, turn_of_form
from kazna.contexts.measures.indexation import indexed_on, raises_of, sums_again, sums_on
from kazna.contexts.measures.late_law import measures_changed_since, release_in_force
from kazna.contexts.measures.leaflet import leaflet
from kazna.contexts.measures.library import current as law_in_force
from kazna.contexts.measures.library import folder as law_folder
from kazna.contexts.measures.library import kinds_that_tie, look_again, store_release
from kazna.contexts.measures.needy import NeedyFamily, count_needy, needy, needy_as_of
from kazna.contexts.measures.part_months import part_months
from kazna.contexts.measures.queries import (
    counts,
    granted,
    measure,
    measures_list,
    released_measures,
    rights,
    rights_of,
)
from kazna.contexts.measures.replay import ask_again, replay
from kazna.contexts.measures.scenarios import Scenario, scenarios
from kazna.contexts.measures.touched import (
    measures_reading,
    standings,
    standings_count,
    standings_of,
    touched_by_facts,
)
from kazna.rules import NoEdition
from kazna.rules.plan import AnswerError

__all__ = [
    "AnswerError",
    "Answered",
    "Ask",
    "Asked",
    "Before",
    "Checked",
    "Decided",
    "EditionCard",
    "EditionExists",
    "FamilyLawUnknown",
    "FamilyMember",
    "FamilyView",
    "FormTurn",
    "Holder",
    "Indexed",
    "LaterEdition",
    "LawBroken",
    "Leaflet",
    "LeafletSum",
    "MeasureCard",
    "Missing",
    "NeedyFamily",
    "NoCalculator",
    "NoEdition",
    "Part",
    "PastFigures",
    "Question",
    "Reckoning",
    "Recounted",
    "Replay",
    "Right",
    "Scenario",
    "StrangePath",
    "Sum",
    "SumAsked",
    "Suspension",
    "Touched",
    "ask_again",
    "ask_for",
    "calculator_questions",
    "calculators",
    "check_part",
    "count_needy",
    "counts",
    "decide_part",
    "evaluate",
    "family",
    "family_laws",
    "find_measures",
    "granted",
    "indexed_on",
    "keep",
    "keep_store",
    "kinds_that_tie",
    "law_folder",
    "law_in_force",
    "leaflet",
    "look_again",
    "measure",
    "measures_changed_since",
    "measures_list",
    "measures_reading",
    "needy",
    "needy_as_of",
    "offer_days",
    "open_kept",
    "parquet",
    "part_months",
    "publish_law",
    "raises_of",
    "reckon",
    "recount",
    "release_in_force",
    "released_measures",
    "replay",
    "right",
    "rights",
    "rights_in",
    "rights_of",
    "scenarios",
    "scenes_of_awards",
    "standings",
    "standings_count",
    "standings_of",
    "statuses",
    "store_release",
    "sums_again",
    "sums_on",
    "suspensions",
    "touched_by_facts",
    "try_law",
    "turn_of_form",
]


def right(right_id):  # type: ignore[no-untyped-def]
    """One right by id; KeyError when there is none."""
    return rights([right_id])[right_id]
