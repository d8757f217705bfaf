"""The door of `registers`: people, families and facts, who said so and when we knew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kazna.contexts.integration.public import PersonRef
from kazna.contexts.registers import kinds as _kinds
from kazna.contexts.registers import life as _life
from kazna.contexts.registers import matters, queries, vitrines, wards
from kazna.contexts.registers.actions import change_kinds as _change_kinds
from kazna.contexts.registers.actions import find_duplicates as _find_duplicates
from kazna.contexts.registers.actions import load_baseline as _load_baseline
from kazna.contexts.registers.actions import load_kinds as _load_kinds
from kazna.contexts.registers.actions import report as _report
from kazna.contexts.registers.actions import report_bulk as _report_bulk
from kazna.contexts.registers.actions import settle_conflict as _settle_conflict
from kazna.contexts.registers.actions import settle_suspect as _settle_suspect
from kazna.contexts.registers.actions import take_in as _take_in
from kazna.contexts.registers.actions import take_snapshot as _take_snapshot
from kazna.contexts.registers.actions import undo_merge as _undo_merge
from kazna.contexts.registers.contracts import (
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
from kazna.contexts.registers.legacy import door as legacy
from kazna.contexts.registers.linkage import candidates as _candidates
from kazna.contexts.registers.linkage.candidates import Candidate
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
from kazna.contexts.registers.vitrines import VITRINES, Vitrine
from kazna.events.cause import Cause

__all__ = [
    "VITRINES",
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


def take_in(
    *,
    payload: bytes,
    agency: str | None,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
    in_reply_to: UUID | None = None,
) -> list[Receipt]:
    """Read, check and record one delivery: an XML or JSON document, or a zip of them; one transaction.

    Publishes FactsChanged per document that changed something, ConflictFound per disagreement for an
    officer; the intake publishes StatementReceived. `agency` None: each document is taken as from the
    holder of its kind. `in_reply_to`: the question it answers by its envelope.
    Never raises for what a document says: the receipts tell.
    """
    return _take_in.take_in(
        payload=payload,
        agency=agency,
        file_name=file_name,
        content_type=content_type,
        on=on,
        received_at=received_at,
        in_reply_to=in_reply_to,
    )


def take_in_again(
    *, document_id: UUID, payload: bytes | None = None, file_name: str = "", on: date, received_at: datetime
) -> list[Receipt]:
    """Put a corrected document in place of a quarantined one; without `payload` try the stored bytes again.

    Raises the intake's DocumentUnknown, NotInQuarantine, NothingToRetry.
    """
    return _take_in.take_in_again(
        document_id=document_id, payload=payload, file_name=file_name, on=on, received_at=received_at
    )


def report(facts: Sequence[NewFact], *, source: str, on: date, cause: Cause) -> list[UUID]:
    """Record facts from inside the platform and publish one FactsChanged; return fact ids in the order given.

    A fact that repeats the current one word for word changes nothing. Raises UnknownFactKind.
    """
    return _report.report(facts, source=source, on=on, cause=cause)


def load_baseline(path: Path, *, on: date, progress: Progress) -> BaselineReport:
    """Take over the Fund's former register (own_baseline/1), once; publishes nothing.

    `progress(stage, done, total)` is called as rows go in. All or nothing: a cut-off load starts again.
    Raises BaselineAlreadyLoaded, BaselineRefused.
    """
    return _load_baseline.load_baseline(path, on=on, progress=progress)


def report_pages(pages: Sequence[tuple[Sequence[NewFact], Cause]], *, source: str, on: date) -> list[list[UUID]]:
    """Like `report` for many causes at once: one FactsChanged per page that says something new.

    One reading and one writing for all pages; facts of a page see those of the pages before.
    """
    return _report.report_pages(pages, source=source, on=on)


def report_bulk(
    facts: Sequence[tuple[NewFact, bool]],
    *,
    source: str,
    on: date,
    cause: Cause,
    seed: str,
    corrects: bool = False,
) -> int:
    """Record many (fact, is withdrawn) of a kind that redraws no card and ends no other fact; return how many are new.

    One INSERT and one FactsChanged for all. `seed` makes the ids: a page reported again changes nothing.
    """
    return _report_bulk.report_bulk(facts, source=source, on=on, cause=cause, seed=seed, corrects=corrects)


def load_kinds() -> int:
    """Bring the table of fact kinds in line with law/facts/catalogue*.yaml; return their number."""
    return _load_kinds.load_kinds()


def kinds() -> list[KindView]:
    """The catalogue of fact kinds, by code."""
    return _kinds.kinds()


def released_kinds() -> dict[str, dict[str, Any]]:
    """The catalogue as the release of the law has it: code → entry."""
    return _kinds.released()


def domain_facts() -> list[DomainFact]:
    """Facts of the field and the kind under which each is kept or from which it is worked out."""
    return _kinds.domain_facts()


def read_kinds(path: Path) -> dict[str, dict[str, Any]]:
    """Entries of a YAML file with a `kinds` section. Raises KindsRefused with every mistake found."""
    with path.open("rb") as file:
        return _change_kinds.read_kinds(file.read(_change_kinds.LARGEST + 1), path.name)


def read_kinds_text(content: bytes, name: str) -> dict[str, dict[str, Any]]:
    """The same of a file that was sent; `name` stands in the refusal."""
    return _change_kinds.read_kinds(content, name)


def kind_differences(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, tuple[Any, Any]]]:
    """By code, what the entries would change: field → (now, then); of a new kind all fields, None on the left."""
    return _kinds.differences(entries)


def propose_kinds(entries: Mapping[str, Mapping[str, Any]], *, reason: str, by: str) -> list[KindChangeView]:
    """Ask for a change of the catalogue, one per kind that would differ; another person settles it.

    Raises KindsRefused with every mistake found.
    """
    return _change_kinds.propose_kinds(entries, reason=reason, by=by)


def settle_kind_change(*, change_id: UUID, approve: bool, by: str, now: datetime) -> KindChangeView:
    """Approve or reject a change; an approved kind is in force at once. Raises KindChangeNotOpen."""
    return _change_kinds.settle_kind_change(change_id=change_id, approve=approve, by=by, now=now)


def kind_changes(*, is_open: bool) -> list[KindChangeView]:
    """Up to 200 changes that wait for a second person, or settled ones, the newest first."""
    return _kinds.changes(is_open=is_open)


def kind_titles() -> dict[str, str]:
    """Kinds of facts by code, as people read them: «person.birth» → «Рождение»."""
    return queries.kind_titles()


def facts_of(
    person_ids: Iterable[UUID], *, kinds: Iterable[str] | None = None, known_at: datetime | None = None
) -> list[Fact]:
    """Current versions of facts whose subject is one of the people, all periods, in order of recording.

    `known_at`: as they were known at that moment. Withdrawn statements are left out. One query.
    """
    return queries.facts_of(person_ids, kinds=kinds, known_at=known_at)


def facts_on(
    person_ids: Iterable[UUID],
    *,
    on: date,
    known_at: datetime | None = None,
    kinds: Iterable[str] | None = None,
    with_family: bool = False,
) -> list[Fact]:
    """What held on the day `on`, as it was known at the moment `known_at` (None: now), in order of recording.

    `with_family`: also of parents, children, spouses ever, their children, co-parents and siblings.
    """
    return queries.facts_on(person_ids, on=on, known_at=known_at, kinds=kinds, with_family=with_family)


def life(
    person_id: UUID,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    kinds: Iterable[str] | None = None,
    with_corrected: bool = True,
    limit: int = 50,
    after: tuple[date, int] | None = None,
) -> list[LifeEntry]:
    """Statements about a person and those that name the person, the latest first, with corrected versions.

    `on` leaves those that held on the day; `known_at` those recorded by the moment, each as it stood then.
    `after` is (valid_from, seq) of the last one seen.
    """
    return _life.life(
        person_id, on=on, known_at=known_at, kinds=kinds, with_corrected=with_corrected, limit=limit, after=after
    )


def kinds_of_life(person_id: UUID) -> dict[str, str]:
    """Kinds of which anything was ever told about the person: code → title, by title."""
    return _life.kinds_of(person_id)


def shelf_lives() -> dict[str, int]:
    """Days for which an answer of a vitrine may be used, by kind; kinds kept for good are not named."""
    return vitrines.shelf_lives()


def asked_on_demand() -> set[tuple[str, str]]:
    """Agency and topic of the kinds that are asked on demand now."""
    known = vitrines.stages()
    kinds = [kind for kind, (stage, _) in known.items() if stage == vitrines.ON_DEMAND]
    return {(VITRINES[kind].agency, VITRINES[kind].topic) for kind in kinds}


def lent_now(person_ids: Iterable[UUID], kinds: Iterable[str]) -> list[Fact]:
    """Answers asked on demand whose values are still at hand, in order of recording."""
    return vitrines.lent_now(queries.facts_of(person_ids, kinds=kinds))


def forget_answers(facts: Iterable[Fact]) -> None:
    """A determination is over: answers asked on demand for it are not kept, their digests are."""
    vitrines.forget(facts)


def vitrine_digest(value: Mapping[str, Any]) -> str:
    """The digest that stays in the register in place of a value."""
    return vitrines.digest(value)


def facts_by_ids(fact_ids: Iterable[UUID]) -> list[Fact]:
    """These very rows, current or not, in order of recording; withdrawals are left out."""
    return queries.facts_by_ids(fact_ids)


def facts_around(person_ids: Iterable[UUID], *, known_at: datetime | None = None) -> list[Fact]:
    """Current facts of the people and of their families: parents, children, spouses ever, their children,
    co-parents, siblings; of those ever registered in the same place (forty at most). A few queries for any number
    of people. Where sources differ, the one believed first by the catalogue (`precedence`) is heard; what an officer
    has to settle stands as facts `fact.disputed`.
    """
    return queries.facts_around(person_ids, known_at=known_at)


def facts_ending(kind: str, days: Sequence[date]) -> list[Fact]:
    """Current facts of a kind whose `valid_to` is one of the days."""
    return queries.facts_ending(kind, days)


def cards(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Cards by id; unknown ids are absent. A merged card names the one to use in `merged_into`."""
    return queries.cards(person_ids)


