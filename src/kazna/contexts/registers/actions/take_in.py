"""One delivery of an agency: read, recorded, answered, in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.actions.record_documents import record_documents
from kazna.contexts.registers.contracts import Receipt


@transaction.atomic
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
    documents = integration.open_delivery(
        payload=payload,
        agency=agency,
        file_name=file_name,
        content_type=content_type,
        on=on,
        received_at=received_at,
        in_reply_to=in_reply_to,
    )
    return record_documents(documents, on)


@transaction.atomic
def take_in_again(
    *, document_id: UUID, payload: bytes | None = None, file_name: str = "", on: date, received_at: datetime
) -> list[Receipt]:
    """Put a corrected document in place of a quarantined one; without `payload` try the stored bytes again.

    Raises the intake's DocumentUnknown, NotInQuarantine, NothingToRetry.
    """
    documents = integration.resubmit(
        document_id=document_id, payload=payload, file_name=file_name, on=on, received_at=received_at
    )
    return record_documents(documents, on)
