"""The door of `registers`: people, families and facts, who said so and when we knew; it only gathers names."""

from kazna.contexts.registers.actions.change_kinds import propose_kinds, read_kinds, read_kinds_text, settle_kind_change
from kazna.contexts.registers.actions.find_duplicates import find_duplicates
from kazna.contexts.registers.actions.load_baseline import load_baseline
from kazna.contexts.registers.actions.load_kinds import load_kinds
from kazna.contexts.registers.actions.report import report, report_pages
from kazna.contexts.registers.actions.report_bulk import report_bulk
from kazna.contexts.registers.actions.settle_conflict import settle_conflict
from kazna.contexts.registers.actions.settle_suspect import settle_suspect
from kazna.contexts.registers.actions.take_in import take_in, take_in_again
from kazna.contexts.registers.actions.take_snapshot import take_snapshot
from kazna.contexts.registers.actions.undo_merge import undo_merge
from kazna.contexts.registers.contracts import (
    AccountRefused,
    BaselineAlreadyLoaded,
    BaselineRefused,
    BaselineReport,
    ConflictNotOpen,
    ConflictView,
    DomainFact,
    DuplicatesFound,
    Fact,
    KindChangeNotOpen,
    KindChangeView,
    KindsRefused,
    KindView,
    LifeEntry,
    LinkageNotInstalled,
    MergeNotFound,
    MergeView,
    NewFact,
    NotACandidate,
    PersonCard,
    Progress,
    Receipt,
    RepresentationLimited,
    SuspectNotOpen,
    SuspectView,
    TimelineEntry,
    UnknownFactKind,
    WardTie,
)
from kazna.contexts.registers.facts import (
    facts_around,
    facts_by_ids,
    facts_ending,
    facts_of,
    facts_on,
    kind_titles,
    lent_now,
    timeline,
)
from kazna.contexts.registers.kinds import changes as kind_changes
from kazna.contexts.registers.kinds import differences as kind_differences
from kazna.contexts.registers.kinds import domain_facts, kinds
from kazna.contexts.registers.kinds import released as released_kinds
from kazna.contexts.registers.legacy import door as legacy
from kazna.contexts.registers.life import kinds_of as kinds_of_life
from kazna.contexts.registers.life import life
from kazna.contexts.registers.linkage.candidates import Candidate, candidates
from kazna.contexts.registers.matters import conflict, conflicts, matters_open, merges_of, suspect, suspects
from kazna.contexts.registers.people import born_on, cards, counts, ids_by_snils, person_by_snils, search
from kazna.contexts.registers.references import person_references
from kazna.contexts.registers.snapshots.folder import (
    NoRoom,
    Snapshot,
    SnapshotDamaged,
    Territory,
    room,
    touched_since,
)
from kazna.contexts.registers.snapshots.folder import load_snapshot as kept_snapshot
from kazna.contexts.registers.snapshots.source import RegisterBusy
from kazna.contexts.registers.vitrines import ASKED, HOLDERS, VITRINES, Vitrine, asked_on_demand, shelf_lives
from kazna.contexts.registers.vitrines import digest as vitrine_digest
from kazna.contexts.registers.vitrines import forget as forget_answers
from kazna.contexts.registers.wards import bound_to, must_represent, ward_ties, wards_of

__all__ = [
    "ASKED",
    "HOLDERS",
    "VITRINES",
    "AccountRefused",
    "BaselineAlreadyLoaded",
    "BaselineRefused",
    "BaselineReport",
    "Candidate",
    "ConflictNotOpen",
    "ConflictView",
    "DomainFact",
    "DuplicatesFound",
    "Fact",
    "KindChangeNotOpen",
    "KindChangeView",
    "KindView",
    "KindsRefused",
    "LifeEntry",
    "LinkageNotInstalled",
    "MergeNotFound",
    "MergeView",
    "NewFact",
    "NoRoom",
    "NotACandidate",
    "PersonCard",
    "Progress",
    "Receipt",
    "RegisterBusy",
    "RepresentationLimited",
    "Snapshot",
    "SnapshotDamaged",
    "SuspectNotOpen",
    "SuspectView",
    "Territory",
    "TimelineEntry",
    "UnknownFactKind",
    "Vitrine",
    "WardTie",
    "asked_on_demand",
    "born_on",
    "bound_to",
    "candidates",
    "cards",
    "conflict",
    "conflicts",
    "counts",
    "domain_facts",
    "facts_around",
    "facts_by_ids",
    "facts_ending",
    "facts_of",
    "facts_on",
    "find_duplicates",
    "forget_answers",
    "ids_by_snils",
    "kept_snapshot",
    "kind_changes",
    "kind_differences",
    "kind_titles",
    "kinds",
    "kinds_of_life",
    "legacy",
    "lent_now",
    "life",
    "load_baseline",
    "load_kinds",
    "matters_open",
    "merges_of",
    "must_represent",
    "person_by_snils",
    "person_references",
    "propose_kinds",
    "read_kinds",
    "read_kinds_text",
    "released_kinds",
    "report",
    "report_bulk",
    "report_pages",
    "room",
    "search",
    "settle_conflict",
    "settle_kind_change",
    "settle_suspect",
    "shelf_lives",
    "suspect",
    "suspects",
    "take_in",
    "take_in_again",
    "take_snapshot",
    "timeline",
    "touched_since",
    "undo_merge",
    "vitrine_digest",
    "ward_ties",
    "wards_of",
]