def person_by_snils(snils: str) -> PersonCard | None:
    """The person with this СНИЛС, eleven digits."""
    return queries.person_by_snils(snils)


def ids_by_snils(snils: Iterable[str]) -> dict[str, UUID]:
    """Person ids by СНИЛС, eleven digits each; unknown and empty ones are absent. One query."""
    return queries.ids_by_snils(snils)


def person_references(person_ids: Iterable[UUID]) -> dict[UUID, PersonRef]:
    """People as messages to other agencies name them, with a document and the place of living. Two queries."""
    return queries.person_references(person_ids)


def born_on(days: Iterable[date], sex: str | None = None) -> list[PersonCard]:
    """Living people born on these days, ordered by content; `sex` "M" or "F" narrows."""
    return queries.born_on(days, sex)


def search(text: str, *, limit: int = 20, after: tuple[str, UUID] | None = None) -> list[PersonCard]:
    """People by СНИЛС (or its first digits), by the beginning of the full name, else by words of it in any order and
    case, with slips forgiven («смерновой анне 1995»), the likest first. ё as е. Rows stay the viewer's.

    `after` (only for lists by the beginning of the name) is the sort key and id of the last card of the page before.
    """
    return queries.search(text, limit=limit, after=after)


def wards_of(person_id: UUID, on: date, *, act: str = "") -> list[UUID]:
    """Whom the person represents on the day, the eldest first: own children under eighteen, custody not lost, and
    grown-ups whose guardian the person is. `act` "applications" or "accounts": without those for whom it is forbidden.
    """
    return wards.wards_of(person_id, on, act=act)


