"""Looks into the store, for officers, the monitor and the sender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.integration.actions.ask_agencies import asked
from kazna.contexts.integration.actions.settle_documents import DocumentUnknown
from kazna.contexts.integration.contracts import (
    AskedQuestion,
    CreditStatement,
    DocumentStatus,
    KeptDelivery,
    Kind,
    StoredDocument,
)
from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.models import AgencyRequest, IntakeDelivery, IntakeDocument
from kazna.contexts.integration.readers.read_document import read_document
from kazna.contexts.integration.store import stored, unpack


@dataclass(frozen=True, slots=True)
class IntakeCounts:
    """Documents by (kind, status), repeats of known bytes, questions by (agency, status).

    `per_minute`: documents of the last minute.
    """

    documents: dict[tuple[Kind, DocumentStatus], int]
    repeats: int
    questions: dict[tuple[str, str], int]
    per_minute: int = 0

    @property
    def by_status(self) -> dict[DocumentStatus, int]:
        totals: Counter[DocumentStatus] = Counter()
        for (_, status), count in self.documents.items():
            totals[status] += count
        return dict(totals)

    def plain(self) -> dict[str, Any]:
        """JSON-able form: {"documents": {kind: {status: n}}, "repeats": n, "questions": {agency: {status: n}}}."""
        documents: dict[str, dict[str, int]] = {}
        for (kind, status), count in sorted(self.documents.items()):
            documents.setdefault(kind.value, {})[status.value] = count
        questions: dict[str, dict[str, int]] = {}
        for (agency, state), count in sorted(self.questions.items()):
            questions.setdefault(agency, {})[state] = count
        return {"documents": documents, "repeats": self.repeats, "questions": questions}


def counts() -> IntakeCounts:
    """From views without personal data, so that every role sees the same figures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, status, number, repeats FROM integration_document_counts")
        documents = cursor.fetchall()
        cursor.execute("SELECT agency, status, number FROM integration_question_counts")
        questions = cursor.fetchall()
        cursor.execute("SELECT number FROM integration_document_rate")
        (per_minute,) = cursor.fetchone()
    return IntakeCounts(
        documents={(Kind(kind), DocumentStatus(status)): number for kind, status, number, _ in documents},
        repeats=int(sum(repeats for *_, repeats in documents)),
        questions={(agency, status): number for agency, status, number in questions},
        per_minute=per_minute,
    )


def quarantined(*, agency: str | None = None, after: int = 0, limit: int = 50) -> list[StoredDocument]:
    rows = IntakeDocument.objects.filter(status=DocumentStatus.QUARANTINED, number__gt=after)
    if agency:
        rows = rows.filter(agency=agency)
    return [stored(row) for row in rows.order_by("number").defer("payload")[:limit]]


def recent(*, limit: int = 20) -> list[StoredDocument]:
    return [stored(row) for row in IntakeDocument.objects.order_by("-number").defer("payload")[:limit]]


def document(*, document_id: UUID, with_payload: bool = False) -> StoredDocument:
    rows = IntakeDocument.objects if with_payload else IntakeDocument.objects.defer("payload")
    row = rows.filter(document_id=document_id).first()
    if row is None:
        raise DocumentUnknown(document_id=document_id)
    return stored(row, with_payload=with_payload)


def statement(*, document_id: UUID) -> CreditStatement:
    row = IntakeDocument.objects.filter(document_id=document_id, kind=Kind.CREDIT_STATEMENT).first()
    payload = None if row is None else unpack(row)
    if row is None or payload is None:
        raise DocumentUnknown(document_id=document_id)
    reading = read_document(payload, on=row.operating_day, limits=Limits(document_bytes=len(payload)))
    (found,) = reading.statements
    if not isinstance(found, CreditStatement):
        raise DocumentUnknown(document_id=document_id)
    return found


def kept_delivery(*, delivery_id: UUID, agency: str) -> KeptDelivery | None:
    """See `public.kept_delivery`."""
    row = IntakeDelivery.objects.filter(id=delivery_id, agency=agency).defer("payload").first()
    return None if row is None else KeptDelivery(row.id, row.file_name, row.received_at, row.protocol)


def questions_about(*, subject_ids: Iterable[UUID]) -> list[AskedQuestion]:
    rows = AgencyRequest.objects.filter(subject_id__in=list(subject_ids)).defer("payload")
    return [asked(row) for row in rows.order_by("asked_on", "id")]


def told_days(document_ids: Collection[UUID]) -> dict[UUID, date]:
    """See `public.told_days`."""
    rows = IntakeDocument.objects.filter(document_id__in=document_ids)
    return {
        document_id: reported_on if kind == Kind.PUSHED and reported_on else operating_day
        for document_id, kind, reported_on, operating_day in rows.values_list(
            "document_id", "kind", "reported_on", "operating_day"
        )
    }
