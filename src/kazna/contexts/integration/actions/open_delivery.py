"""Take in what one agency posted: unpack, read, check, store; known documents change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from kazna.contexts.integration.actions.claim_editions import claim_editions
from kazna.contexts.integration.contracts import DocumentStatus, Kind, ReadDocument
from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.models import IntakeDelivery, IntakeDocument
from kazna.contexts.integration.readers.read_document import Reading, read_document, sender_remark
from kazna.contexts.integration.readers.unpack_delivery import Incoming, addressed, sha256, unpack_delivery
from kazna.contexts.integration.remarks import remark
from kazna.contexts.integration.store import new_row, read

BATCH = 500


def intake_limits() -> Limits:
    return Limits(document_bytes=settings.KAZNA_DOCUMENT_BYTES)


@transaction.atomic
def open_delivery(
    *,
    payload: bytes,
    agency: str | None,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
    replaces: UUID | None = None,
    in_reply_to: UUID | None = None,
) -> list[ReadDocument]:
    """Documents of the delivery in its order, each stored and read; see `public.open_delivery`."""
    delivery = new_delivery(
        payload=payload, agency=agency, file_name=file_name, content_type=content_type, on=on,
        received_at=received_at, in_reply_to=in_reply_to,
    )  # fmt: skip
    documents = open_together([(delivery, payload)], agency=agency, on=on, replaces=replaces)[delivery.id]
    delivery.save(force_insert=True)
    return documents


def new_delivery(
    *,
    payload: bytes,
    agency: str | None,
    file_name: str,
    content_type: str,
    on: date,
    received_at: datetime,
    in_reply_to: UUID | None,
    delivery_id: UUID | None = None,
) -> IntakeDelivery:
    """The row of a delivery not read yet; not saved."""
    return IntakeDelivery(
        id=delivery_id or uuid4(),
        agency=agency or "",
        file_name=file_name[:300],
        content_type=content_type[:100],
        digest=sha256(payload),
        size_bytes=len(payload),
        documents=0,
        duplicates=0,
        operating_day=on,
        received_at=received_at,
        in_reply_to=in_reply_to,
    )


def open_together(
    posts: Sequence[tuple[IntakeDelivery, bytes]], *, agency: str | None, on: date, replaces: UUID | None = None
) -> dict[UUID, list[ReadDocument]]:
    """Documents of deliveries of one sender and day, each stored and read, by delivery in the order given.

    Counts the documents of each delivery in its row, which the caller saves.
    """
    limits = intake_limits()
    unpacked = [
        (delivery, addressed(one, delivery.in_reply_to))
        for delivery, payload in posts
        for one in unpack_delivery(payload, delivery.file_name, limits)
    ]
    incoming = [one for _, one in unpacked]
    known = _known(incoming, agency)
    readings: dict[str, Reading] = {}
    rows: dict[str, IntakeDocument] = {}
    for delivery, one in unpacked:
        delivery.documents += 1
        delivery.duplicates += one.digest in known
        if one.digest in readings or (one.digest in known and _is_settled(known[one.digest])):
            continue
        reading = readings[one.digest] = _read(one, agency, on, limits)
        if one.digest not in known:
            rows[one.digest] = new_row(
                one,
                reading,
                delivery_id=delivery.id,
                agency=agency or reading.agency,
                on=on,
                received_at=delivery.received_at,
                replaces=replaces,
            )
    _insert(rows, readings)
    answering = {one.digest for one in incoming if one.in_reply_to}
    claimed = claim_editions(
        {
            row.document_id: (row, readings[digest])
            for digest, row in rows.items()
            if digest in readings and digest not in answering and not Kind(row.kind).is_answer
        }
    )
    _count_again(known)
    answers: dict[UUID, list[ReadDocument]] = {delivery.id: [] for delivery, _ in posts}
    for (delivery, _), told in zip(unpacked, _answers(incoming, known, rows, readings | claimed), strict=True):
        answers[delivery.id].append(told)
    return answers


def _known(incoming: Sequence[Incoming], agency: str | None) -> dict[str, IntakeDocument]:
    """Stored documents with the same bytes, by digest; from this sender when the sender is named."""
    found = IntakeDocument.objects.filter(digest__in={one.digest for one in incoming}).defer("payload")
    if agency:
        found = found.filter(agency=agency)
    return {row.digest: row for row in found}


def _is_settled(row: IntakeDocument) -> bool:
    return row.status != DocumentStatus.RECEIVED


def _read(incoming: Incoming, agency: str | None, on: date, limits: Limits) -> Reading:
    if incoming.refusals:
        return Reading(remarks=incoming.refusals)
    reading = read_document(incoming.payload, on=on, limits=limits)
    objection = sender_remark(reading, agency) if agency else None
    return replace(reading, remarks=(objection, *reading.remarks)) if objection else reading


def _insert(rows: dict[str, IntakeDocument], readings: dict[str, Reading]) -> None:
    """Insert in the order of digests, so that two posts of the same files never wait for each other.

    `rows` afterwards holds what is stored; one that another transaction inserted first is not read again.
    """
    ordered = [rows[digest] for digest in sorted(rows)]
    IntakeDocument.objects.bulk_create(ordered, batch_size=BATCH, ignore_conflicts=True)
    stored = IntakeDocument.objects.filter(digest__in=rows).defer("payload")
    by_key = {(row.agency, row.digest): row for row in stored}
    for digest, row in list(rows.items()):
        rows[digest] = by_key[row.agency, digest]
        if rows[digest].document_id != row.document_id:
            del readings[digest]


def _count_again(known: dict[str, IntakeDocument]) -> None:
    if known:
        IntakeDocument.objects.filter(number__in=[row.number for row in known.values()]).update(
            times_received=F("times_received") + 1
        )


def _answers(
    incoming: Sequence[Incoming],
    known: dict[str, IntakeDocument],
    rows: dict[str, IntakeDocument],
    readings: dict[str, Reading],
) -> list[ReadDocument]:
    """One answer per incoming document; the second copy inside one batch is a duplicate of the first."""
    answers, seen = [], set()
    for one in incoming:
        row = rows.get(one.digest) or known[one.digest]
        reading = None if one.digest in seen else readings.get(one.digest)
        seen.add(one.digest)
        answer = read(row, reading)
        if reading is None and row.status != DocumentStatus.QUARANTINED:
            answer = replace(answer, status=DocumentStatus.DUPLICATE, remarks=(remark("same_document", "файл"),))
        answers.append(replace(answer, file_name=one.file_name, in_reply_to=one.in_reply_to))
    return answers