def ward_ties(person_id: UUID, on: date) -> list[WardTie]:
    """The same with the role (mother, father, adoptive, guardian) and what the act of appointment forbids."""
    return wards.ward_ties(person_id, on)


def must_represent(person_id: UUID, ward_id: UUID, on: date, *, act: str) -> None:
    """Raises RepresentationLimited unless the person may do this act for the ward on the day."""
    if ward_id != person_id and ward_id not in wards.wards_of(person_id, on, act=act):
        raise RepresentationLimited()


def timeline(person_id: UUID) -> list[TimelineEntry]:
    """The person's facts with the titles of their kinds, the latest first."""
    return queries.timeline(person_id)


def conflicts(*, limit: int = 20, after: tuple[date, UUID] | None = None) -> list[ConflictView]:
    """Open conflicts of facts, the oldest first; `after` is (found_on, conflict_id) of the last one seen."""
    return matters.conflicts(limit=limit, after=after)


def conflict(*, conflict_id: UUID) -> ConflictView:
    """One open conflict. Raises ConflictNotOpen."""
    return matters.conflict(conflict_id)


def settle_conflict(*, conflict_id: UUID, fact_id: UUID, reason: str, by: str, on: date) -> None:
    """Choose the known fact or the claim. A chosen claim replaces the fact and publishes FactsChanged.

    The document that brought the claim stays in quarantine until it is tried again (`take_in_again`).
    Raises ConflictNotOpen, NotACandidate.
    """
    _settle_conflict.settle_conflict(conflict_id=conflict_id, fact_id=fact_id, reason=reason, by=by, on=on)


