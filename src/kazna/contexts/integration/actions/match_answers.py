"""Find which of our questions an answer answers, and close them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kazna.contexts.integration.actions.ask_agencies import asked
from kazna.contexts.integration.contracts import AskedQuestion, ReadDocument, UnemploymentAnswered
from kazna.contexts.integration.models import AgencyRequest

Status = AgencyRequest.Status


@transaction.atomic
def match_answers(*, documents: Sequence[ReadDocument], on: date) -> dict[UUID, AskedQuestion]:
    """See `public.match_answers`."""
    keys = {one.document_id: (one.agency, key) for one in documents if (key := _correlation(one))}
    rows = list(
        AgencyRequest.objects.filter(
            Q(correlation__in={key for _, key in keys.values()})
            | Q(id__in=[one.in_reply_to for one in documents if one.in_reply_to])
            | Q(answer_id__in=[one.document_id for one in documents])
        )
        .defer("payload")
        .order_by("asked_on", "id")
    )
    by_key = {(row.agency, key): row for row in rows for key in (row.correlation, str(row.id))}
    by_answer = {row.answer_id: row for row in rows}
    matched: dict[UUID, AgencyRequest] = {}
    for one in documents:
        # a document tried again from quarantine has found its question before
        row = by_key.get(keys.get(one.document_id, ("", ""))) or by_answer.get(one.document_id)
        if row:
            row.status, row.answered_on, row.answer_id = Status.ANSWERED, on, one.document_id
            matched[one.document_id] = row
    AgencyRequest.objects.bulk_update(
        {row.id: row for row in matched.values()}.values(), ["status", "answered_on", "answer_id"], batch_size=500
    )
    return {document_id: asked(row) for document_id, row in matched.items()}


def _correlation(document: ReadDocument) -> str | None:
    """What finds the question: the number the envelope or the answer repeats, else the person and the day."""
    if document.in_reply_to:
        return str(document.in_reply_to)
    for statement in document.statements:
        if isinstance(statement, UnemploymentAnswered):
            return f"{statement.snils}/{statement.asked_on}"
        if request_id := getattr(statement, "request_id", None):
            return str(request_id)
    return None
