"""The door of `studio`: drafts of measures, their agreement and publication, and what they would change."""

from kazna.contexts.measures.public import LawBroken
from kazna.contexts.studio.actions.begin import begin_draft, begin_edition
from kazna.contexts.studio.actions.change import agree, mark_tested, publish, save_version, write_remark
from kazna.contexts.studio.actions.launch import launch_due
from kazna.contexts.studio.actions.what_if import play_draft, scenario, scenarios
from kazna.contexts.studio.blocks import (
    SHAPES,
    TOPICS,
    Block,
    Cut,
    Shape,
    WrongBlock,
    changed,
    cut,
    new_block,
    with_blocks,
)
from kazna.contexts.studio.card import PLACES, REGULATIONS, card_of, with_card
from kazna.contexts.studio.contracts import (
    AgreementView,
    BackdatedEdition,
    BadStart,
    ChangedMeanwhile,
    DraftCard,
    DraftNotFound,
    MeasureTaken,
    NoSnapshot,
    NotChangeable,
    NotReady,
    RemarkView,
    ScenarioView,
    VersionView,
)
from kazna.contexts.studio.inventory import Obligation, obligations
from kazna.contexts.studio.lifecycle import MAY_CHANGE, PARTS, STATES
from kazna.contexts.studio.people import completed, lacking_people, with_examples
from kazna.contexts.studio.queries import agreements, draft, drafts, remarks, version, versions
from kazna.contexts.studio.scenarios.territory import kept_codes, kept_territory, take_territories

__all__ = [
    "MAY_CHANGE",
    "PARTS",
    "PLACES",
    "REGULATIONS",
    "SHAPES",
    "STATES",
    "TOPICS",
    "AgreementView",
    "BackdatedEdition",
    "BadStart",
    "Block",
    "ChangedMeanwhile",
    "Cut",
    "DraftCard",
    "DraftNotFound",
    "LawBroken",
    "MeasureTaken",
    "NoSnapshot",
    "NotChangeable",
    "NotReady",
    "Obligation",
    "RemarkView",
    "ScenarioView",
    "Shape",
    "VersionView",
    "WrongBlock",
    "agree",
    "agreements",
    "begin_draft",
    "begin_edition",
    "card_of",
    "changed",
    "completed",
    "cut",
    "draft",
    "drafts",
    "kept_codes",
    "kept_territory",
    "lacking_people",
    "launch_due",
    "mark_tested",
    "new_block",
    "obligations",
    "play_draft",
    "publish",
    "remarks",
    "save_version",
    "scenario",
    "scenarios",
    "take_territories",
    "version",
    "versions",
    "with_blocks",
    "with_card",
    "with_examples",
    "write_remark",
]
