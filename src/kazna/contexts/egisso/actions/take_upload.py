"""Take what a supplier uploads — a message, a spreadsheet, an archive — and say how it went, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kazna.contexts.egisso import state
from kazna.contexts.egisso.actions.open_upload import ArchiveRefused, Upload, unpack
from kazna.contexts.egisso.actions.take_package import take_package
from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.signature import Signers, check_signature
from kazna.contexts.egisso.models import Body, Package
from kazna.contexts.egisso.sheet.read import SheetRefused, read_sheet


def take_upload(
    name: str, payload: bytes, *, provider: str, on: date, received_at: datetime, is_signed: bool = False
) -> list[dict[str, Any]]:
    """First each package as {file, records, accepted, remarks}, then its rejected records as {number, remarks}.

    `number` is the row of a spreadsheet or the line of a message. `is_signed`: the sender was known by its own key.
    """
    known = state.known_in_tables(on, to_record=True)
    signers = signers_of(provider)
    found: list[dict[str, Any]] = []
    for one, rows in _uploads(name, payload):
        said = one.refusal or signed(one, signers, on=on, is_table=is_signed or rows is not None)
        if said:
            found.append({"file": one.name, "records": 0, "accepted": 0, "number": 0, "remarks": [said.plain()]})
            continue
        receipt = take_package(
            one.payload, known=known, provider=provider, on=on, received_at=received_at, file_name=one.name
        )
        found.append({
            "file": one.name, "records": receipt.records, "accepted": receipt.accepted, "number": 0,
            "remarks": [each.plain() for each in receipt.refusals],
        })  # fmt: skip
        found += [
            {"number": rows[record.number - 1] if rows else record.line,
             "remarks": [each.plain() for each in record.findings]}
            for record in receipt.rejected
        ]  # fmt: skip
    return found


def signers_of(provider: str) -> Signers:
    """Certificates on the card of a supplier."""
    body = Body.objects.filter(pk=provider).first()
    return Signers(body.certificates, body.withdrawn) if body else Signers()


def signed(one: Upload, signers: Signers, *, on: date, is_table: bool = False) -> Finding | None:
    """What is wrong with the signature of an upload; a table filled in by a person who signed in needs none."""
    if one.signature is not None:
        return check_signature(one.payload, one.signature, signers, on=on)
    if signers.has_to_sign and not is_table:
        return finding("signature", what="Пакет не подписан, а в карточке поставщика указаны сертификаты")
    return None


def packages_of(provider: str) -> list[Package]:
    """Packages taken from a body, the latest first."""
    return list(Package.objects.filter(provider=provider).defer("protocol").order_by("-received_at")[:50])


def _uploads(name: str, payload: bytes) -> Iterator[tuple[Upload, list[int] | None]]:
    if name.lower().endswith(".xlsx"):
        try:
            sheet = read_sheet(payload)
            yield Upload(name, sheet.payload), sheet.rows
        except SheetRefused as refusal:
            yield Upload(name, b"", refusal=finding("unreadable", what=str(refusal))), None
        return
    try:
        for one in unpack(name, payload):
            yield one, None
    except ArchiveRefused as refusal:
        yield Upload(name, b"", refusal=refusal.finding), None
