"""Close received documents: their facts are recorded, or they wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.integration.contracts import CreditStatement, DocumentStatus, ReadDocument
from kazna.contexts.integration.models import ClaimedEdition, IntakeDocument
from kazna.contexts.integration.remarks import Remark
from kazna.events.cause import Cause
from kazna.events.integration import StatementReceived
from kazna.kernel.errors import DomainError
from kazna.plumbing.outbox import publish_many


class DocumentUnknown(DomainError):
    sentence = "Документ {document_id} не найден."


class DocumentAlreadySettled(DomainError):
    sentence = "Документ уже разобран: {status}."


@transaction.atomic
def accept(*, documents: Sequence[ReadDocument]) -> None:
    """Mark documents as recorded and tell about the bank's statements among them; see `public.accept`."""
    ids = [one.document_id for one in documents]
    changed = IntakeDocument.objects.filter(document_id__in=ids, status=DocumentStatus.RECEIVED).update(
        status=DocumentStatus.ACCEPTED, settled_at=timezone.now()
    )
    if changed != len(set(ids)):
        raise DocumentAlreadySettled(status="принят, отклонён или не найден")
    _keep_remarks(documents)
    days = dict(IntakeDocument.objects.filter(document_id__in=ids).values_list("document_id", "operating_day"))
    publish_many(
        StatementReceived(
            document_id=one.document_id,
            register_number=statement.register_number,
            on=days[one.document_id],
            cause=Cause(one.document_id, one.received_at),
        )
        for one in documents
        for statement in one.statements
        if isinstance(statement, CreditStatement)
    )


def _keep_remarks(documents: Sequence[ReadDocument]) -> None:
    """Remarks that the registers added without refusing."""
    told = {one.document_id: [each.plain() for each in one.remarks] for one in documents if one.remarks}
    rows = list(IntakeDocument.objects.filter(document_id__in=told).only("number", "document_id", "remarks"))
    for row in rows:
        row.remarks = told[row.document_id]
    IntakeDocument.objects.bulk_update(rows, ["remarks"], batch_size=500)


@transaction.atomic
def quarantine(*, document_id: UUID, remarks: Sequence[Remark]) -> None:
    """Put a received document aside with reasons and free its editions; see `public.quarantine`."""
    row = IntakeDocument.objects.select_for_update().defer("payload").filter(document_id=document_id).first()
    if row is None:
        raise DocumentUnknown(document_id=document_id)
    if row.status != DocumentStatus.RECEIVED:
        raise DocumentAlreadySettled(status=row.status)
    ClaimedEdition.objects.filter(document_id=document_id).delete()
    row.status = DocumentStatus.QUARANTINED
    row.remarks = [*row.remarks, *(one.plain() for one in remarks)]
    row.settled_at = timezone.now()
    row.save(update_fields=["status", "remarks", "settled_at"])