def suspects(*, limit: int = 20, after: tuple[date, UUID] | None = None) -> list[SuspectView]:
    """Pairs of cards that may be one person, the oldest first; `after` is (found_on, suspect_id)."""
    return matters.suspects(limit=limit, after=after)


def suspect(*, suspect_id: UUID) -> SuspectView:
    """One open pair of cards. Raises SuspectNotOpen."""
    return matters.suspect(suspect_id)


def settle_suspect(*, suspect_id: UUID, same: bool, reason: str, by: str, on: date) -> UUID | None:
    """Merge the cards when `same` and return the id of the card kept; else leave them apart for good.

    Facts move by new rows and FactsChanged is published; the other card points at the one kept.
    Raises SuspectNotOpen.
    """
    return _settle_suspect.settle_suspect(suspect_id=suspect_id, same=same, reason=reason, by=by, on=on)


def candidates(refs: Sequence[PersonRef]) -> list[list[Candidate]]:
    """For each incoming person the cards it may be, the heaviest first; none: a new person.

    Weighed by the model that `find_duplicates` uses. `is_sure`: join without asking; the others are for an officer.
    """
    return _candidates.candidates(refs)


def find_duplicates(
    *, on: date, join_sure: bool = False, progress: Callable[[str, int, int], None] = lambda stage, done, total: None
) -> DuplicatesFound:
    """Compare the whole register with itself; sure pairs are joined when asked, the others wait for an officer.

    Pairs told before are not told again. Raises LinkageNotInstalled.
    """
    return _find_duplicates.find_duplicates(on=on, join_sure=join_sure, progress=progress)


def merges_of(*, person_id: UUID) -> list[MergeView]:
    """Merges that this card took part in, kept or dropped, the newest first."""
    return matters.merges_of(person_id)


def undo_merge(*, merge_id: UUID, reason: str, by: str, on: date) -> UUID:
    """Part two cards again and return the id of the one given back; FactsChanged is published.

    What was told since the merge stays with the card that was kept. Raises MergeNotFound.
    """
    return _undo_merge.undo_merge(merge_id=merge_id, reason=reason, by=by, on=on)


def matters_open() -> dict[str, int]:
    """{"conflicts", "suspects"}: how many wait for an officer, as far as the viewer may see them."""
    return matters.matters_open()


def counts() -> dict[str, Any]:
    """{"people", "facts", "conflicts", "suspects"}: cards in use, rows of facts, matters open."""
    return queries.counts()


def take_snapshot(folder: Path, *, now: datetime, progress: Progress) -> Snapshot:
    """Bring a consistent copy of the register by territory up to now: Parquet, only changed territories written anew.

    Raises RegisterBusy, SnapshotDamaged, NoRoom; what was there before stays whole.
    """
    return _take_snapshot.take_snapshot(folder, now=now, progress=progress)
