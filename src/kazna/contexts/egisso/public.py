"""The door of `egisso`: messages of the state system of social security, their control, the register behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kazna.contexts.egisso import participants, state
from kazna.contexts.egisso import queries as _queries
from kazna.contexts.egisso.actions import answer_question as _answer_question
from kazna.contexts.egisso.actions import check_upload as _check_upload
from kazna.contexts.egisso.actions import load_lists as _load_lists
from kazna.contexts.egisso.actions import take_package as _take_package
from kazna.contexts.egisso.actions import take_upload as _take_upload
from kazna.contexts.egisso.actions.load_lists import ListRefused
from kazna.contexts.egisso.actions.open_upload import ArchiveRefused, Upload, unpack
from kazna.contexts.egisso.actions.take_package import Receipt
from kazna.contexts.egisso.actions.take_upload import packages_of, take_upload
from kazna.contexts.egisso.classifier import versions as _versions
from kazna.contexts.egisso.classifier.content import FACET_TITLES, STATE_NAMES
from kazna.contexts.egisso.control.check import PackageCheck, RecordVerdict, check_message
from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.known import Classifiers, Known
from kazna.contexts.egisso.facts import collect as _collect
from kazna.contexts.egisso.facts import doubles as _doubles
from kazna.contexts.egisso.facts import export as _export
from kazna.contexts.egisso.facts.doubles import WAYS as WAYS_TO_WITHDRAW
from kazna.contexts.egisso.facts.doubles import NoSuchDouble, OwnDouble, own_doubles
from kazna.contexts.egisso.facts.loading import assignments_by_kind
from kazna.contexts.egisso.facts.match_again import match_again
from kazna.contexts.egisso.facts.own import OWN_PARTICIPANT
from kazna.contexts.egisso.measures import register as local_measures
from kazna.contexts.egisso.measures.codes import body_title, full_code
from kazna.contexts.egisso.measures.own import law_measures as _law_measures
from kazna.contexts.egisso.measures.printed import oktmo_of_regions as _oktmo_of_regions
from kazna.contexts.egisso.measures.printed import region_codes as _region_codes
from kazna.contexts.egisso.measures.printed import region_names as _region_names
from kazna.contexts.egisso.messages.compose import RecordsRefused, compose
from kazna.contexts.egisso.messages.read import message_of
from kazna.contexts.egisso.offers import offer as _offers
from kazna.contexts.egisso.offers.offer import Offer
from kazna.contexts.egisso.queries import Received
from kazna.contexts.egisso.sheet import read as _read_sheet
from kazna.contexts.egisso.sheet import write as _write_sheet
from kazna.contexts.egisso.sheet.read import SheetPackage, SheetRefused
from kazna.kernel.errors import DomainError

__all__ = [
    "OWN_PARTICIPANT",
    "WAYS_TO_WITHDRAW",
    "ArchiveRefused",
    "Finding",
    "Known",
    "ListRefused",
    "NoSuchDouble",
    "Offer",
    "OwnDouble",
    "PackageCheck",
    "Receipt",
    "Received",
    "RecordVerdict",
    "RecordsRefused",
    "SheetPackage",
    "SheetRefused",
    "Upload",
    "answer_question",
    "assignments_by_kind",
    "body_title",
    "check",
    "check_upload",
    "classifier_changes",
    "classifier_message",
    "classifier_version",
    "classifier_versions",
    "compose",
    "draft_classifier",
    "drop_classifier_rule",
    "export",
    "full_code",
    "known",
    "known_to_all",
    "known_without_database",
    "load_bodies",
    "load_list",
    "local_measures",
    "match_again",
    "move_classifier",
    "not_of",
    "offers",
    "own_doubles",
    "packages_of",
    "participants",
    "put_classifier_code",
    "put_classifier_rule",
    "read_sheet",
    "received_by",
    "refused",
    "region_codes",
    "region_of_oktmo",
    "regions",
    "rule_of",
    "signature_of",
    "take_package",
    "take_upload",
    "unpack",
    "unsigned",
    "withdraw_own_fact",
    "write_sheet",
]


def known(on: date, *, to_record: bool = False) -> Known:
    """State of the classifiers and registers on a day, as the control needs it. Five queries.

    `to_record`: for taking packages in: ids count as taken even when they were recorded under a later day.
    """
    return state.known_in_tables(on, to_record=to_record)


def known_to_all(on: date) -> Known:
    """State for the open check of a stranger's file: lists, measures, bodies, nothing recorded about people."""
    return state.known_to_all(on)


