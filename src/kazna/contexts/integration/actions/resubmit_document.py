"""Put a corrected document in place of a quarantined one, or try the same one again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kazna.contexts.integration.actions.claim_editions import claim_editions
from kazna.contexts.integration.actions.open_delivery import intake_limits, open_delivery
from kazna.contexts.integration.actions.settle_documents import DocumentUnknown
from kazna.contexts.integration.contracts import DocumentStatus, ReadDocument
from kazna.contexts.integration.models import IntakeDocument
from kazna.contexts.integration.readers.read_document import read_document, sender_remark
from kazna.contexts.integration.store import read, unpack
from kazna.kernel.errors import DomainError


class NotInQuarantine(DomainError):
    sentence = "Документ не в карантине: {status}. Исправлять нечего."


class NothingToRetry(DomainError):
    sentence = "Байты документа не сохранены: он был слишком велик. Пришлите исправленный документ."


@transaction.atomic
def resubmit(
    *, document_id: UUID, payload: bytes | None, file_name: str, on: date, received_at: datetime
) -> list[ReadDocument]:
    """See `public.resubmit`."""
    row = IntakeDocument.objects.select_for_update().filter(document_id=document_id).first()
    if row is None:
        raise DocumentUnknown(document_id=document_id)
    if row.status != DocumentStatus.QUARANTINED:
        raise NotInQuarantine(status=row.status)
    if payload is None:
        return [_retry(row, on)]
    documents = open_delivery(
        payload=payload,
        agency=row.agency or None,
        file_name=file_name or row.file_name,
        content_type="",
        on=on,
        received_at=received_at,
        replaces=document_id,
    )
    if any(one.document_id != document_id for one in documents):
        IntakeDocument.objects.filter(document_id=document_id).update(status=DocumentStatus.RESUBMITTED)
    return documents


def _retry(row: IntakeDocument, on: date) -> ReadDocument:
    """Read the stored bytes again: what was missing then may have come since."""
    payload = unpack(row)
    if payload is None:
        raise NothingToRetry()
    reading = read_document(payload, on=on, limits=intake_limits())
    objection = sender_remark(reading, row.agency) if row.agency else None
    row.remarks = [one.plain() for one in (*([objection] if objection else []), *reading.remarks)]
    row.kind, row.reported_on = reading.kind, reading.reported_on
    row.status = DocumentStatus.QUARANTINED if objection or reading.is_refused else DocumentStatus.RECEIVED
    row.settled_at = None
    row.save(update_fields=["remarks", "kind", "reported_on", "status", "settled_at"])
    changed = {} if reading.kind.is_answer else claim_editions({row.document_id: (row, reading)})
    return read(row, changed.get(row.digest, reading))
