"""Check whatever a supplier hands over: a message, a spreadsheet, an archive of them; plain verdicts for any screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kazna.contexts.egisso.actions.open_upload import ArchiveRefused, unpack
from kazna.contexts.egisso.control.check import PackageCheck, RecordVerdict, check_message
from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.messages.read import SMALL
from kazna.contexts.egisso.sheet.read import SheetRefused, read_sheet

Verdict = dict[str, Any]


def check_upload(name: str, source: bytes | Path, *, known: Known, provider: str = "") -> Iterator[Verdict]:
    """A verdict per record: file, message, package_id, number, kind, record_id, line, accepted, remarks.

    What is refused as a whole is one verdict with `number` 0. `line` is the line of the XML or the row of the table.
    """
    if name.lower().endswith(".xlsx"):
        yield from _sheet(name, source, known, provider)
    elif isinstance(source, Path) and source.stat().st_size > SMALL and _starts(source) != b"PK":
        yield from _large(name, source, known, provider)
    elif _starts(source) != b"PK":
        yield from verdicts_of(name, check_message(source, known, provider=provider))
    else:
        yield from _archive(name, source, known, provider)


def _large(name: str, source: Path, known: Known, provider: str) -> Iterator[Verdict]:
    """A file too large to keep its verdicts: walked once to learn whether it is refused as a whole, once to tell."""
    first = check_message(source, known, provider=provider)
    for _ in first.records:
        pass
    if first.refusals:
        yield whole(name, first.message.key if first.message else "", first.package_id, first.refusals)
        return
    check = check_message(source, known, provider=provider)
    for record in check.records:
        yield _plain(name, check, record)


def _archive(name: str, source: bytes | Path, known: Known, provider: str) -> Iterator[Verdict]:
    try:
        uploads = unpack(name, _bytes(source))
    except ArchiveRefused as refusal:
        yield whole(name, "", "", [refusal.finding])
        return
    for upload in uploads:
        inside = f"{name}/{upload.name}"
        if upload.refusal:
            yield whole(inside, "", "", [upload.refusal])
        elif upload.name.lower().endswith(".xlsx"):
            yield from _sheet(inside, upload.payload, known, provider)
        else:
            yield from verdicts_of(inside, check_message(upload.payload, known, provider=provider))


def _sheet(name: str, source: bytes | Path, known: Known, provider: str) -> Iterator[Verdict]:
    """A spreadsheet is checked as the package it makes."""
    try:
        made = read_sheet(_bytes(source))
    except SheetRefused as refusal:
        yield whole(name, "", "", [finding("unreadable", what=str(refusal).removesuffix("."))])
        return
    for record in verdicts_of(name, check_message(made.payload, known, provider=provider)):
        row = made.rows[record["number"] - 1] if record["number"] else 0
        yield record | {"line": row, "remarks": [one | {"line": row} for one in record["remarks"]]}


def verdicts_of(name: str, check: PackageCheck) -> Iterator[Verdict]:
    records = list(check.records)
    if check.refusals:
        yield whole(name, check.message.key if check.message else "", check.package_id, check.refusals)
        return
    for record in records:
        yield _plain(name, check, record)


def _plain(name: str, check: PackageCheck, record: RecordVerdict) -> Verdict:
    message = check.message.key if check.message else None
    return {"file": name, "message": message, "package_id": check.package_id or None, **record.plain()}


def whole(name: str, message: str, package_id: str, found: list[Finding]) -> Verdict:
    return {
        "file": name, "message": message or None, "package_id": package_id or None, "number": 0, "kind": None,
        "record_id": None, "line": found[0].line, "accepted": False, "remarks": [one.plain() for one in found],
    }  # fmt: skip


def _starts(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source[:2]
    with source.open("rb") as file:
        return file.read(2)


def _bytes(source: bytes | Path) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()