def known_without_database(on: date) -> Known:
    """Our own lists (own_) and the measures of the law: enough to check a file where there is no database."""
    return state.known_without_tables(on)


def check(source: bytes | Path, *, known: Known, provider: str = "") -> PackageCheck:
    """Open a message for checking; its verdicts are walked once. Never raises for what the message says.

    `provider` "" leaves the question whose facts they are.
    """
    return check_message(source, known, provider=provider)


def check_upload(name: str, source: bytes | Path, *, known: Known, provider: str = "") -> Iterator[dict[str, Any]]:
    """Plain verdicts of a message, a spreadsheet (.xlsx) or an archive of them, one per record.

    Keys: file, message, package_id, number (0 for what is refused as a whole), kind, record_id, line, accepted, and
    remarks: rule_code, severity (error, warning), message, what_to_do, line.
    """
    return _check_upload.check_upload(name, source, known=known, provider=provider)


def take_package(
    source: bytes | Path, *, known: Known, provider: str, on: date, received_at: datetime, file_name: str = ""
) -> Receipt:
    """Check a message and record what passes, in one transaction; a package taken before changes nothing."""
    return _take_package.take_package(
        source, known=known, provider=provider, on=on, received_at=received_at, file_name=file_name
    )


def export(out_dir: Path, *, on: date) -> list[Path]:
    """Write every fact of assignment and its changes as packages; return the files, in the order to send them.

    The platform's own decisions are brought into the register first. Equal registers give equal bytes; what cannot
    be sent yet (a newborn without СНИЛС) is listed with its reason in not-sent.json.
    """
    return _export.export_facts(out_dir, _collect.collect_own(on=on))


def withdraw_own_fact(fact_id: UUID, *, way: str, on: date) -> None:
    """Take back a fact of ours that another body repeats: duplicate, errors or deleted. Raises NoSuchDouble."""
    _doubles.withdraw(fact_id, way=way, on=on)


def read_sheet(payload: bytes) -> SheetPackage:
    """Facts of a spreadsheet as a 10.06.S 1.1.0 package, with the row of each. Raises SheetRefused."""
    return _read_sheet.read_sheet(payload)


def write_sheet(source: bytes | Path | None = None, *, known: Known | None = None) -> bytes:
    """The spreadsheet of the new facts of a package, remarked when `known` is given; None: the empty form."""
    if source is None:
        return _write_sheet.write_sheet([])
    check = check_message(source, known or Known("9999-12-31", Classifiers(), {}, knows_facts=False))
    told = [(one.ours, said_of(one) if known else "") for one in check.records if one.action == "fact.create"]
    if check.refusals:
        raise SheetRefused(why=check.refusals[0].message)
    return _write_sheet.write_sheet(told)


def said_of(record: RecordVerdict) -> str:
    """Remarks to a record in one cell."""
    return "; ".join(f"{found.rule_code}: {found.message}" for found in record.findings)


def answer_question(source: bytes | Path, *, on: date) -> bytes:
    """The official answer to 10.23.I, 10.02.I (classifier), 10.18.I (assigned to a person). Raises DomainError."""
    return _answer_question.answer_question(source, on=on)


def offers(day: date, *, on: date, now: datetime, code: str = "") -> Iterator[Offer]:
    """10.33.O for events found on a day: a message per event and citizen, or the reason why there is none."""
    return _offers.offers(day, on=on, now=now, code=code)


def received_by(*, person_id: UUID, on: date) -> list[Received]:
    """Measures that other bodies give the person, in force on the day, the latest first. One query."""
    return _queries.received_by(person_id, on)


def refused(name: str, said: Finding) -> Receipt:
    """A receipt for what was not even opened."""
    return Receipt(name, "", "", refusals=[said])


def load_list(name: str, path: Path) -> int:
    """Load periodicity, criteria or oktmo from CSV (code, name, known_from?, known_to?). Raises ListRefused."""
    return _load_lists.load_list(name, path)


def load_bodies(path: Path, *, on: date) -> int:
    """Load the participants: CSV of code, title, oktmo?, territory?, point_id?, certificates?, succeeds?.

    Lists in a cell are parted by spaces. A body known already is brought in line. Raises ListRefused.
    """
    return _load_lists.load_bodies(path, on=on)


