"""Reads of applications."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from kazna.contexts.cases.contracts_applications import (
    ApplicationNotFound,
    ApplicationView,
    AttachmentView,
    FiledReceipt,
)
from kazna.contexts.cases.models import Application, Attachment, Case
from kazna.plumbing import filestore
from kazna.plumbing.session.prepared import planned_once


def application(application_id: UUID) -> ApplicationView:
    return _one(Application.objects.filter(id=application_id))


def application_by_number(number: str, sender: str) -> ApplicationView:
    """With a `sender` only what this agency itself sent."""
    found = Application.objects.filter(number=number)
    return _one(found.filter(key__startswith=f"{sender}/") if sender else found)


@planned_once()
def applications_of(person_id: UUID) -> list[ApplicationView]:
    """Of the person as recipient, subject or the one who applied; the newest first."""
    mine = (
        Q(recipient_id=person_id) | Q(subject_id=person_id) & ~Q(subject_id=F("recipient_id")) | Q(filed_by=person_id)
    )
    rows = Application.objects.filter(mine).prefetch_related("attachments").order_by("-recorded_at")
    return [view(row) for row in rows]


def receipts() -> list[FiledReceipt]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, filed_on, channel FROM cases_receipts()")
        return [FiledReceipt(*told) for told in cursor.fetchall()]


def row(application_id: UUID) -> Application:
    found = Application.objects.filter(id=application_id).first()
    if found is None:
        raise ApplicationNotFound()
    return found


def attachment(attachment_id: UUID) -> tuple[AttachmentView, bytes]:
    found = Attachment.objects.filter(id=attachment_id, purged_on=None).first()
    if found is None:
        raise ApplicationNotFound()
    return _file(found), filestore.get(found.sha256)


def _file(one: Attachment) -> AttachmentView:
    return AttachmentView(one.id, one.name, one.kind, one.size, one.sha256, one.scan)


def _one(found: QuerySet[Application]) -> ApplicationView:
    row = found.prefetch_related("attachments").first()
    if row is None:
        raise ApplicationNotFound()
    return view(row)


def view(row: Application) -> ApplicationView:
    case = None
    if row.filed_on is not None:
        case = (
            Case.objects.filter(
                measure=row.measure,
                subject_id=row.subject_id,
                recipient_id=row.recipient_id,
                applied_on__gte=row.filed_on,
            )
            .order_by("-ordinal")
            .first()
        )
    names = set(ApplicationView.__dataclass_fields__) - {"application_id", "case_id", "attachments"}
    return ApplicationView(
        application_id=row.id,
        case_id=case.id if case else None,
        attachments=tuple(_file(one) for one in sorted(row.attachments.all(), key=lambda one: one.recorded_at)),
        **{name: getattr(row, name) for name in names},
    )
