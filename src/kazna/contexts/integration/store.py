"""Between rows of the intake store and the contracts."""

from __future__ import annotations

import zlib
from datetime import date, datetime
from uuid import UUID, uuid4

from kazna.contexts.integration.contracts import DocumentStatus, Kind, ReadDocument, StoredDocument
from kazna.contexts.integration.models import IntakeDelivery, IntakeDocument, Packing
from kazna.contexts.integration.readers.read_document import Reading
from kazna.contexts.integration.readers.unpack_delivery import Incoming
from kazna.contexts.integration.remarks import Remark

FILE_NAME_LENGTH = 300


def new_row(
    incoming: Incoming,
    reading: Reading,
    *,
    delivery_id: UUID,
    agency: str,
    on: date,
    received_at: datetime,
    replaces: UUID | None,
) -> IntakeDocument:
    """The row of a document just read; not saved."""
    payload, packing = pack(incoming.payload)
    acts = [one.act for one in reading.statements if hasattr(one, "act")]
    return IntakeDocument(
        document_id=uuid4(),
        delivery_id=delivery_id,
        agency=agency,
        digest=incoming.digest,
        file_name=incoming.file_name[:FILE_NAME_LENGTH],
        kind=reading.kind,
        status=DocumentStatus.QUARANTINED if reading.is_refused else DocumentStatus.RECEIVED,
        act=str(acts[0].key)[:120] if len(acts) == 1 else "",
        remarks=[one.plain() for one in reading.remarks],
        payload=payload,
        packing=packing,
        size_bytes=incoming.size_bytes,
        reported_on=reading.reported_on,
        operating_day=on,
        received_at=received_at,
        settled_at=received_at if reading.is_refused else None,
        replaces_id=replaces,
    )


def pack(payload: bytes) -> tuple[bytes | None, str]:
    """Raw bytes for the store; zips are compressed already."""
    if not payload:
        return None, Packing.NONE
    if payload.startswith(b"PK"):
        return payload, Packing.NONE
    return zlib.compress(payload, 1), Packing.ZLIB


def unpack(row: IntakeDelivery | IntakeDocument) -> bytes | None:
    if row.payload is None:
        return None
    raw = bytes(row.payload)
    return zlib.decompress(raw) if row.packing == Packing.ZLIB else raw


def stored(row: IntakeDocument, *, with_payload: bool = False) -> StoredDocument:
    return StoredDocument(
        number=row.number,
        document_id=row.document_id,
        digest=row.digest,
        file_name=row.file_name,
        agency=row.agency,
        kind=Kind(row.kind),
        status=DocumentStatus(row.status),
        act=row.act,
        size_bytes=row.size_bytes,
        operating_day=row.operating_day,
        received_at=row.received_at,
        settled_at=row.settled_at,
        replaces=row.replaces_id,
        remarks=remarks_of(row),
        payload=unpack(row) if with_payload else None,
    )


def read(row: IntakeDocument, reading: Reading | None = None, *extra: Remark) -> ReadDocument:
    """The outcome of a document; statements only while it waits to be settled."""
    waits = reading is not None and row.status == DocumentStatus.RECEIVED
    return ReadDocument(
        document_id=row.document_id,
        digest=row.digest,
        file_name=row.file_name,
        agency=row.agency,
        kind=Kind(row.kind),
        status=DocumentStatus(row.status),
        received_at=row.received_at,
        reported_on=row.reported_on,
        statements=reading.statements if waits and reading else (),
        baseline=reading.baseline if waits and reading else None,
        remarks=(*remarks_of(row), *extra),
    )


def remarks_of(row: IntakeDocument) -> tuple[Remark, ...]:
    return tuple(Remark.of_plain(plain) for plain in row.remarks)