def not_of(source: bytes | Path, messages: tuple[str, ...], name: str) -> Receipt | None:
    """A refusal when the file is another message than a command takes; None when it is one of these."""
    try:
        code = message_of(source).code
    except DomainError as refusal:
        return refused(name, finding("unreadable", what=str(refusal)))
    if code in messages:
        return None
    return refused(name, finding("version", what=f"Это сообщение {code}, а здесь загружаются {', '.join(messages)}"))


def classifier_versions() -> list[dict[str, Any]]:
    """Versions of КМСЗ, the newest first: number, source, state, days, document, note."""
    return [
        {
            "number": row.number, "source": row.source, "state": row.state, "state_name": STATE_NAMES[row.state],
            "starts_on": row.starts_on, "ends_on": row.ends_on, "document": row.document, "note": row.note,
        }
        for row in _versions.all_versions()
    ]  # fmt: skip


def classifier_changes(*, number: int, source: str = "own_") -> list[dict[str, str]]:
    """What a version changes against the one before it: facet, code, kind, before, after. Raises VersionUnknown."""
    return [
        {"facet": one.facet, "code": one.code, "kind": one.kind, "before": one.before, "after": one.after}
        for one in _versions.changes_of(_versions.version(number, source))
    ]


def classifier_message(*, number: int, source: str = "own_", activation: bool = False) -> bytes:
    """10.01.O with the whole version, or 10.03.O that activates it. Raises VersionUnknown."""
    row = _versions.version(number, source)
    return _versions.activation_of(row) if activation else _versions.publication(row)


def classifier_version(*, number: int, source: str = "own_") -> dict[str, Any]:
    """One version with its facets (code → name, parent), rules and the moves it may make. Raises VersionUnknown."""
    row = _versions.version(number, source)
    facets = [(code, title, row.content["facets"].get(code, {})) for code, title in FACET_TITLES.items()]
    moves = sorted(_versions.MOVES.get(row.state, set())) if source == _versions.OWN else []
    return {
        "number": row.number, "source": row.source, "state": row.state, "state_name": STATE_NAMES[row.state],
        "starts_on": row.starts_on, "ends_on": row.ends_on, "document": row.document, "note": row.note,
        "facets": facets, "rules": sorted(row.content["rules"]), "moves": moves,
    }  # fmt: skip


def draft_classifier(*, starts_on: date, document: str, by: str) -> int:
    """A new draft of our own classifier, a copy of the newest content; return its number."""
    return int(_versions.draft(starts_on=starts_on, document=document, by=by).number)


def put_classifier_code(*, number: int, facet: str, code: str, name: str, parent: str = "", by: str) -> None:
    """Add a code to a draft or rename it. Raises VersionUnknown, NotADraft, CodeRefused."""
    _versions.put_code(number=number, facet=facet, code=code, name=name, parent=parent, by=by)


def put_classifier_rule(*, number: int, code: str, by: str) -> str:
    """Allow a combination, measure.category.level.funds.form.section. Raises VersionUnknown, NotADraft, CodeRefused."""
    return _versions.put_rule_by_code(number=number, code=code, by=by)


def drop_classifier_rule(*, number: int, code: str, by: str) -> None:
    """Forbid a combination in a draft. Raises VersionUnknown, NotADraft, CodeRefused."""
    _versions.drop_rule(number=number, code=code, by=by)


def move_classifier(*, number: int, to: int, by: str) -> None:
    """Publish (3), return to draft (1), activate (5) or archive (6). Raises VersionUnknown, MoveRefused."""
    _versions.move(number=number, to=to, by=by)


def regions() -> list[tuple[str, str]]:
    """First two digits of ОКТМО and the name of every region, by name."""
    return _region_names()


def region_codes() -> list[tuple[str, str]]:
    """Code and name of every region, by name."""
    return _region_codes()


def region_of_oktmo() -> dict[str, str]:
    """Code of the region by the first two digits of ОКТМО."""
    return {oktmo[:2]: code for code, oktmo in _oktmo_of_regions().items()}


def rule_of(measure_id: UUID) -> str:
    """The rule of the law that a local measure is printed from, "" for one described by hand."""
    return _law_measures().get(str(measure_id), "")


def unsigned(provider: str, *, on: date) -> Finding | None:
    """What is wrong with a bare file of a supplier whose card names certificates, None when it names none."""
    return signature_of(Upload("", b""), provider=provider, on=on) if provider else None


def signature_of(upload: Upload, *, provider: str, on: date) -> Finding | None:
    """What is wrong with the signature of a package in an archive, or with its absence; None when nothing is."""
    return _take_upload.signed(upload, _take_upload.signers_of(provider), on=on)
